"""A sheet as rows of raw cells, and a table found in it by its headings."""

import difflib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from reporting.workbook.cells import ERROR, NOTE, Cell, Problem
from reporting.workbook.readings import Raw
from reporting.workbook.scan import Facts
from reporting.workbook.spec import LAST_COLUMN, LAST_ROW, Column, Sheet
from reporting.workbook.texts import cleaned, key

HEADER_WITHIN = 20  # rows from the top in which the headings are looked for
Rows = dict[int, dict[int, Raw]]  # row number -> column number -> cell; both from 1, only cells with something in them


def raw_rows(worksheet: Any, facts: Facts, epoch: datetime) -> Rows:
    """The cells of a worksheet that openpyxl opened read-only, for values."""
    rows: Rows = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of dates out of range; such a cell is refused anyway
        for number, row in enumerate(worksheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN), start=1):
            for cell in row:
                place = (number, getattr(cell, "column", 0))
                if cell.value is not None or place in facts.formulas:
                    rows.setdefault(number, {})[place[1]] = _raw(cell, place in facts.formulas, epoch)
    return rows


def _raw(cell: Any, is_formula: bool, epoch: datetime) -> Raw:
    value = cell.value
    return Raw(
        value,
        is_formula=is_formula,
        is_error=cell.data_type == "e",
        serial=_serial(value, epoch),
        is_percent=type(value) in (int, float) and "%" in cell.number_format,
    )


def _serial(value: Any, epoch: datetime) -> float | None:
    """The number behind a date or a time."""
    if not isinstance(value, datetime | date | time | timedelta):
        return None
    return round(float(to_excel(value, epoch)), 10)


def text_of(raw: Raw) -> str:
    return cleaned(str(raw.value)) if raw.value is not None else ""


@dataclass
class Table:
    """A table of the spec as it stands in a file. `columns`: heading -> column number; `header_row` 0: none found."""

    sheet: Sheet
    rows: Rows
    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        matches = {row: self._known_in(row) for row in self.rows if row <= HEADER_WITHIN}
        best = max(matches, key=lambda row: matches[row], default=0)
        if best and matches[best] >= 2:
            self.header_row = best
            numbers = {key(text_of(raw)): number for number, raw in reversed(self.rows[best].items())}
            self.columns = {c.header: numbers[key(c.header)] for c in self.sheet.columns if key(c.header) in numbers}

    def _known_in(self, row: int) -> int:
        return sum(self._is_known(text_of(raw)) for raw in self.rows[row].values())

    def _is_known(self, text: str) -> bool:
        return key(text) in {key(column.header) for column in self.sheet.columns}

    @property
    def is_whole(self) -> bool:
        return all(column.header in self.columns for column in self.sheet.columns if column.fills)

    @property
    def inputs(self) -> list[Column]:
        """The columns that are read and that the file has."""
        return [column for column in self.sheet.columns if column.fills and column.header in self.columns]

    def raw(self, row: int, column: Column) -> Raw:
        return self.rows[row].get(self.columns[column.header], Raw())

    def cell(self, row: int, column: Column) -> Cell:
        return Cell(self.sheet.name, row, get_column_letter(self.columns[column.header]))

    def body(self) -> Iterator[int]:
        """Numbers of the rows under the headings in which there is more than what the template gave."""
        telling = [column for column in self.inputs if column.fills not in self.sheet.given]
        for row in self.rows:
            if row > self.header_row > 0 and any(not self.raw(row, column).is_blank for column in telling):
                yield row

    def header_problems(self) -> Iterator[Problem]:
        name = self.sheet.name
        if not self.header_row:
            yield Problem(
                "header_missing",
                ERROR,
                f"The sheet {name} has no row with the column headings.",
                "The headings of the template.",
                "Copy your figures into a freshly downloaded template.",
            )
            return
        headings = {number: text_of(raw) for number, raw in self.rows[self.header_row].items() if text_of(raw)}
        unknown = {text: number for number, text in headings.items() if not self._is_known(text)}
        for column in self.sheet.columns:
            if column.fills and column.header not in self.columns:
                yield self._missing(column, unknown)
        for text, number in unknown.items():
            yield self._extra(text, number)
        yield from self._twice(headings)

    def _heading(self, number: int) -> Cell:
        return Cell(self.sheet.name, self.header_row, get_column_letter(number))

    def _missing(self, column: Column, unknown: dict[str, int]) -> Problem:
        """Takes a heading that looks like it out of `unknown`, so that it is told once."""
        close = difflib.get_close_matches(column.header, unknown, n=1)
        place = self._heading(unknown.pop(close[0])) if close else None
        return Problem(
            "column_missing",
            ERROR,
            f"The sheet {self.sheet.name} has no column “{column.header}”.",
            f"A column with the heading “{column.header}”.",
            f"Change the heading “{close[0]}” to “{column.header}”."
            if close
            else f"Write the heading “{column.header}” in row {self.header_row}, or use a fresh template.",
            cell=place,
        )

    def _extra(self, text: str, number: int) -> Problem:
        return Problem(
            "column_unknown",
            NOTE,
            f"The column “{text[:60]}” is not part of the template and is not read.",
            "The headings of the template.",
            "Put what matters into a column of the template.",
            cell=self._heading(number),
        )

    def _twice(self, headings: dict[int, str]) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for number, text in headings.items():
            if key(text) in seen and self._is_known(text):
                yield Problem(
                    "column_twice",
                    ERROR,
                    f"The heading “{text}” stands twice.",
                    "Each heading once.",
                    "Delete the column that you do not need.",
                    cell=self._heading(number),
                    related=(self._heading(seen[key(text)]),),
                )
            seen.setdefault(key(text), number)
