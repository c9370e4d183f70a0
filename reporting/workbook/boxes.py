"""Which of the shown cells can be corrected on the page itself, and what is offered for each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporting.workbook import spec
from reporting.workbook.box import Box
from reporting.workbook.cells import Cell
from reporting.workbook.kinds import Choice, KnownName
from reporting.workbook.readings import Kind, Raw
from reporting.workbook.sheetview import GridCell, GridRow, Mark, SheetView
from reporting.workbook.texts import key

MOST = 400  # boxes on a page: as many counts as the rows that are kept can have, and the other sheets besides
_NOT_BY_A_VALUE = frozenset(
    {"cells_merged", "row_hidden", "rows_filtered", "sheet_hidden", "total_row", "note_row"}
    | {"header_missing", "row_above_headings", "second_table", "table_transposed"}
)  # what is wrong with the place, not with what stands there

_OR_CLEAR_THE_ROW = "required"  # what the finding offers as the other way out
_ONE_ANSWER = frozenset({*spec.COUNTS, "asked"})  # a value in one of them is often put right in another
_NOT_AS_SHOWN = {"date_format": "formatted as a date", "formula_not_calculated": "the result of a formula"}

Lists = Mapping[str, Sequence[str]]  # name of a list of the template -> its entries, where the spec does not have them


def with_boxes(sheets: Iterable[SheetView], lists: Lists, typed: Mapping[str, str]) -> list[SheetView]:
    """The sheets with a box in each cell that a value can correct. `typed`: name of a box -> what she wrote there."""
    made, room = [], MOST
    for sheet in sheets:
        boxed = _boxed(sheet, lists, typed, room)
        made.append(boxed)
        room -= sum(1 for _ in boxes_of([boxed]))
    return made


def boxes_of(sheets: Iterable[SheetView]) -> Iterator[Box]:
    return (cell.box for sheet in sheets for row in sheet.rows for cell in row.cells if cell.box is not None)


def _boxed(sheet: SheetView, lists: Lists, typed: Mapping[str, str], room: int) -> SheetView:
    rows: list[GridRow] = []
    by_letter = _columns(sheet)
    for row in sheet.rows:
        columns = by_letter if sheet.headings else _of_cover(row)
        cells = [cell for cell in row.cells if cell.cell.column in columns and not cell.is_cut]
        wanted = {cell.cell for cell in cells if any(mark.problem.rule not in _NOT_BY_A_VALUE for mark in cell.marks)}
        fills = {letter: column.fills for letter, column in columns.items()}
        if any(fills[cell.column] in _ONE_ANSWER for cell in wanted):
            wanted |= {cell.cell for cell in cells if fills[cell.cell.column] in spec.COUNTS}
        if any(mark.problem.rule == _OR_CLEAR_THE_ROW for cell in cells for mark in cell.marks):
            wanted |= {cell.cell for cell in cells if cell.text and fills[cell.cell.column] not in _given(sheet)}
        room -= len(wanted)
        if room < 0 or (sheet.headings and row.number <= sheet.headings.number):
            wanted = set()
        rows.append(replace(row, cells=tuple(
            replace(cell, box=_box(cell, columns, lists, typed)) if cell.cell in wanted else cell for cell in row.cells
        )))  # fmt: skip
    return replace(sheet, rows=tuple(rows))


def _given(sheet: SheetView) -> tuple[str, ...]:
    return next((table.given for table in spec.TABLES if table.name == sheet.name), ())


def _columns(sheet: SheetView) -> dict[str, spec.Column]:
    """Letter -> the column that is read there. Of two with the same heading the first is."""
    table = next((table for table in spec.TABLES if table.name == sheet.name), None)
    if table is None or sheet.headings is None:
        return {}
    letters = {key(cell.text): cell.cell.column for cell in reversed(sheet.headings.cells)}
    return {letters[key(c.header)]: c for c in table.columns if c.fills and key(c.header) in letters}


def _of_cover(row: GridRow) -> dict[str, spec.Column]:
    """On Cover the label stands left of the value."""
    if row.cells and row.cells[0].cell.sheet != spec.COVER.name:
        return {}
    known = {key(column.header): column for column in spec.COVER.columns if column.fills}
    pairs = zip(row.cells, row.cells[1:], strict=False)
    return {right.cell.column: known[key(left.text)] for left, right in pairs if key(left.text) in known}


def _box(cell: GridCell, columns: Mapping[str, spec.Column], lists: Lists, typed: Mapping[str, str]) -> Box:
    column, rules = columns[cell.cell.column], [mark.problem.rule for mark in cell.marks]
    not_as_shown = next((_NOT_AS_SHOWN[rule] for rule in rules if rule in _NOT_AS_SHOWN), "") if cell.text else ""
    text = typed.get(cell.anchor, "" if not_as_shown else cell.text)
    labels = _labels(column.kind, lists)
    offers = dict.fromkeys(
        mark.problem.suggestion
        for mark in cell.marks
        if _is_meant_for(mark, cell.cell, columns) and _fits(mark.problem.suggestion, column.kind, labels)
    )
    choices = tuple(_choices(column, labels, cell.text, text)) if labels and not not_as_shown else ()
    return Box(
        cell.cell,
        column,
        cell.text,
        text,
        not_as_shown,
        tuple(each for each in offers if each != cell.text or not_as_shown),
        choices,
    )


def _is_meant_for(mark: Mark, cell: Cell, columns: Mapping[str, spec.Column]) -> bool:
    """What is suggested goes into the problem's first cell, and into others of the same kind."""
    if mark.first is None:
        return True
    first = columns.get(mark.first.column) if mark.first.sheet == cell.sheet else None
    return first is not None and first.kind == columns[cell.column].kind


def _fits(suggestion: str, kind: Kind, labels: Sequence[str]) -> bool:
    return bool(suggestion) and (suggestion in labels if labels else not kind.read(Raw(suggestion)).failed)


def _labels(kind: Kind, lists: Lists) -> Sequence[str]:
    if isinstance(kind, Choice):
        return kind.labels
    return lists.get(kind.list_name, ()) if isinstance(kind, KnownName) else ()


def _choices(column: spec.Column, labels: Sequence[str], old: str, text: str) -> Iterator[tuple[str, str]]:
    """The entry that the file means keeps the file's own writing, so that leaving it alone changes nothing."""
    meant = _meant(column.kind, labels, old)
    if not old or not column.required:
        yield "", "(no value)"
    if old and not meant:
        yield old, f"{old} (in your file)"
    for label in labels:
        yield (old if label == meant else label), label
    if text not in ("", old, *labels):
        yield text, text


def _meant(kind: Kind, labels: Sequence[str], old: str) -> str:
    reading = kind.read(Raw(old)) if isinstance(kind, Choice) and old else None
    if isinstance(kind, Choice) and reading is not None:
        return "" if reading.failed else kind.label_of(reading.value)
    return next((label for label in labels if key(label) == key(old)), "")
