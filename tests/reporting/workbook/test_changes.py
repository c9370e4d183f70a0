"""What changed between two workbooks: every cell that means something else, and nothing more."""

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.contents import Metric
from reporting.workbook import parse, spec
from reporting.workbook.cells import Cell
from reporting.workbook.changes import Change, SheetChanges, changes
from reporting.workbook.headings import Table
from reporting.workbook.places import number_of
from reporting.workbook.readings import Raw
from reporting.workbook.sheetview import Typed
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import cell_of, complete, contents, fresh, survey, typed

Sheets = dict[str, Typed]
Place = tuple[str, int, int]  # sheet, row, column

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
NAMING = {"survey", "service", "service_provided", "transaction_point", "channel", "domain", "name", "unit", "covers"}


@cache
def sheets_of(data: bytes) -> Sheets:
    return parse.read(data).sheets


def compared(before: bytes, after: bytes) -> list[SheetChanges]:
    return changes(sheets_of(before), sheets_of(after))


def cells(found: list[SheetChanges]) -> list[Change]:
    return [change for sheet in found for change in sheet.cells]


def only(found: list[SheetChanges]) -> Change:
    assert sum(sheet.count for sheet in found) == 1, found
    (change,) = cells(found)
    return change


def test_changed_cell_is_told_with_its_place_its_row_and_both_texts() -> None:
    change = only(compared(complete(), typed(complete(), {CUSTOMERS: 900_008})))

    assert str(change.cell) == str(change.cell_before) == CUSTOMERS
    assert (change.row, change.column) == ("Survey 1 (Appointment 1)", "Customers")
    assert (change.before, change.after) == ("900,007", "900,008")


def test_answer_is_told_with_its_question_and_touchpoint() -> None:
    place = cell_of(spec.RESPONSES, "n5", 1)
    change = only(compared(complete(), typed(complete(), {place: None})))

    assert (change.row, change.column) == ("Trust (Appointment 1)", "5 Strongly agree")
    assert (change.before, change.after) == ("1,100", "")


def test_line_of_the_cover_is_told_by_its_label() -> None:
    change = only(compared(complete(), fill_from(fresh(), contents(reflection="We learned more."))))

    assert (change.row, change.column, change.after) == ("", "Reflection", "We learned more.")
    assert str(change.cell) == "Cover!B11"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (CUSTOMERS, "900,007"),
        (CUSTOMERS, " 900007 "),
        (CUSTOMERS, 900_007.0),
        (cell_of(spec.TOUCHPOINTS, "channel"), "e-mail"),
        (cell_of(spec.RESPONSES, "asked"), "YES"),
        (cell_of(spec.OPERATIONS, "value"), "48.00"),
    ],
)
def test_other_spelling_of_the_same_value_is_no_change(place: str, value: object) -> None:
    assert compared(complete(), typed(complete(), {place: value})) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (CUSTOMERS, "900.007"),
        (CUSTOMERS, None),
        (cell_of(spec.TOUCHPOINTS, "service_provided"), "appointment 1"),
        (cell_of(spec.RESPONSES, "n1"), 0),
    ],
)
def test_other_value_is_a_change(place: str, value: object) -> None:
    assert str(only(compared(complete(), typed(complete(), {place: value}))).cell) == place


@pytest.mark.parametrize(
    "place", ["Responses!K5", "Responses!L5", "Responses!M5", "Responses!N5", "Responses!B5", "Touchpoints!J5"]
)
def test_what_is_only_shown_is_not_told(place: str) -> None:
    assert compared(complete(), typed(complete(), {place: "12345"})) == []


def test_new_survey_is_told_as_rows_and_the_others_not_at_all() -> None:
    first = (survey(2), survey(3))
    touchpoints, responses = compared(
        fill_from(fresh(), contents(first)), fill_from(fresh(), contents((survey(1), *first)))
    )

    assert [row.row for row in touchpoints.added] == ["Survey 1 (Appointment 1)"]
    assert ("Customers", "900,007") in touchpoints.added[0].values
    assert [(c.column, c.before, c.after) for c in touchpoints.cells] == [("Survey", "1", "2"), ("Survey", "2", "3")]
    assert len(responses.added) == 7
    assert {row.row for row in responses.added} >= {"Satisfaction (Appointment 1)", "Trust (Appointment 1)"}
    assert (responses.cells, responses.removed, touchpoints.removed) == ((), (), ())


def test_survey_that_went_is_told_as_rows() -> None:
    touchpoints, responses = compared(complete(), fill_from(fresh(), contents((survey(2),))))

    assert [row.row for row in touchpoints.removed] == ["Survey 1 (Appointment 1)"]
    assert len(responses.removed) == 7
    assert [change.column for change in touchpoints.cells] == ["Survey"]
    assert responses.cells == responses.added == ()


def test_rows_without_a_number_do_not_belong_together() -> None:
    found = compared(complete(), typed(complete(), {"Touchpoints!A5": None, "Responses!A16": None}))

    assert [(str(change.cell), change.before, change.after) for change in cells(found)] == [
        ("Touchpoints!A5", "1", ""),
        ("Responses!A16", "2", ""),
    ]
    assert sum(sheet.count for sheet in found) == 2


def test_row_that_holds_only_what_the_template_gives_is_no_row() -> None:
    (operations,) = compared(complete(), fill_from(fresh(), contents(metrics=())))

    assert (operations.name, [row.row for row in operations.removed]) == ("Operations", ["Online transactions"])
    assert dict(operations.removed[0].values)["Unit"] == "million"


def test_metrics_in_another_order_are_the_same() -> None:
    metrics = [Metric("Calls", 7, "million"), Metric("Visits", 8, "million")]
    before, after = (fill_from(fresh(), contents(metrics=tuple(m))) for m in (metrics, reversed(metrics)))

    assert compared(before, after) == []


def test_column_that_went_is_told_once() -> None:
    without = dict(sheets_of(complete()))
    rows = {r: {n: text for n, text in row.items() if n != 6} for r, row in without["Touchpoints"].rows.items()}
    without["Touchpoints"] = Typed(4, rows)
    change = only(changes(sheets_of(complete()), without))

    assert (change.row, change.column, change.before, change.after) == ("Headings", "Customers", "Customers", "")
    assert (str(change.cell_before), change.cell) == ("Touchpoints!F4", None)


def test_sheet_that_is_missing_is_not_compared_and_named() -> None:
    without = {name: sheet for name, sheet in sheets_of(complete()).items() if name != "Responses"}
    (found,) = changes(without, sheets_of(complete()))

    assert "Responses" in found.remark
    assert "missing in the earlier file" in found.remark
    assert found.count == 0


def test_file_in_which_nothing_was_read_has_remarks_only() -> None:
    found = changes({}, sheets_of(complete()))

    assert [sheet.name for sheet in found] == [sheet.name for sheet in spec.INPUT_SHEETS]
    assert all(sheet.remark and not sheet.count for sheet in found)


# The same of any workbook: edits are made in what was read of a file, where they take no time.


def copied(sheets: Sheets) -> dict[str, dict[int, dict[int, str]]]:
    return {name: {row: dict(texts) for row, texts in sheet.rows.items()} for name, sheet in sheets.items()}


def frozen(rows: dict[str, dict[int, dict[int, str]]]) -> Sheets:
    return {name: Typed(0, texts) for name, texts in rows.items()}


def place_of(cell: Cell | None) -> Place:
    assert cell is not None
    return cell.sheet, cell.row, number_of(cell.column)


def _inputs() -> Iterator[tuple[Place, str]]:
    """Every cell with something in it that is read, and its field."""
    for sheet in spec.TABLES:
        found = sheets_of(complete())[sheet.name]
        table = Table(sheet, {row: {n: Raw(t) for n, t in texts.items()} for row, texts in found.rows.items()})
        for row in table.body():
            for column in table.inputs:
                if not table.raw(row, column).is_blank:
                    yield (sheet.name, row, table.columns[column.header]), column.fills


INPUTS = dict(_inputs())
places = st.lists(st.sampled_from(sorted(INPUTS)), unique=True, min_size=1, max_size=12)


def test_no_file_differs_from_itself() -> None:
    for data in (complete(), fresh(), fill_from(fresh(), contents(11))):
        assert compared(data, data) == []


@given(places, st.data())
def test_every_edit_is_told_and_nothing_else(edited: list[Place], data: st.DataObject) -> None:
    per_row: dict[tuple[str, int], int] = {}
    rows = copied(sheets_of(complete()))
    wanted = {}
    for n, place in enumerate(edited):
        sheet, row, column = place
        per_row[sheet, row] = per_row.get((sheet, row), 0) + 1
        if per_row[sheet, row] > 2:  # a row of which little is left is another row
            continue
        is_cleared = data.draw(st.booleans())
        wanted[place] = rows[sheet][row][column] = "" if is_cleared else f"edited {n}"

    found = changes(sheets_of(complete()), frozen(rows))

    assert sum(each.count for each in found) == len(wanted)
    assert {place_of(change.cell): change.after for change in cells(found)} == wanted


@given(places, st.randoms(use_true_random=False))
def test_edits_are_found_among_rows_and_columns_in_another_order(edited: list[Place], random: object) -> None:
    rows = copied(sheets_of(complete()))
    wanted = {}
    for n, place in enumerate(edited):
        sheet, row, column = place
        if INPUTS[place] not in NAMING:
            wanted[place] = rows[sheet][row][column] = f"edited {n}"
    for sheet in spec.TABLES:
        rows[sheet.name] = shuffled(rows[sheet.name], random)

    found = changes(sheets_of(complete()), frozen(rows))

    assert sum(each.count for each in found) == len(wanted)
    was = {
        (c.cell_before.sheet, c.cell_before.row, ord(c.cell_before.column) - 64) for c in cells(found) if c.cell_before
    }
    assert was == set(wanted)


def shuffled(rows: dict[int, dict[int, str]], random: object) -> dict[int, dict[int, str]]:
    """Everything under the headings, and the columns with one more among them, in another order."""
    body, columns = [row for row in rows if row > 4], list(range(1, 18))
    to_rows, to_columns = list(body), list(range(1, 19))
    random.shuffle(to_rows)  # type: ignore[attr-defined]
    random.shuffle(to_columns)  # type: ignore[attr-defined]
    moved = dict(zip(body, to_rows, strict=True))
    turned = dict(zip(columns, to_columns, strict=False))
    made = {moved.get(row, row): {turned[n]: text for n, text in texts.items()} for row, texts in rows.items()}
    made[4][to_columns[-1]] = "A column of her own"
    return dict(sorted(made.items()))
