"""Which cells can be corrected on the page, and what is offered for them."""

from collections.abc import Mapping
from typing import Any

import pytest

from reporting.workbook import boxes as subject
from reporting.workbook import parse, sheetview, spec
from reporting.workbook.box import Box
from reporting.workbook.boxes import boxes_of, with_boxes
from reporting.workbook.cells import ERROR, Cell, Problem
from tests.reporting.workbook.workbooks import SERVICES, cell_of, complete, edited, typed

LISTS = {"Services": SERVICES}
CUSTOMERS, CHANNEL = cell_of(spec.TOUCHPOINTS, "customers"), cell_of(spec.TOUCHPOINTS, "channel")


def problem(*places: str, rule: str = "rule", suggestion: str = "") -> Problem:
    cells = [cell for place in places if (cell := Cell.parse(place))]
    return Problem(rule, ERROR, "Odd.", "", "", cells[0], related=tuple(cells[1:]), suggestion=suggestion)


def boxes(data: bytes, *more: Problem, written: Mapping[str, str] | None = None) -> dict[str, Box]:
    """By place."""
    parsed = parse.read(data)
    problems = [*parsed.problems, *more]
    sheets = sheetview.views(sheetview.kept(parsed.sheets, problems), problems)
    return {str(box.cell): box for box in boxes_of(with_boxes(sheets, LISTS, written or {}))}


def box(cells: dict[str, Any], place: str) -> Box:
    return boxes(typed(complete(), cells))[place]


def test_cell_with_a_problem_has_a_box_with_what_stands_there_and_what_is_suggested() -> None:
    found = boxes(typed(complete(), {CUSTOMERS: "48 million"}))

    assert list(found) == [CUSTOMERS]
    assert (found[CUSTOMERS].text, found[CUSTOMERS].offers) == ("48 million", ("48000000",))
    assert found[CUSTOMERS].name == "touchpoints-f5"
    assert found[CUSTOMERS].label == "Customers, Touchpoints!F5"
    assert found[CUSTOMERS].is_number
    assert not found[CUSTOMERS].is_changed


def test_what_she_wrote_stands_in_the_box() -> None:
    data = typed(complete(), {CUSTOMERS: "48 million"})
    found = boxes(data, written={"touchpoints-f5": "9000", "touchpoints-g5": "1", "responses-f5": "1"})

    assert list(found) == [CUSTOMERS]
    assert (found[CUSTOMERS].text, found[CUSTOMERS].old, found[CUSTOMERS].is_changed) == ("9000", "48 million", True)


def test_spaces_around_are_no_change() -> None:
    found = boxes(typed(complete(), {CUSTOMERS: "48 million"}), written={"touchpoints-f5": " 48 million "})

    assert not found[CUSTOMERS].is_changed


def test_all_five_counts_of_a_question_can_be_corrected_when_one_is_marked() -> None:
    first = cell_of(spec.RESPONSES, "n1")
    found = boxes(complete(), problem(first, rule="percentages_as_counts"))

    assert list(found) == [cell_of(spec.RESPONSES, n) for n in spec.COUNTS]


def test_five_counts_can_be_cleared_where_it_is_unclear_whether_the_question_was_asked() -> None:
    found = boxes(typed(complete(), {cell_of(spec.RESPONSES, "asked"): "Nope"}))

    assert list(found) == [cell_of(spec.RESPONSES, name) for name in ("asked", *spec.COUNTS)]


def test_whole_row_can_be_cleared_where_that_is_the_way_out() -> None:
    blank = cell_of(spec.TOUCHPOINTS, "service")
    found = boxes(typed(complete(), {blank: None}))

    filled = {place for place, box in found.items() if box.old}
    assert blank in found
    assert {CUSTOMERS, CHANNEL} <= filled
    assert cell_of(spec.TOUCHPOINTS, "survey") not in found
    assert set(found) == {blank, *filled}


@pytest.mark.parametrize("rule", sorted(subject._NOT_BY_A_VALUE))
def test_what_is_wrong_with_a_place_is_not_corrected_by_a_value(rule: str) -> None:
    assert boxes(complete(), problem(CUSTOMERS, rule=rule)) == {}


@pytest.mark.parametrize("place", ["Touchpoints!F4", "Touchpoints!J5", "Responses!K5", "Responses!B5", "Cover!B7"])
def test_headings_computed_and_given_cells_have_no_box(place: str) -> None:
    assert boxes(complete(), problem(place)) == {}


def test_line_of_the_cover_has_a_box() -> None:
    email = boxes(typed(complete(), {"Cover!B10": "robin"}))["Cover!B10"]

    assert (email.text, email.column.fills) == ("robin", "contact_email")


def test_cell_of_which_only_the_beginning_was_kept_has_no_box() -> None:
    notes = cell_of(spec.RESPONSES, "notes")

    assert boxes(typed(complete(), {notes: "n" * (sheetview.MOST_CHARACTERS + 1)}), problem(notes)) == {}


def test_choice_is_a_list_that_begins_with_what_stands_there() -> None:
    channel = box({CHANNEL: "web"}, CHANNEL)

    assert channel.choices[:2] == (("", "(no value)"), ("web", "web (in your file)"))
    assert ("Website", "Website") in channel.choices
    assert channel.offers == ("Website",)


def test_entry_in_another_spelling_is_the_entry() -> None:
    found = boxes(typed(complete(), {CHANNEL: "e mail"}), problem(CHANNEL))[CHANNEL]

    assert ("e mail", "Email") in found.choices
    assert not found.is_changed
    assert len([words for _, words in found.choices if "mail" in words.lower()]) == 2


def test_service_is_a_list_of_the_designated_ones() -> None:
    service = cell_of(spec.TOUCHPOINTS, "service")
    found = boxes(typed(complete(), {service: "Nonsense"}), problem(service))[service]

    assert found.choices == (("Nonsense", "Nonsense (in your file)"), *((name, name) for name in SERVICES))


def test_suggestion_holds_for_cells_of_the_same_kind_only() -> None:
    offered, channel = cell_of(spec.TOUCHPOINTS, "offered"), CHANNEL
    found = boxes(complete(), problem(CUSTOMERS, offered, channel, "Responses!F5", suggestion="5"))

    assert {place: each.offers for place, each in found.items() if each.offers} == {
        CUSTOMERS: ("5",),
        offered: ("5",),
    }


def test_suggestion_that_would_be_refused_is_not_offered() -> None:
    assert boxes(complete(), problem(CUSTOMERS, suggestion="about 5"))[CUSTOMERS].offers == ()
    assert boxes(complete(), problem(CHANNEL, suggestion="Carrier pigeon"))[CHANNEL].offers == ()


def test_number_shown_as_a_date_is_a_correction_even_when_it_is_the_same() -> None:
    def disguise(book: Any) -> None:
        book["Touchpoints"]["F5"].value = 300
        book["Touchpoints"]["F5"].number_format = "yyyy-mm-dd"

    data = edited(complete(), disguise)

    assert boxes(data)[CUSTOMERS].text == ""
    assert boxes(data)[CUSTOMERS].offers == ("300",)
    assert boxes(data)[CUSTOMERS].stood == "300 (formatted as a date)"
    assert not boxes(data)[CUSTOMERS].is_changed
    assert boxes(data, written={"touchpoints-f5": "300"})[CUSTOMERS].is_changed


def test_columns_are_found_by_their_headings() -> None:
    def swap(book: Any) -> None:
        for row in range(4, 8):
            one, other = book["Touchpoints"].cell(row, 6), book["Touchpoints"].cell(row, 7)
            one.value, other.value = other.value, one.value
        book["Touchpoints"]["G5"] = "48 million"

    assert boxes(edited(complete(), swap))["Touchpoints!G5"].column.fills == "customers"


def test_page_has_no_more_boxes_than_it_can_send(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [cell_of(spec.RESPONSES, n, row) for row in range(4) for n in spec.COUNTS]
    monkeypatch.setattr(subject, "MOST", 12)

    assert list(boxes(complete(), problem(*counts))) == counts[:10]
