"""The rows of a table read by the kinds of its columns: values, where they stood, and what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from reporting.workbook.cells import ERROR, NOTE, Cell, Problem
from reporting.workbook.layout import Layout
from reporting.workbook.numbers import Count, Number
from reporting.workbook.readings import NOTHING, Kind, Raw, Remark
from reporting.workbook.spec import COUNTS, LABELS, Column

Describe = Callable[["Record"], str]
_NOT_ASKED = "Clear the cell, because “Asked?” says No. If the question was asked, choose Yes and write the number."
_TOTAL = Count()


@dataclass
class Record:
    """One row. `places` has no entry for a cell that could not be read; `values` none for a blank one.

    `total`: a number that was typed over the computed total, never one that a formula gave; None where none was.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Cell] = field(default_factory=dict)
    remarks: list[tuple[Column, Cell, Remark]] = field(default_factory=list)
    total: int | None = None
    total_at: Cell | None = None

    def was_read(self, *fields: str) -> bool:
        return all(name in self.places for name in fields)

    def take(self, column: Column, cell: Cell, raw: Raw) -> None:
        if raw is NOTHING and not column.required:
            self.places[column.fills] = cell
            return
        reading = column.kind.read(raw)
        remark = reading.remark or _remark_on(column, raw)
        if remark is not None:
            self.remarks.append((column, cell, remark))
        if remark is None or remark.severity != ERROR:
            self.places[column.fills] = cell
        if reading.value is not None and not reading.failed:
            self.values[column.fills] = reading.value

    def note_total(self, cell: Cell, raw: Raw) -> None:
        if not raw.is_formula:
            self.total, self.total_at = _TOTAL.read(raw).value, cell

    def problems(self, describe: Describe) -> Iterable[Problem]:
        about = describe(self) if self.remarks else ""
        for column, cell, remark in self._settled():
            words = LABELS.get(column.fills, column.header)
            label = f"{about}: {words}" if about else words
            yield in_place(remark, column.kind, cell, label)

    def _settled(self) -> Iterable[tuple[Column, Cell, Remark]]:
        """The remarks, with what another cell of the row says about the fix."""
        for column, cell, remark in self.remarks:
            is_word = column.fills in COUNTS and remark.rule == "not_a_number" and not remark.suggestion
            if is_word and self.values.get("asked") is False:
                yield column, cell, replace(remark, fix=_NOT_ASKED)
            else:
                yield column, cell, remark


def _remark_on(column: Column, raw: Raw) -> Remark | None:
    """What a readable cell may still lack."""
    if column.required and raw.is_blank:
        return Remark("required", f"{column.header} is blank.", "Fill it in, or clear the whole row.")
    if raw.is_formula and isinstance(column.kind, Count | Number):
        return Remark(
            "computed",
            "The number is the result of a formula; the result stored in the file was read.",
            "Compare it with the preview.",
            NOTE,
        )
    return None


def in_place(remark: Remark, kind: Kind, cell: Cell, label: str) -> Problem:
    return Problem(
        remark.rule,
        remark.severity,
        remark.found,
        kind.expected,
        remark.fix,
        cell,
        label,
        suggestion=remark.suggestion,
    )


def records(layout: Layout) -> list[Record]:
    """Every row of the table with something in it."""
    table, found = layout.table, []
    inputs = [(column, table.columns[column.header]) for column in table.inputs]
    totals = [column for column in table.sheet.columns if column.shows == "total" and column.header in table.columns]
    for row in layout.body:
        record, cells = Record(row), table.rows[row]
        for column, number in inputs:
            if (row, number) not in layout.covered:
                record.take(column, table.cell(row, column), cells.get(number, NOTHING))
        for column in totals:
            record.note_total(table.cell(row, column), table.raw(row, column))
        found.append(record)
    return found
