"""The tables of one filled workbook as texts: their rows, and what its surveys are called."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reporting.workbook import spec
from reporting.workbook.headings import Table
from reporting.workbook.matching import Pair, Row
from reporting.workbook.readings import Raw
from reporting.workbook.sheetview import Typed
from reporting.workbook.spec import Sheet

Sheets = Mapping[str, Typed]


class Filled:
    """`surveys`: a survey's number -> the rows of Touchpoints that have it."""

    def __init__(self, sheets: Sheets) -> None:
        self.tables = {sheet.name: _table(sheet, sheets.get(sheet.name, Typed())) for sheet in spec.TABLES}
        self.surveys: dict[str, list[Row]] = {}
        for row in self._body(spec.TOUCHPOINTS):
            self.surveys.setdefault(row.named("survey"), []).append(row)

    def rows(self, sheet: Sheet, touchpoints: list[Pair], side: int) -> list[Row]:
        """Those with something in them. `touchpoints`: rows of Touchpoints that are in both files; `side`: which of a
        pair is of this one, 0 or 1."""
        rows = self._body(sheet)
        if sheet is not spec.RESPONSES:
            return rows
        order = {pair[side].number: n for n, pair in enumerate(touchpoints)}
        return [self._with_touchpoint(row, order, side) for row in rows]

    def _with_touchpoint(self, row: Row, order: dict[int, int], side: int) -> Row:
        """A number that no row of Touchpoints has, or two have, refers to none."""
        meant = self.surveys.get(row.named("survey"), [])
        if len(meant) != 1 or not row.named("survey"):
            return row
        number = order.get(meant[0].number)
        name = f"both {number}" if number is not None else f"only {side} {meant[0].number}"
        return replace(row, touchpoint=name, is_of_one=number is None)

    def _body(self, sheet: Sheet) -> list[Row]:
        table = self.tables[sheet.name]
        return [Row(number, dict(texts_of(table, number))) for number in table.body()]

    def label(self, sheet: Sheet, row: Row) -> str:
        """“Survey 2 (Outpatient care)”, “Trust (Outpatient care)”, a metric's name."""
        if sheet not in (spec.TOUCHPOINTS, spec.RESPONSES):
            return row.texts.get("name", "")[:60] or f"Row {row.number}"
        survey = row if sheet is spec.TOUCHPOINTS else (self.surveys.get(row.named("survey")) or [Row(0)])[0]
        name = (survey.texts.get("service_provided") or survey.texts.get("service", ""))[:60]
        about = row.texts.get("domain") or f"Survey {row.texts.get('survey', '?')}"
        return f"{about} ({name})" if name else about


def _table(sheet: Sheet, typed: Typed) -> Table:
    return Table(sheet, {row: {n: Raw(text) for n, text in cells.items()} for row, cells in typed.rows.items()})


def texts_of(table: Table, row: int) -> Iterator[tuple[str, str]]:
    for column in table.inputs:
        if text := table.raw(row, column).value:
            yield column.fills, text
