"""How the template looks: fonts, fills, borders, widths, print set-up. Colors keep a contrast of 7 : 1 or more."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from reporting.workbook.spec import Column

NAVY, INK, GREY_INK, GREY, LINE, PALE = "162E51", "1B1B1B", "565C65", "F0F0F0", "A9AEB1", "D9E8F6"
FONT = "Calibri"

TITLE = Font(FONT, 18, bold=True, color=NAVY)
INTRO = Font(FONT, 11, color=INK)
HEADER = Font(FONT, 11, bold=True, color="FFFFFF")
LABEL = Font(FONT, 11, bold=True, color=NAVY)
BODY = Font(FONT, 11, color=INK)
QUIET = Font(FONT, 11, color=GREY_INK)
SMALL = Font(FONT, 10, italic=True, color=GREY_INK)

HEADER_FILL = PatternFill("solid", fgColor=NAVY)
GREY_FILL = PatternFill("solid", fgColor=GREY)
PALE_FILL = PatternFill("solid", fgColor=PALE)
_side = Side("thin", color=LINE)
BOX = Border(left=_side, right=_side, top=_side, bottom=_side)
BOX_UNDER_RULE = Border(left=_side, right=_side, top=Side("medium", color=NAVY), bottom=_side)

TOP = Alignment(vertical="top")
WRAP = Alignment(vertical="top", wrap_text=True)
CENTER_WRAP = Alignment(horizontal="center", vertical="center", wrap_text=True)
UNLOCKED = Protection(locked=False)


def title(sheet: Worksheet, text: str, intro: str, width: int) -> None:
    """Rows 1 and 2, over `width` columns."""
    sheet["A1"], sheet["A2"] = text, intro
    sheet["A1"].font, sheet["A2"].font, sheet["A2"].alignment = TITLE, INTRO, WRAP
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 33


def header(sheet: Worksheet, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.fill, cell.alignment, cell.border = HEADER, HEADER_FILL, CENTER_WRAP, BOX
    sheet.row_dimensions[row].height = 48


def widths(sheet: Worksheet, columns: list[int]) -> None:
    for number, width in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def body_cell(sheet: Worksheet, row: int, number: int, column: Column, starts_block: bool = False) -> None:
    """An empty cell of a table: white and open where a reporter writes, grey and locked elsewhere."""
    cell = sheet.cell(row, number)
    is_input = bool(column.fills)
    cell.font = BODY if is_input else QUIET
    cell.border = BOX_UNDER_RULE if starts_block else BOX
    cell.alignment = WRAP if column.kind.wraps or not is_input else TOP
    cell.number_format = column.kind.number_format
    if is_input:
        cell.protection = UNLOCKED
    else:
        cell.fill = GREY_FILL


def page(sheet: Worksheet, header_row: int | None, freeze: str | None) -> None:
    """Frozen panes, no grid, one page wide in landscape with the header on each page; locked without a password."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "Page &P of &N"
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may resize


def shade() -> PatternFill:
    """A fill for conditional formats, which take the background color, not the foreground."""
    return PatternFill("solid", bgColor=GREY)
