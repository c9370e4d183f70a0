"""A sheet as the reporter knows it, with its problems in their cells: what the page shows and keeps with the upload.

`typed` takes down what stands in a file; `kept` picks from it the rows around the problems, small enough to be stored;
`views` puts these together with the problems for the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from reporting.workbook import amounts, spec
from reporting.workbook.box import Box
from reporting.workbook.cells import SEVERITIES, Cell, Problem
from reporting.workbook.grid import Rows
from reporting.workbook.places import number_of
from reporting.workbook.readings import Raw

SHORT = 12  # rows with something in them up to which a sheet is shown whole
MOST_ROWS, MOST_COLUMNS = 40, 30  # of a sheet
MOST_CHARACTERS, MOST_IN_ALL = 300, 200_000  # of a cell, and of all that is kept with an upload


@dataclass(frozen=True)
class Typed:
    """What stands in a sheet: row -> column -> text, both from 1. `header_row` is 0 where there are no headings."""

    header_row: int = 0
    rows: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """One problem in one cell. `first`: the problem's first cell, where this is another one."""

    problem: Problem
    found: str
    first: Cell | None = None

    @property
    def severity(self) -> str:
        return self.problem.severity

    @property
    def word(self) -> str:
        return SEVERITIES.get(self.severity, "")

    @property
    def is_repeat(self) -> bool:
        """Whether the first cell says the same already."""
        return self.first is not None and self.found == self.problem.found

    @property
    def first_anchor(self) -> str:
        return self.first.anchor if self.first else ""


@dataclass(frozen=True)
class GridCell:
    """`is_cut`: only the beginning of the text was kept. `box`: where the value can be corrected on the page.
    `heading`: what stands above the column; "" where there are no headings."""

    cell: Cell
    text: str = ""
    is_cut: bool = False
    marks: tuple[Mark, ...] = ()
    box: Box | None = None
    heading: str = ""

    @property
    def anchor(self) -> str:
        return self.cell.anchor

    @property
    def severity(self) -> str:
        """The worst; "" when nothing is wrong here."""
        return min((mark.severity for mark in self.marks), key=list(SEVERITIES).index, default="")


@dataclass(frozen=True)
class GridRow:
    """`skipped`: how many rows of the sheet are left out right above."""

    number: int
    cells: tuple[GridCell, ...]
    skipped: int = 0

    @property
    def is_marked(self) -> bool:
        return any(cell.marks for cell in self.cells)


@dataclass(frozen=True)
class SheetView:
    """One sheet. `headings` is None where it has none; `left_out`: rows with problems beyond what is kept."""

    name: str
    columns: tuple[str, ...]
    headings: GridRow | None
    rows: tuple[GridRow, ...]
    left_out: int = 0

    @property
    def marked_headings(self) -> bool:
        return self.headings is not None and self.headings.is_marked

    @property
    def problems(self) -> int:
        return len({id(mark.problem) for row in self.rows for cell in row.cells for mark in cell.marks})


def typed(rows: Rows, header_row: int = 0) -> Typed:
    return Typed(header_row, {row: {n: shown(raw) for n, raw in cells.items()} for row, cells in rows.items()})


def shown(raw: Raw) -> str:
    """As she typed it, as far as the file tells."""
    value = raw.value
    if type(value) is bool:
        return str(value).upper()
    if type(value) in (int, float):
        return amounts.percent(value) if raw.is_percent else amounts.plain(value)
    return raw.text


def kept(sheets: Mapping[str, Typed], problems: Iterable[Problem]) -> dict[str, Any]:
    """What is stored with an upload, as JSON; {} when nothing could be read."""
    marked: dict[str, set[tuple[int, int]]] = {}
    for problem in problems:
        for cell in problem.cells:
            marked.setdefault(cell.sheet, set()).add((cell.row, number_of(cell.column)))
    room, stored = MOST_IN_ALL, []
    for name, sheet in sheets.items():
        if name in marked:
            stored.append(_kept(name, sheet, marked[name], room))
            room -= sum(len(text) for row in stored[-1]["rows"] for text in row["texts"])
    return {"sheets": stored} if sheets else {}


def _kept(name: str, sheet: Typed, marked: set[tuple[int, int]], room: int) -> dict[str, Any]:
    numbers = _rows_to_show(sheet, {row for row, _ in marked})
    columns = _columns_to_show(sheet, numbers, {column for _, column in marked})
    rows = []
    for number in numbers[:MOST_ROWS]:
        cells = sheet.rows.get(number, {})
        texts = [cells.get(column, "") for column in columns]
        room -= sum(min(len(text), MOST_CHARACTERS) for text in texts)
        if room < 0:
            break
        cut = [n for n, text in enumerate(texts) if len(text) > MOST_CHARACTERS]
        rows.append({"row": number, "texts": [text[:MOST_CHARACTERS] for text in texts], "cut": cut})
    there = {row["row"] for row in rows}
    return {
        "sheet": name,
        "header_row": sheet.header_row,
        "columns": [get_column_letter(column) for column in columns],
        "rows": rows,
        "left_out": len({row for row, _ in marked} - there),
    }


def _rows_to_show(sheet: Typed, marked: set[int]) -> list[int]:
    """The headings first; then all of a short sheet, or the rows with problems and their neighbors."""
    body = {row for row, cells in sheet.rows.items() if row > sheet.header_row and any(cells.values())}
    if sheet.header_row and len(body) <= SHORT:
        wanted = body | marked
    else:
        wanted = marked | {row + step for row in marked for step in (-1, 1) if row + step in body}
    return [*([sheet.header_row] if sheet.header_row else []), *sorted(wanted - {sheet.header_row})]


def _columns_to_show(sheet: Typed, rows: list[int], marked: set[int]) -> list[int]:
    """Those with a problem, and those with something in these rows; on Cover the label left of the value."""
    if not sheet.header_row:
        return sorted({column - step for column in marked for step in (0, 1) if column > step})
    filled = {n for row in rows if row != sheet.header_row for n, text in sheet.rows.get(row, {}).items() if text}
    return sorted(sorted(filled - marked)[: max(MOST_COLUMNS - len(marked), 0)] + sorted(marked)[:MOST_COLUMNS])


def views(stored: Mapping[str, Any], problems: Iterable[Problem]) -> list[SheetView]:
    """The sheets that have problems, in the order of the workbook."""
    marks: dict[Cell, list[Mark]] = {}
    for problem in problems:
        for n, cell in enumerate(problem.cells):
            mark = Mark(problem, problem.found_in(cell), problem.cell if n else None)
            marks.setdefault(cell, []).append(mark)
    order = [sheet.name for sheet in spec.INPUT_SHEETS]
    found = [_view(each, marks) for each in stored.get("sheets", ())]
    return sorted(found, key=lambda view: order.index(view.name) if view.name in order else len(order))


def _view(stored: Mapping[str, Any], marks: Mapping[Cell, list[Mark]]) -> SheetView:
    columns, former = stored["columns"], stored["header_row"]
    rows: list[GridRow] = []
    headings = None
    above = next(
        (each["texts"] for each in stored["rows"] if each["row"] == stored["header_row"]), [""] * len(columns)
    )
    for each in stored["rows"]:
        number = each["row"]
        cells = tuple(
            GridCell(cell, text, n in each["cut"], tuple(marks.get(cell, ())), heading=above[n])
            for n, (letter, text) in enumerate(zip(columns, each["texts"], strict=True))
            for cell in [Cell(stored["sheet"], number, letter)]
        )
        if number == stored["header_row"]:
            headings = GridRow(number, cells)
            continue
        rows.append(GridRow(number, cells, number - former - 1 if former and number > former else 0))
        former = number
    return SheetView(stored["sheet"], tuple(columns), headings, tuple(rows), stored["left_out"])
