"""What is kept of a sheet with problems, and how it is laid out."""

import json
from datetime import datetime

import pytest

from reporting.workbook import parse, sheetview, spec
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Cell, Problem
from reporting.workbook.readings import Raw
from reporting.workbook.sheetview import MOST_CHARACTERS, MOST_IN_ALL, MOST_ROWS, Typed
from tests.reporting.workbook.workbooks import cell_of, complete, typed


def problem(*places: str, severity: str = ERROR, found: str = "Odd.") -> Problem:
    cells = [cell for place in places if (cell := Cell.parse(place))]
    return Problem("rule", severity, found, "", "", cells[0], related=tuple(cells[1:]))


def sheet(rows: int, columns: int = 3, header_row: int = 4) -> dict[str, Typed]:
    texts = {row: {n: f"{row}/{n}" for n in range(1, columns + 1)} for row in range(header_row, header_row + rows + 1)}
    return {"Responses": Typed(header_row, texts)}


def numbers(stored: dict) -> list[int]:
    return [row["row"] for row in stored["sheets"][0]["rows"]]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (Raw(249586), "249586"),
        (Raw(0.17, is_percent=True), "17%"),
        (Raw(300.5), "300.5"),
        (Raw(" 1,234\x07 "), "1,234"),
        (Raw(True), "TRUE"),
        (Raw(None, is_formula=True), ""),
        (Raw(datetime(1900, 10, 26), serial=300), "1900-10-26 00:00:00"),  # noqa: DTZ001  (a cell knows no time zone)
        (Raw("#REF!", is_error=True), "#REF!"),
    ],
)
def test_values_stand_there_as_typed(raw: Raw, text: str) -> None:
    assert sheetview.shown(raw) == text


def test_sheet_without_problems_is_not_kept() -> None:
    assert sheetview.kept(sheet(5), []) == {"sheets": []}


def test_nothing_is_kept_of_a_file_that_could_not_be_read() -> None:
    assert sheetview.kept({}, [problem("Responses!A5")]) == {}


def test_short_sheet_is_kept_whole() -> None:
    assert numbers(sheetview.kept(sheet(5), [problem("Responses!B6")])) == [4, 5, 6, 7, 8, 9]


def test_long_sheet_keeps_the_rows_with_problems_and_their_neighbors() -> None:
    stored = sheetview.kept(sheet(100), [problem("Responses!B20", "Responses!B50")])
    (view,) = sheetview.views(stored, [])

    assert numbers(stored) == [4, 19, 20, 21, 49, 50, 51]
    assert [(row.number, row.skipped) for row in view.rows] == [
        (19, 14), (20, 0), (21, 0), (49, 27), (50, 0), (51, 0),
    ]  # fmt: skip


def test_columns_with_nothing_in_them_are_left_out_unless_a_problem_is_there() -> None:
    rows = {4: {1: "Survey", 2: "Service", 3: "Notes", 4: "Mean"}, 5: {1: "1"}}
    stored = sheetview.kept({"Responses": Typed(4, rows)}, [problem("Responses!B5")])

    assert stored["sheets"][0]["columns"] == ["A", "B"]


def test_cover_keeps_the_label_beside_the_value() -> None:
    rows = {row: {1: f"Label {row}", 2: f"Value {row}", 3: "Help"} for row in range(4, 12)}
    (view,) = sheetview.views(sheetview.kept({"Cover": Typed(0, rows)}, [problem("Cover!B10")]), [])

    assert view.headings is None
    assert [[cell.text for cell in row.cells] for row in view.rows] == [
        [f"Label {row}", f"Value {row}"] for row in (9, 10, 11)
    ]


def test_what_is_kept_is_bounded() -> None:
    rows = {row: dict.fromkeys(range(1, 61), "x" * 5000) for row in range(4, 1000)}
    places = [f"Responses!{letter}{row}" for row in range(5, 1000) for letter in "ABC"]
    stored = sheetview.kept({"Responses": Typed(4, rows)}, [problem(*places)])

    assert len(json.dumps(stored)) < MOST_IN_ALL * 1.1
    assert len(stored["sheets"][0]["rows"]) <= MOST_ROWS
    assert stored["sheets"][0]["left_out"] > 900
    (view,) = sheetview.views(stored, [])
    assert view.rows[0].cells[0].is_cut
    assert len(view.rows[0].cells[0].text) == MOST_CHARACTERS


def test_each_cell_has_its_problems_and_the_worst_gives_the_color() -> None:
    told = [problem("Responses!B6", severity=NOTE), problem("Responses!B6", "Responses!C6", severity=EXPLAIN)]
    (view,) = sheetview.views(sheetview.kept(sheet(5), told), told)
    row = next(row for row in view.rows if row.number == 6)

    assert [cell.severity for cell in row.cells] == ["", EXPLAIN, EXPLAIN]
    assert [mark.severity for mark in row.cells[1].marks] == [NOTE, EXPLAIN]
    assert row.cells[2].marks[0].is_repeat
    assert row.cells[2].marks[0].first_anchor == row.cells[1].anchor == "responses-b6"


def test_heading_can_have_a_problem() -> None:
    told = [problem("Responses!B4")]
    (view,) = sheetview.views(sheetview.kept(sheet(5), told), told)

    assert view.headings is not None
    assert view.headings.cells[1].severity == ERROR


def test_sheets_come_in_the_order_of_the_workbook() -> None:
    told = [problem("Touchpoints!A5"), problem("Cover!B9"), problem("Responses!A5")]
    sheets = {name: Typed(4, {5: {1: "x"}}) for name in ("Responses", "Touchpoints", "Cover")}

    assert [view.name for view in sheetview.views(sheetview.kept(sheets, told), told)] == [
        "Cover", "Touchpoints", "Responses",
    ]  # fmt: skip


def test_sheets_of_a_real_file_are_taken_down_with_their_headings() -> None:
    place = cell_of(spec.TOUCHPOINTS, "customers")
    parsed = parse.read(typed(complete(), {place: "48 million"}))
    (view,) = sheetview.views(sheetview.kept(parsed.sheets, parsed.problems), parsed.problems)
    marked = [cell for row in view.rows for cell in row.cells if cell.marks]

    assert view.headings is not None
    assert view.headings.cells[0].text == "Survey"
    assert [(str(cell.cell), cell.text) for cell in marked] == [(place, "48 million")]
