"""A sheet as rows of raw cells: what `scan` noted of each, with the texts and formats of the workbook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles import is_date_format
from openpyxl.utils.datetime import from_excel, from_ISO8601, to_excel

from reporting.workbook.cells import Cell
from reporting.workbook.facts import UNREADABLE, Facts, Stored
from reporting.workbook.readings import Raw
from reporting.workbook.refusals import Refused, damaged
from reporting.workbook.scan import column_letters

Rows = dict[int, dict[int, Raw]]  # row number -> column number -> cell; both from 1, only cells with something in them
_NUMBERS = (int, float)


def raw_rows(worksheet: Any, facts: Facts) -> Rows:
    """The cells of a worksheet that openpyxl opened read-only; it gives the texts, the formats and the calendar."""
    sheet = _Sheet(worksheet)
    return {
        row: {column: sheet.raw(row, column, stored) for column, stored in cells.items()}
        for row, cells in facts.cells.items()
    }


class _Sheet:
    def __init__(self, worksheet: Any) -> None:
        self.title, self.epoch = worksheet.title, worksheet.parent.epoch
        self.texts: list[str] = worksheet._shared_strings
        self.is_date = cache(lambda style: _is_date_format(_number_format(worksheet, style)))
        self.is_percent = cache(lambda style: "%" in _number_format(worksheet, style))
        self.value_of: dict[str, Callable[[str], Any]] = {"n": _number, "b": _truth, "d": from_ISO8601}

    def raw(self, row: int, column: int, stored: Stored) -> Raw:
        type_, text, style, is_formula = stored
        if text is None:
            return Raw(None, is_formula, type_ == "e")
        if type_ == "s":
            return Raw(self._shared(row, column, text), is_formula)
        if type_ not in self.value_of:
            return Raw(text, is_formula, type_ == "e", is_unreadable=type_ == UNREADABLE)
        value, serial, as_date, is_percent = self.value_of[type_](text), None, "", False
        if type(value) in _NUMBERS:
            is_percent = self.is_percent(style)
            if self.is_date(style):
                serial, as_date = float(value), _iso(value, self.epoch)
        elif isinstance(value, datetime | date | time):  # stored as ISO text, which Excel itself never does
            serial, as_date = round(float(to_excel(value, self.epoch)), 10), value.isoformat()
        return Raw(value, is_formula, False, serial, as_date, is_percent)

    def _shared(self, row: int, column: int, number: str) -> str:
        try:
            return self.texts[int(number)]
        except IndexError:
            cell = Cell(self.title, row, column_letters(column))
            raise Refused(damaged("The cell points to a text that the file does not have.", cell)) from None


def _number(text: str) -> int | float:
    return float(text) if "." in text or "E" in text or "e" in text else int(text)


def _truth(text: str) -> bool:
    return text == "1"


def _number_format(worksheet: Any, style: str) -> str:
    return str(ReadOnlyCell(worksheet, 1, 1, None, style_id=int(style)).number_format)


_is_date_format = cache(is_date_format)


def _iso(serial: float, epoch: datetime) -> str:
    """What the date format shows; "" where the number is no date."""
    try:
        shown = from_excel(serial, epoch)
    except (OverflowError, ValueError):
        return ""
    return (shown.date() if isinstance(shown, datetime) and shown.time() == time() else shown).isoformat()


def mark_stale(rows: Rows, zeros_only: bool) -> None:
    """Marks stored results of formulas as not to be trusted: all, or those that are 0."""
    for cells in rows.values():
        for column, raw in cells.items():
            if raw.is_formula and type(raw.value) in _NUMBERS and not (zeros_only and raw.value):
                cells[column] = replace(raw, is_stale=True)
