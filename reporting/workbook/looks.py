"""How the template looks: fonts, fills, borders, widths, print set-up. Colors keep a contrast of 7 : 1 or more."""

from math import ceil

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from reporting.workbook.numbers import Count, Number
from reporting.workbook.spec import Column

NAVY, INK, GREY_INK, GREY, LINE = "162E51", "1B1B1B", "565C65", "F0F0F0", "A9AEB1"
FLAG_INK, FLAG_PALE = "8B0A03", "FBE3DF"
FONT = "Calibri"
LEGEND = "White cells are yours to fill in or to check. Gray cells are filled in, computed or from last quarter."

TITLE = Font(FONT, 18, bold=True, color=NAVY)
INTRO = Font(FONT, 11, color=INK)
HEADER = Font(FONT, 11, bold=True, color="FFFFFF")
LABEL = Font(FONT, 11, bold=True, color=NAVY)
BODY = Font(FONT, 11, color=INK)
QUIET = Font(FONT, 11, color=GREY_INK)
FLAG = Font(FONT, 11, bold=True, color=FLAG_INK)
SMALL = Font(FONT, 10, italic=True, color=GREY_INK)

HEADER_FILL = PatternFill("solid", fgColor=NAVY)
GREY_FILL = PatternFill("solid", fgColor=GREY)
_side = Side("thin", color=LINE)
BOX = Border(left=_side, right=_side, top=_side, bottom=_side)
BOX_UNDER_RULE = Border(left=_side, right=_side, top=Side("medium", color=NAVY), bottom=_side)

LINE_HEIGHT = 15.5  # points, of the body font
ROW_HEIGHT = 20
ONE_PAGE = 1200  # points that are printed on one page, so that a few empty rows do not take a second
LEFT = Alignment(horizontal="left", vertical="center", indent=1)
LEFT_WRAP = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP_WRAP = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
FLUSH_WRAP = Alignment(vertical="top", wrap_text=True)
NUMBER = Alignment(horizontal="right", vertical="center", indent=1)
CENTER = Alignment(horizontal="center", vertical="center")
CENTER_WRAP = Alignment(horizontal="center", vertical="center", wrap_text=True)
UNLOCKED = Protection(locked=False)


def title(sheet: Worksheet, text: str, intro: str, width: int, legend: str | None = LEGEND) -> None:
    """Rows 1 to 3, over `width` columns."""
    sheet["A1"], sheet["A2"], sheet["A3"] = text, intro, legend
    sheet["A1"].font, sheet["A2"].font, sheet["A2"].alignment = TITLE, INTRO, FLUSH_WRAP
    sheet["A3"].font = SMALL
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
    for row, height in ((1, 30), (2, 34), (3, 20)):
        sheet.row_dimensions[row].height = height


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
    cell.alignment = _alignment(column)
    cell.number_format = column.kind.number_format
    if is_input:
        cell.protection = UNLOCKED
    else:
        cell.fill = GREY_FILL


def _alignment(column: Column) -> Alignment:
    if column.width < 10:
        return CENTER
    if isinstance(column.kind, Count | Number) or column.kind.number_format not in ("General", "@"):
        return NUMBER
    return LEFT_WRAP if column.kind.wraps else LEFT


def grow(sheet: Worksheet, row: int, texts: list[tuple[str, int]]) -> None:
    """Makes a row high enough for its texts, each with the width of its column; a row of one line keeps its height."""
    if (height := height_for(texts)) > ROW_HEIGHT:
        sheet.row_dimensions[row].height = height


def height_for(texts: list[tuple[str, int]]) -> float:
    """Points for a row of texts that wrap, each with the width of its column."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return ROW_HEIGHT if lines < 2 else min(LINE_HEIGHT * lines + 4, 400)


def _lines(text: str, width: int) -> int:
    return sum(ceil(len(line) / (width - 3)) or 1 for line in text.split("\n"))


def page(sheet: Worksheet, header_row: int | None, freeze: str | None) -> None:
    """Frozen panes, no grid, one page wide in landscape with the header on each page; locked without a password."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 1 if _height(sheet) <= ONE_PAGE else 0  # 0: as many as there are
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LEGAL
    sheet.sheet_properties.tabColor = NAVY if freeze is None or "A" not in freeze else GREY_INK
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.8, footer=0.4)
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "Page &P of &N"
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may resize


def _height(sheet: Worksheet) -> float:
    """Of all rows, in points."""
    told: list[float] = [dimension.height or ROW_HEIGHT for dimension in sheet.row_dimensions.values()]
    return sum(told) + ROW_HEIGHT * float(sheet.max_row - len(told))


def mark_headings(sheet: Worksheet, row: int, last_row: int) -> None:
    """A name by which screen readers (JAWS) know the headings and read them with each cell below."""
    book = sheet.parent
    last = get_column_letter(sheet.max_column)
    name = f"ColumnTitleRegion1.A{row}.{last}{last_row}.{book.index(sheet) + 1}"
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!$A${row}")


def flag() -> PatternFill:
    """Behind a flag, which says in words what is wrong."""
    return PatternFill("solid", bgColor=FLAG_PALE)


def shade() -> PatternFill:
    """A fill for conditional formats, which take the background color, not the foreground."""
    return PatternFill("solid", bgColor=GREY)
