"""Rows as an Excel workbook: one sheet of data, and one that says what it is and where it comes from."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dashboards.alive import alive
from dashboards.datasets import Dataset, Kind, Row, Value
from hisps.cells import neutral

ABOUT = "About"
MOST_ROWS = 50_000  # some 10 seconds of work; a reader who needs more is better served by CSV
_LONGEST_TEXT = 32_767  # characters of a cell
_BLOCK = 64 * 1024
_WIDTHS = {Kind.TEXT: 28, Kind.DATE: 12, Kind.BOOLEAN: 12, Kind.INTEGER: 14, Kind.NUMBER: 12}
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")

Facts = Sequence[tuple[str, str]]  # a name, and what there is to say


class TooLong(Exception):
    """A sentence for whoever asked for more rows than a workbook takes."""


def written(dataset: Dataset, rows: Iterable[Row], facts: Facts) -> bytes:
    """The file. Rows go to the disk one by one, so that of them no more is in memory than the file, compressed: a few
    megabytes at most. Raises TooLong."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = dataset.title, "HISP Quarterly"
    _data(book, dataset, rows)
    _about(book, facts)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def blocks(file: bytes) -> Iterator[bytes]:
    for start in range(0, len(file), _BLOCK):
        alive()
        yield file[start : start + _BLOCK]


def _data(book: Workbook, dataset: Dataset, rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(dataset.title)
    for place, column in enumerate(dataset.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(_WIDTHS[column.kind], len(column.name) + 2)
    sheet.freeze_panes = "A2"
    sheet.append([_styled(sheet, name, _BOLD) for name in dataset.names])
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            sheet.close()
            raise TooLong(
                f"This workbook would have more than {MOST_ROWS:,} rows. Narrow it to a year or a HISP, or take CSV."
            )
        sheet.append([_cell(value) for value in row])


def _about(book: Workbook, facts: Facts) -> None:
    sheet = book.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 100
    for name, said in facts:
        sheet.append([_styled(sheet, name, _BOLD), _styled(sheet, _cell(said), None)])


def _styled(sheet: Any, value: Any, font: Font | None) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    return cell


def _cell(value: Value) -> Any:
    """A number stays one. A text is one that no spreadsheet runs, and holds no character that a workbook cannot."""
    if isinstance(value, Decimal):
        return float(value)
    if not isinstance(value, str):
        return value
    if not value.isprintable():
        value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    text = str(neutral(value))
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
