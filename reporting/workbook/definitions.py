"""The sheet that says of every cell what goes into it: the data dictionary in the workbook."""

from openpyxl.worksheet.worksheet import Worksheet

from reporting.workbook import dictionary, looks, spec

_HEADER_ROW = 4
_PAGES = 3  # on paper; with a fourth, four rows stood on a page of their own
_WIDTHS = [16, 26, 70, 56, 11]


def write_definitions(sheet: Worksheet) -> None:
    looks.title(
        sheet, spec.DEFINITIONS, "Every cell of this workbook, what goes into it and what it may hold.", 5, None
    )
    looks.header(sheet, _HEADER_ROW, ["Sheet", "Column", "What it is", "What it may hold", "Required"])
    looks.widths(sheet, _WIDTHS)
    for number, entry in enumerate((*dictionary.columns(), *dictionary.lists()), start=_HEADER_ROW + 1):
        row = (entry.place, entry.name, entry.meaning, entry.holds, "Yes" if entry.is_required else "")
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text or None)
            cell.font, cell.alignment = looks.LABEL if column == 2 else looks.BODY, looks.LEFT_WRAP
            cell.border = looks.BOX
        looks.grow(sheet, number, list(zip(row, _WIDTHS, strict=True)))
    looks.page(sheet, _HEADER_ROW, f"A{_HEADER_ROW + 1}")
    sheet.page_setup.fitToHeight = _PAGES
