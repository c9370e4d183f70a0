"""What lives in the template, computed by LibreOffice; and what of the template survives there."""

import io
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reporting.workbook import formulas, parse, spec
from reporting.workbook.generate import build
from reporting.workbook.rules import patterns
from tests.reporting.workbook.fill import fill_from, filled
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.workbooks import cell_of, complete, contents, edited, fresh, template

# What is typed (field of Responses or Touchpoints -> value), by row of a complete workbook -> what Check says there.
ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "fine": ({}, ""),
    "no answers": (dict.fromkeys(spec.COUNTS), ""),
    "words": ({"n1": "17%"}, "Numbers only, no words or %"),
    "said not asked": ({"asked": "No"}, "Has answers, but Asked? says No"),
    "a blank count": ({"n3": None}, "Fill in all five counts"),
    "a fraction": ({"n3": 0.17}, "Whole numbers, 0 or more"),
    "a negative number": ({"n3": -5}, "Whole numbers, 0 or more"),
    "no wording": ({"wording": None}, "Question as asked is missing"),
    "percentages": ({"n1": 20, "n2": 11, "n3": 11, "n4": 25, "n5": 33}, "Numbers of people, not percent"),
    "too many": ({"n5": 9_999}, "More answers than respondents"),
}
VOLUMES: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"offered": 2_000}, "More respondents than offered"),
    ({"customers": 30_000}, "More offered than customers"),
    ({"customers": None}, "Say why a volume is unknown"),
    ({"customers": None, "volume_notes": "Nobody counts them."}, ""),
    ({"customers": "48 million"}, "Numbers only, no words or %"),
    ({"channel": None}, "Choose the channel"),
    ({"service": None}, "Choose the service"),
    ({"customers": None, "offered": None, "respondents": None}, ""),
]


def opened(data: bytes, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(data), data_only=values)


@cache
def computed() -> Any:
    """A workbook with a case in each row, as LibreOffice computes it; survey 14 has answers but no row."""
    typed: dict[str, Any] = {}
    for offset, (case, _) in enumerate(ANSWERS.values()):
        row = offset if offset < 7 else offset + 4  # the questions of the first survey, then of the second
        typed |= {cell_of(spec.RESPONSES, field, row): value for field, value in case.items()}
    for offset, (case, _) in enumerate(VOLUMES, start=2):
        typed |= {cell_of(spec.TOUCHPOINTS, field, offset): value for field, value in case.items()}
    typed |= {cell_of(spec.RESPONSES, n, 11 * 13): 5 for n in spec.COUNTS}
    return opened(saved_again(filled(fill_from(fresh(), contents(11)), typed)))


def check_at(sheet: spec.Sheet, offset: int) -> str:
    _, _, address = cell_of(sheet, "n1" if sheet is spec.RESPONSES else "customers", offset).partition("!")
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return computed()[sheet.name][f"{formulas.letters(sheet)['check']}{row}"].value or ""


@pytest.mark.parametrize("number", range(len(ANSWERS)), ids=list(ANSWERS))
def test_check_beside_the_answers_says_what_cannot_be_right(number: int) -> None:
    _, words = list(ANSWERS.values())[number]

    assert check_at(spec.RESPONSES, number if number < 7 else number + 4) == words


@pytest.mark.parametrize("number", range(len(VOLUMES)))
def test_check_beside_the_volumes_says_what_cannot_be_right(number: int) -> None:
    assert check_at(spec.TOUCHPOINTS, number + 2) == VOLUMES[number][1]


def test_answers_of_a_survey_that_is_not_listed_are_flagged() -> None:
    assert check_at(spec.RESPONSES, 11 * 13) == "Fill in this survey on Touchpoints"


def test_cover_counts_the_flagged_rows() -> None:
    flags = [
        cell.value
        for sheet in (spec.TOUCHPOINTS, spec.RESPONSES)
        for cell in computed()[sheet.name][formulas.letters(sheet)["check"]][4:]
        if cell.value
    ]

    assert len(flags) > len(ANSWERS)
    assert computed()["Cover"]["B13"].value.startswith(f"{len(flags)} rows are flagged")


def test_percentages_are_flagged_where_the_rule_finds_them() -> None:
    assert formulas.MANY_RESPONDENTS == patterns.MANY_RESPONDENTS
    assert range(formulas.LEAST_PERCENT, formulas.MOST_PERCENT + 1) == patterns.PERCENT_SUMS


def test_results_are_stored_so_that_a_preview_shows_them() -> None:
    book = opened(build(template(contents(2))))

    assert book["Responses"]["B5"].value == "Community Care: Appointment 1"
    assert book["Responses"]["B16"].value == "Outpatient Services: Appointment 2"
    assert book["Cover"]["B13"].value == formulas.NOTHING_YET
    assert book["Responses"]["K5"].value in (None, "")


def test_cover_of_an_untouched_template_sends_nobody_to_upload_it() -> None:
    assert opened(saved_again(fresh()))["Cover"]["B13"].value == formulas.NOTHING_YET


def test_stored_results_are_those_that_libreoffice_computes() -> None:
    made = build(template(contents(2)))
    ours, theirs = opened(made), opened(saved_again(made))

    for name in ("Cover", "Touchpoints", "Responses"):
        formula_cells = [
            cell.coordinate for row in opened(made, values=False)[name].iter_rows() for cell in row
            if cell.data_type == "f"
        ]  # fmt: skip
        assert formula_cells
        for address in formula_cells:
            assert (ours[name][address].value or "") == (theirs[name][address].value or ""), f"{name}!{address}"


@pytest.fixture(scope="module", params=["LibreOffice", "openpyxl"])
def saved(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    made = build(template(contents(2)))
    again = saved_again(made) if request.param == "LibreOffice" else edited(made, lambda book: None)
    return opened(made, values=False), opened(again, values=False)


def test_template_keeps_what_guides_and_guards_it(saved: tuple[Any, Any]) -> None:
    before, after = saved
    for name in before.sheetnames:
        former, sheet = before[name], after[name]
        assert sheet.protection.sheet is True
        assert (sheet.sheet_state == "visible") == (former.sheet_state == "visible")
        assert sheet.print_title_rows == former.print_title_rows
    for table in spec.TABLES:
        former, sheet = before[table.name], after[table.name]
        for number, column in enumerate(table.columns, start=1):
            assert sheet.cell(5, number).protection.locked is not bool(column.fills)
            assert sheet.cell(4, number).comment.text.strip() == former.cell(4, number).comment.text.strip()


def test_template_keeps_its_drop_downs_and_number_rules(saved: tuple[Any, Any]) -> None:
    def rules(book: Any, name: str) -> dict[str, tuple[str, str]]:
        return {
            f"{get_column_letter(column)}5": (rule.type, rule.formula1.replace("$", "").replace("'", ""))
            for rule in book[name].data_validations.dataValidation
            for area in rule.sqref.ranges
            for column in range(area.min_col, area.max_col + 1)
        }

    before, after = saved
    for table in spec.TABLES:
        assert rules(after, table.name) == rules(before, table.name)


def test_template_keeps_its_formulas_stamp_and_colors(saved: tuple[Any, Any]) -> None:
    before, after = saved
    assert set(after.defined_names) == set(before.defined_names)
    file = io.BytesIO()
    after.save(file)

    assert parse.read(file.getvalue()).stamp is not None
    assert after["Responses"]["M5"].value.startswith("=IF(COUNTA(F5:J5)=0")
    assert len(after["Responses"].conditional_formatting) == len(before["Responses"].conditional_formatting)


def test_inputs_are_never_merged() -> None:
    book = opened(fresh(), values=False)
    for sheet in spec.INPUT_SHEETS:
        assert all(area.max_row <= 3 for area in book[sheet.name].merged_cells.ranges)


def test_headings_stay_in_sight_and_on_every_printed_page() -> None:
    book = opened(fresh(), values=False)
    for table in spec.TABLES:
        assert book[table.name].freeze_panes.endswith("5")
        assert book[table.name].print_title_rows == "$4:$4"


def test_screen_readers_find_the_headings() -> None:
    names = opened(fresh(), values=False).defined_names

    assert names["ColumnTitleRegion1.A4.P19.2"].attr_text == "'Touchpoints'!$A$4"
    assert names["ColumnTitleRegion1.A4.P169.3"].attr_text == "'Responses'!$A$4"


def test_complete_workbook_has_no_flag() -> None:
    book = opened(saved_again(complete()))

    assert book["Cover"]["B13"].value == formulas.NO_FLAG
