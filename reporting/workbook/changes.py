"""What changed in the form between two workbooks, cell by cell.

Told is what is read and means something else now: columns are matched by their headings and rows by `matching`, so
that reordering tells nothing; “1,234” and 1234, or “yes” and “Yes”, mean the same. What is computed or only shown
(totals, means, last quarter), formats, formulas behind a value, and other sheets and columns are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from reporting.workbook import spec
from reporting.workbook.cells import Cell
from reporting.workbook.excerpts import Part, parts
from reporting.workbook.filled import Filled, Sheets, texts_of
from reporting.workbook.headings import Table
from reporting.workbook.matching import Pair, Row, pairs
from reporting.workbook.numbers import Count
from reporting.workbook.readings import Raw
from reporting.workbook.sheetview import Typed
from reporting.workbook.spec import Column, Sheet
from reporting.workbook.texts import key


@dataclass(frozen=True)
class Change:
    """One cell that says something else. `row` and `column` in words; on Cover the line is the column.

    `cell` and `cell_before` differ when the row or column moved; None on the side where there is no such column.
    """

    row: str
    column: str
    before: str
    after: str
    cell: Cell | None
    cell_before: Cell | None

    @property
    def parts(self) -> tuple[Part, Part]:
        """Before and after, cut down to where they differ."""
        return parts(self.before, self.after)

    @property
    def where(self) -> str:
        """“F5”; “G6, before F5” where it moved; on the sheet of which it is told."""
        now, was = (cell.address if cell else "" for cell in (self.cell, self.cell_before))
        return ", ".join([now] * bool(now) + [f"before {was}"] * bool(was and was != now))


@dataclass(frozen=True)
class WholeRow:
    """A row that came or went, with everything in it: heading -> text."""

    row: str
    cell: Cell
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SheetChanges:
    """`remark`: why the sheet could not be compared; then there is nothing else. `left_out`: changes not listed."""

    name: str
    cells: tuple[Change, ...] = ()
    added: tuple[WholeRow, ...] = ()
    removed: tuple[WholeRow, ...] = ()
    remark: str = ""
    left_out: int = 0

    @property
    def count(self) -> int:
        return len(self.cells) + len(self.added) + len(self.removed) + self.left_out

    def first(self, most: int) -> "SheetChanges":
        """At most so many of each kind."""
        less = replace(self, cells=self.cells[:most], added=self.added[:most], removed=self.removed[:most])
        return replace(less, left_out=self.count - less.count)


def changes(before: Sheets, after: Sheets) -> list[SheetChanges]:
    """Of every sheet of the form with a change or a remark, in the order of the workbook."""
    found = [_cover(before.get(spec.COVER.name), after.get(spec.COVER.name))]
    touchpoints: list[Pair] = []
    olds, news = (Filled(sheets) for sheets in (before, after))
    for sheet in spec.TABLES:
        old, new = olds.tables[sheet.name], news.tables[sheet.name]
        if missing := _missing(sheet, old, new):
            found.append(SheetChanges(sheet.name, remark=missing))
            continue
        matched = pairs(sheet, olds.rows(sheet, touchpoints, 0), news.rows(sheet, touchpoints, 1))
        touchpoints = matched if sheet is spec.TOUCHPOINTS else touchpoints
        found.append(_table_changes(sheet, (olds, news), matched))
    return [each for each in found if each.count or each.remark]


def _missing(sheet: Sheet, before: Table, after: Table) -> str:
    without = [name for name, table in (("earlier", before), ("later", after)) if not table.header_row]
    if not without:
        return ""
    files = "both files" if len(without) == 2 else f"the {without[0]} file"
    return f"The sheet {sheet.name}, or the row of its headings, is missing in {files}, so it was not compared."


def _table_changes(sheet: Sheet, forms: tuple[Filled, Filled], matched: list[Pair]) -> SheetChanges:
    old, new = (form.tables[sheet.name] for form in forms)
    cells = [*_headings(old, new)]
    for pair in matched:
        cells += _row_changes(sheet, old, new, pair, forms[1].label(sheet, pair[1]))
    whole = [
        tuple(
            _whole(sheet, form, number)
            for number in form.tables[sheet.name].body()
            if number not in {pair[side].number for pair in matched}
        )
        for side, form in enumerate(forms)
    ]
    return SheetChanges(sheet.name, tuple(cells), added=whole[1], removed=whole[0])


def _headings(old: Table, new: Table) -> Iterator[Change]:
    """A column that came or went is told once, not for each of its cells."""
    for column in new.sheet.columns:
        if column.fills and (column.header in old.columns) != (column.header in new.columns):
            was, now = (t.cell(t.header_row, column) if column.header in t.columns else None for t in (old, new))
            yield Change("Headings", column.header, column.header * bool(was), column.header * bool(now), now, was)


def _row_changes(sheet: Sheet, old: Table, new: Table, pair: Pair, label: str) -> Iterator[Change]:
    was, now = pair
    for column in sheet.columns:
        if not column.fills or column.header not in old.columns or column.header not in new.columns:
            continue
        if column.fills == "survey" and was.touchpoint and was.touchpoint == now.touchpoint:
            continue  # a survey's new number is told on Touchpoints
        texts = was.texts.get(column.fills, ""), now.texts.get(column.fills, "")
        if not _mean_the_same(column, *texts):
            before, after = (_shown(column, text) for text in texts)
            cells = new.cell(now.number, column), old.cell(was.number, column)
            yield Change(label, column.header, before, after, *cells)


def _mean_the_same(column: Column, before: str, after: str) -> bool:
    if before == after:
        return True
    was, now = (column.kind.read(Raw(text)) for text in (before, after))
    return not was.failed and not now.failed and was.value == now.value


def _shown(column: Column, text: str) -> str:
    """People in groups of digits, as the sheet shows them."""
    is_count = isinstance(column.kind, Count) and column.kind.number_format == "#,##0"
    return f"{int(text):,}" if is_count and re.fullmatch(r"[0-9]{4,15}", text) else text


def _whole(sheet: Sheet, form: Filled, number: int) -> WholeRow:
    table = form.tables[sheet.name]
    row = Row(number, dict(texts_of(table, number)))
    values = tuple((c.header, _shown(c, row.texts[c.fills])) for c in sheet.columns if c.fills in row.texts)
    return WholeRow(form.label(sheet, row), table.cell(number, table.inputs[0]), values)


def _cover(before: Typed | None, after: Typed | None) -> SheetChanges:
    """No table: the value stands right of its label."""
    name = spec.COVER.name
    if not before or not after or not before.rows or not after.rows:
        return SheetChanges(name, remark=f"The sheet {name} is missing in one of the files, so it was not compared.")
    lines = [(column, _line(before, column), _line(after, column)) for column in spec.COVER.columns if column.fills]
    cells = [
        Change("", column.header, was[1], now[1], now[0], was[0])
        for column, was, now in lines
        if not _mean_the_same(column, was[1], now[1])
    ]
    return SheetChanges(name, tuple(cells))


def _line(typed: Typed, column: Column) -> tuple[Cell | None, str]:
    for row, texts in typed.rows.items():
        for number, text in texts.items():
            if key(text) == key(column.header):
                cell = Cell(spec.COVER.name, row, get_column_letter(number + 1))
                return cell, texts.get(number + 1, "")
    return None, ""
