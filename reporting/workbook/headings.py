"""A table of the spec found in a sheet by its headings, and what is wrong with the headings."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from openpyxl.utils import get_column_letter

from reporting.workbook.cells import ERROR, NOTE, Cell, Problem
from reporting.workbook.grid import Rows
from reporting.workbook.readings import NOTHING, Raw
from reporting.workbook.spec import Column, Sheet
from reporting.workbook.texts import key

HEADER_WITHIN = 20  # rows from the top in which the headings are looked for
_KEYS = ("survey", "domain", "name")
_SURE = 3  # known headings in a line, from which on it can be nothing but headings


@dataclass
class Table:
    """A table of the spec as it stands in a file. `columns`: heading -> column number; `header_row` 0: none found."""

    sheet: Sheet
    rows: Rows
    header_row: int = 0
    second_header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {key(column.header) for column in self.sheet.columns}
        self._is_known = cache(lambda text: key(text) in known)  # the same words stand in row after row
        counts = {row: self._known_among(self.rows[row].values()) for row in self.rows}
        self.header_row = max((r for r in counts if r <= HEADER_WITHIN), key=lambda r: counts[r], default=0)
        if not self.header_row or counts[self.header_row] < 2:
            self.header_row = 0
            return
        below = [row for row in counts if row > self.header_row and counts[row] >= _SURE]
        self.second_header_row = min(below, default=0)
        numbers = {key(text): number for number, text in reversed(self._headings().items())}
        self.columns = {c.header: numbers[key(c.header)] for c in self.sheet.columns if key(c.header) in numbers}

    def _known_among(self, cells: Iterable[Raw]) -> int:
        return sum(type(raw.value) is str and self._is_known(raw.text) for raw in cells)

    def _headings(self) -> dict[int, str]:
        row = self.rows.get(self.header_row, {})
        return {number: raw.text for number, raw in row.items() if raw.text}

    @property
    def has_keys(self) -> bool:
        """Whether its rows can be told apart: without these columns nothing is known of any of them."""
        return all(column.header in self.columns for column in self.sheet.columns if column.fills in _KEYS)

    @cached_property
    def inputs(self) -> list[Column]:
        """The columns that are read and that the file has."""
        return [column for column in self.sheet.columns if column.fills and column.header in self.columns]

    @cached_property
    def fields(self) -> dict[int, str]:
        """Column number -> the field that is read from there."""
        return {self.columns[column.header]: column.fills for column in self.inputs}

    @cached_property
    def telling(self) -> list[Column]:
        """Those with more in them than what the template gave."""
        return [column for column in self.inputs if column.fills not in self.sheet.given]

    def raw(self, row: int, column: Column) -> Raw:
        return self.rows[row].get(self.columns[column.header], NOTHING)

    def cell(self, row: int, column: Column) -> Cell:
        return Cell(self.sheet.name, row, get_column_letter(self.columns[column.header]))

    def rows_below(self) -> list[int]:
        """Numbers of the rows between the headings and a second row of headings."""
        if not self.header_row:
            return []
        return [r for r in self.rows if r > self.header_row and not 0 < self.second_header_row <= r]

    def body(self) -> Iterator[int]:
        """Numbers of the rows under the headings in which there is more than what the template gave."""
        telling = {self.columns[column.header] for column in self.telling}
        for row in self.rows_below():
            if any(number in telling and not raw.is_blank for number, raw in self.rows[row].items()):
                yield row

    def header_problems(self) -> Iterator[Problem]:
        if not self.header_row:
            yield self._no_headings()
            return
        headings = self._headings()
        unknown = {number: text for number, text in headings.items() if not self._is_known(text)}
        doubled = {number: headings[number] for number, _ in self._doubles(headings)}
        blank_at: set[int] = set()
        for column in self.sheet.columns:
            if column.fills and column.header not in self.columns:
                yield self._missing(column, unknown, doubled, blank_at)
        for number, text in unknown.items():
            yield self._extra(number, text)
        yield from self._formulas()
        yield from self._twice(headings, doubled)
        yield from self._without_heading(headings, blank_at)
        yield from self._elsewhere()

    def _heading(self, number: int, row: int = 0) -> Cell:
        return Cell(self.sheet.name, row or self.header_row, get_column_letter(number))

    def _no_headings(self) -> Problem:
        across = {n for cells in self.rows.values() for n in cells}
        turned = [
            n for n in sorted(across) if self._known_among([r[n] for r in self.rows.values() if n in r]) >= _SURE
        ]
        if turned:
            first = next(r for r, c in self.rows.items() if turned[0] in c and self._known_among([c[turned[0]]]))
            return Problem(
                "table_transposed",
                ERROR,
                f"The headings of the sheet {self.sheet.name} stand below each other; the table is turned.",
                "Headings side by side in one row, one survey or figure per row.",
                "Copy your figures into a freshly downloaded template; or copy the table, Paste Special › Transpose.",
                cell=self._heading(turned[0], first),
            )
        return Problem(
            "header_missing",
            ERROR,
            f"The sheet {self.sheet.name} has no row with the column headings.",
            "The headings of the template.",
            "Copy your figures into a freshly downloaded template.",
            cell=self._heading(1, 1),
        )

    def _missing(
        self, column: Column, unknown: dict[int, str], doubled: dict[int, str], blank_at: set[int]
    ) -> Problem:
        """Takes the heading that is meant out of `unknown` or `doubled`, so that it is told once."""
        meant, place = self._meant(column, unknown), self.sheet.columns.index(column) + 1
        suggestion, fix = column.header, "Copy your figures into a freshly downloaded template."
        if meant:
            fix = f"Change the heading “{unknown.pop(meant)[:60]}” to “{column.header}”."
        elif place in doubled:
            twice = doubled.pop(place)[:60]
            fix = f"Change {self._heading(place).address} to “{column.header}”; “{twice}” stands there a second time."
        elif place not in self._headings():
            blank_at.add(place)
            fix = f"Write the heading “{column.header}” into {self._heading(place).address}, or use a fresh template."
        else:
            suggestion = ""
        return Problem(
            "column_missing",
            ERROR,
            f"The sheet {self.sheet.name} has no column “{column.header}”.",
            f"A column with the heading “{column.header}”.",
            fix,
            cell=self._heading(meant or place),
            suggestion=suggestion,
        )

    def _meant(self, column: Column, unknown: dict[int, str]) -> int:
        """The number of the column whose heading looks like it, or else stands where it belongs; 0 if none."""
        close = difflib.get_close_matches(key(column.header), [key(text) for text in unknown.values()], n=1)
        if close:
            return next(number for number, text in unknown.items() if key(text) == close[0])
        place = self.sheet.columns.index(column) + 1
        return place if place in unknown else 0

    def _extra(self, number: int, text: str) -> Problem:
        return Problem(
            "column_unknown",
            NOTE,
            f"The column “{text[:60]}” is not part of the template and is not read.",
            "The headings of the template.",
            "Put what matters into a column of the template.",
            cell=self._heading(number),
        )

    def _formulas(self) -> Iterator[Problem]:
        for number, raw in self.rows[self.header_row].items():
            if raw.is_formula:
                header = next((header for header, at in self.columns.items() if at == number), "")
                yield Problem(
                    "heading_formula",
                    ERROR,
                    "This heading is a formula.",
                    "The heading of the template, as text.",
                    f"Type “{header}” over it." if header else "Type the heading over it, or clear it.",
                    cell=self._heading(number),
                    suggestion=header,
                )

    def _doubles(self, headings: dict[int, str]) -> Iterator[tuple[int, int]]:
        """A column with the heading of another, and that other, which stands where the template has it if one does."""
        for column in self.sheet.columns:
            same = [number for number, text in headings.items() if key(text) == key(column.header)]
            home = self.sheet.columns.index(column) + 1
            first = home if home in same else min(same, default=0)
            yield from ((number, first) for number in same if number != first)

    def _twice(self, headings: dict[int, str], doubled: dict[int, str]) -> Iterator[Problem]:
        for number, first in self._doubles(headings):
            if number in doubled:
                yield Problem(
                    "column_twice",
                    ERROR,
                    f"The heading “{headings[number]}” stands twice.",
                    "Each heading once.",
                    "Delete the column that you do not need.",
                    cell=self._heading(number),
                    related=(self._heading(first),),
                )

    def _without_heading(self, headings: dict[int, str], blank_at: set[int]) -> Iterator[Problem]:
        below = {n for row in self.rows_below() for n, raw in self.rows[row].items() if not raw.is_blank}
        for number in sorted(below - headings.keys() - blank_at):
            yield Problem(
                "column_without_heading",
                NOTE,
                f"There is something in column {get_column_letter(number)}, which has no heading; it is not read.",
                "The columns of the template.",
                "Put what matters into a column of the template.",
                cell=self._heading(number),
            )

    def _elsewhere(self) -> Iterator[Problem]:
        """Figures above the headings and under a second row of headings, which would get lost."""
        for row in self.rows:
            if row < self.header_row and sum(not self.raw(row, column).is_blank for column in self.inputs) >= _SURE:
                yield Problem(
                    "row_above_headings",
                    ERROR,
                    f"Row {row} stands above the headings in row {self.header_row}, so it is not read.",
                    "The headings above all rows.",
                    "Move the row below the headings, or clear it.",
                    cell=self._heading(1, row),
                )
        if self.second_header_row:
            yield Problem(
                "second_table",
                ERROR,
                f"A second row of headings stands in row {self.second_header_row}; what is below it is not read.",
                "One table per sheet.",
                "Move its rows to the first table, and clear the second row of headings.",
                cell=self._heading(1, self.second_header_row),
            )
