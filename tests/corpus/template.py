"""F: the template itself, changed in ways that people change it."""

import io
import re
from copy import copy
from typing import Any

import xlsxwriter

from reporting.fiscal import FiscalQuarter
from reporting.workbook import spec
from tests.corpus.base import Item
from tests.corpus.making import Make, changed, genuine, stamped, with_cells
from tests.reporting.workbook.workbooks import complete, edited, part_of, parts_of, zipped

RESPONSES, TOUCHPOINTS = spec.RESPONSES.name, spec.TOUCHPOINTS.name


def _not_ours() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Sheet1").write(0, 0, "Customers")
    return file.getvalue()


def _titled(sheet: str, title: str) -> Make:
    return changed(lambda book: setattr(book[sheet], "title", title))


def _state(sheet: str, state: str) -> Make:
    return changed(lambda book: setattr(book[sheet], "sheet_state", state))


def _copied(book: Any) -> None:
    book.copy_worksheet(book[RESPONSES]).title = "Responses (2)"


def _heading_below_first_row(book: Any) -> None:
    sheet = book["Operations"]
    for column in range(1, 6):
        above, below = sheet.cell(4, column), sheet.cell(5, column)
        above.value, below.value = below.value, above.value


def _transposed(book: Any) -> None:
    sheet = book["Operations"]
    cells = {(cell.row, cell.column): cell.value for row in sheet["A4:E5"] for cell in row}
    sheet.delete_rows(4, 2)
    for (row, column), value in cells.items():
        sheet.cell(column + 5, row - 3).value = value


def _two_tables(book: Any) -> None:
    sheet = book["Operations"]
    for column in range(1, 6):
        sheet.cell(12, column).value = sheet.cell(4, column).value
        sheet.cell(13, column).value = sheet.cell(5, column).value
    sheet["A13"] = "Calls"


def _two_tables_side_by_side(book: Any) -> None:
    sheet = book["Operations"]
    for column in range(1, 6):
        sheet.cell(4, column + 6).value = sheet.cell(4, column).value
        sheet.cell(5, column + 6).value = sheet.cell(5, column).value


def _without_column(book: Any) -> None:
    book["Operations"].delete_cols(3)


def _hide_rows(*rows: int) -> Make:
    def edit(book: Any) -> None:
        for row in rows:
            book[RESPONSES].row_dimensions[row].hidden = True

    return changed(edit)


def _row_of_no_height() -> bytes:
    part = part_of(spec.TOUCHPOINTS)
    parts = parts_of(complete())
    xml, count = re.subn(rb'<row r="6"[^>]*>', b'<row r="6" ht="0" customHeight="1">', parts[part])
    assert count == 1
    return zipped(parts | {part: xml})


def _hide_column(book: Any) -> None:
    book[TOUCHPOINTS].column_dimensions["F"].hidden = True


def _filter(book: Any) -> None:
    sheet = book[RESPONSES]
    sheet.auto_filter.ref = "A4:P169"
    sheet.auto_filter.add_filter_column(2, ["Satisfaction"])
    sheet.row_dimensions[6].hidden = sheet.row_dimensions[7].hidden = True


def _formula_for_a_heading(book: Any) -> None:
    book[TOUCHPOINTS]["F4"] = '="Custo"&"mers"'


def _merge(sheet: str, cells: str) -> Make:
    return changed(lambda book: book[sheet].merge_cells(cells))


def _reordered(book: Any) -> None:
    sheet = book[RESPONSES]
    for row in range(4, 20):
        last = [copy(sheet.cell(row, column).value) for column in range(6, 11)]
        for column, value in zip(range(6, 11), reversed(last), strict=True):
            sheet.cell(row, column).value = value


def _blank_rows_between(book: Any) -> None:
    sheet = book["Operations"]
    for column in range(1, 6):
        sheet.cell(20, column).value, sheet.cell(5, column).value = sheet.cell(5, column).value, None


def _own_column(book: Any) -> None:
    book["Operations"]["F4"], book["Operations"]["F5"] = "Owner", "Robin"


def _column_without_heading(book: Any) -> None:
    book["Operations"]["G5"] = "see file"


def _own_sheet(book: Any) -> None:
    book.create_sheet("My sums")["A1"] = 1


def _twice() -> bytes:
    return edited(complete(), lambda book: book["Operations"].__setitem__("F4", "Value"))


def item(id_: str, data: Make, rule: str, says: str = "", cell: str = "") -> Item:
    return Item("F", id_, data, rule, says, cell)


def accepted(id_: str, data: Make, rule: str = "", says: str = "", cell: str = "") -> Item:
    return Item("F", id_, data, rule, says, cell, is_accepted=True)


ITEMS = [
    item("not ours", _not_ours, "not_our_template", "not made from the reporting template"),
    item("older version", stamped(genuine("0")), "template_version", "version 0 of the template; version 1"),
    item("newer version", stamped(genuine("9")), "template_version", "version 9"),
    item("stamp removed", stamped(""), "stamp_missing", "Download the template"),
    item("stamp edited", stamped(genuine().replace("2021-q3", "2021-q4")), "stamp_edited", "was changed"),
    item("stamp of nothing", stamped("hello"), "stamp_edited", "was changed"),
    item("stamp of another HISP", stamped(genuine(hisp="ssa-oo")), "other_hisp", "not for Veterans Health"),
    item("stamp of another quarter", stamped(genuine(quarter=FiscalQuarter(2021, 2))), "other_quarter", "FY2021 Q2"),
    item("sheet renamed", _titled(TOUCHPOINTS, "Touchpoint"), "sheet_missing", "Rename the sheet “Touchpoint”"),
    item("sheet missing", changed(lambda book: book.remove(book[RESPONSES])), "sheet_missing", "sheet Responses"),
    item("sheet twice", changed(_copied), "sheet_twice", "“Responses (2)” is a second one"),
    item("sheet hidden", _state(RESPONSES, "hidden"), "sheet_hidden", "Responses is hidden", "Responses!A1"),
    item("sheet very hidden", _state("Cover", "veryHidden"), "sheet_hidden", "choose Unhide", "Cover!A1"),
    item(
        "heading renamed",
        with_cells({"Touchpoints!F4": "People served"}),
        "column_missing",
        "Change the heading “People served” to “Customers”.",
        "Touchpoints!F4",
    ),
    item(
        "heading misspelt",
        with_cells({"Responses!D4": "Qestion as askd"}),
        "column_missing",
        "Change the heading “Qestion as askd” to “Question as asked”.",
        "Responses!D4",
    ),
    item("heading twice", _twice, "column_twice", "“Value” stands twice", "Operations!F4"),
    item(
        "heading blank",
        with_cells({"Touchpoints!F4": None}),
        "column_missing",
        "Write the heading “Customers” into F4",
        "Touchpoints!F4",
    ),
    item(
        "headings under the first row",
        changed(_heading_below_first_row),
        "row_above_headings",
        "Row 4 stands above the headings in row 5",
        "Operations!A4",
    ),
    item("column missing", changed(_without_column), "column_missing", "“Unit”", "Operations!C4"),
    item("cells merged down", _merge(TOUCHPOINTS, "F5:F6"), "cells_merged", "Unmerge Cells", "Touchpoints!F5"),
    item("cells merged across", _merge(RESPONSES, "F5:J5"), "cells_merged", "Unmerge Cells", "Responses!J5"),
    item("row hidden", _hide_rows(9), "row_hidden", "Row 9 is hidden", "Responses!A9"),
    item("rows hidden", _hide_rows(6, 7, 9), "row_hidden", "Rows 6, 7 and 9 are hidden", "Responses!A7"),
    item("row of no height", _row_of_no_height, "row_hidden", "Row 6 is hidden", "Touchpoints!A6"),
    item("column hidden", changed(_hide_column), "column_hidden", "Column F (Customers) is hidden", "Touchpoints!F4"),
    item("filtered", changed(_filter), "rows_filtered", "hidden by a filter", "Responses!A6"),
    item(
        "total row",
        with_cells({"Touchpoints!A7": "Total", "Touchpoints!F7": 1_800_000}),
        "total_row",
        "Row 7 looks like a total (“Total”)",
        "Touchpoints!A7",
    ),
    item(
        "total of a question",
        with_cells({"Responses!C30": "Total", "Responses!J30": 900}),
        "total_row",
        "Clear the row.",
        "Responses!C30",
    ),
    item(
        "grand total",
        with_cells({"Operations!A9": "Grand total", "Operations!B9": 48}),
        "total_row",
        cell="Operations!A9",
    ),
    item(
        "note under the table",
        with_cells({"Touchpoints!B9": "All figures are preliminary."}),
        "note_row",
        "Move the text to Notes",
        "Touchpoints!B9",
    ),
    item(
        "note in the first column",
        with_cells({"Responses!A169": "* by the vendor"}),
        "note_row",
        "Row 169",
        "Responses!A169",
    ),
    item("transposed", changed(_transposed), "table_transposed", "the table is turned", "Operations!A6"),
    item("two tables", changed(_two_tables), "second_table", "row 12", "Operations!A12"),
    item(
        "two tables side by side", changed(_two_tables_side_by_side), "column_twice", "stands twice", "Operations!G4"
    ),
    item("formula in a heading", changed(_formula_for_a_heading), "heading_formula", "is a formula", "Touchpoints!F4"),
    item("line of the Cover missing", with_cells({"Cover!A11": "Thoughts"}), "label_missing", "“Reflection”"),
    item(
        "other quarter typed on the Cover",
        with_cells({"Cover!B6": "FY2021 Q4"}),
        "cover_quarter",
        "The Cover says “FY2021 Q4”",
        "Cover!B6",
    ),
    accepted("columns reordered", changed(_reordered)),
    accepted("column of its own", changed(_own_column), "column_unknown", "“Owner”", "Operations!F4"),
    accepted("column without a heading", changed(_column_without_heading), "column_without_heading", "column G"),
    accepted("sheet of its own", changed(_own_sheet), "sheet_unknown", "“My sums”"),
    accepted("blank rows between", changed(_blank_rows_between)),
    accepted("rows further down", changed(lambda book: book["Operations"].insert_rows(1, 3))),
]
