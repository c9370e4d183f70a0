"""A sheet as rows of raw cells."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from openpyxl.styles import is_date_format
from openpyxl.utils.datetime import from_excel, to_excel

from reporting.workbook.readings import Raw
from reporting.workbook.scan import Facts
from reporting.workbook.spec import LAST_COLUMN, LAST_ROW
from reporting.workbook.texts import cleaned

Rows = dict[int, dict[int, Raw]]  # row number -> column number -> cell; both from 1, only cells with something in them


def raw_rows(worksheet: Any, facts: Facts, epoch: datetime) -> Rows:
    """The cells of a worksheet that openpyxl opened read-only, for values."""
    # Left to openpyxl, a number with a date format becomes a date, and one out of range an error without the number.
    worksheet.parent._date_formats = worksheet.parent._timedelta_formats = frozenset()
    rows: Rows = {}
    for number, row in enumerate(worksheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN), start=1):
        for cell in row:
            place = (number, getattr(cell, "column", 0))
            if cell.value is not None or place in facts.formulas:
                rows.setdefault(number, {})[place[1]] = _raw(cell, place in facts.formulas, epoch)
    return rows


def _raw(cell: Any, is_formula: bool, epoch: datetime) -> Raw:
    value, serial, as_date, is_percent = cell.value, None, "", False
    if type(value) in (int, float):
        is_percent = "%" in cell.number_format
        if _is_date_format(cell.number_format):
            serial, as_date = float(value), _iso(value, epoch)
    elif isinstance(value, datetime | date | time):  # stored as ISO text, which Excel itself never does
        serial, as_date = round(float(to_excel(value, epoch)), 10), value.isoformat()
    return Raw(value, is_formula, cell.data_type == "e", serial, as_date, is_percent)


_is_date_format = cache(is_date_format)


def _iso(serial: float, epoch: datetime) -> str:
    """What the date format shows; "" where the number is no date."""
    try:
        shown = from_excel(serial, epoch)
    except (OverflowError, ValueError):
        return ""
    return (shown.date() if isinstance(shown, datetime) and shown.time() == time() else shown).isoformat()


def stale(rows: Rows, zeros_only: bool) -> Rows:
    """The rows with stored results of formulas marked as not to be trusted: all, or those that are 0."""
    return {row: {n: _stale(raw, zeros_only) for n, raw in cells.items()} for row, cells in rows.items()}


def _stale(raw: Raw, zeros_only: bool) -> Raw:
    is_number = type(raw.value) in (int, float)
    return replace(raw, is_stale=True) if raw.is_formula and is_number and not (zeros_only and raw.value) else raw


def text_of(raw: Raw) -> str:
    return cleaned(str(raw.value)) if raw.value is not None else ""
