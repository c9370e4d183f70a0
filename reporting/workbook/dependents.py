"""Which formulas may give another result once some cells have changed.

Never too few: what cannot be told from a formula's text, such as a defined name or INDIRECT, counts as depending on
everything.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reporting.workbook.scan import column_number

MOST_FORMULAS, DEEPEST = 5_000, 30  # beyond that all count as depending; a template has 700, three deep

At = tuple[str, int, int]  # title of the sheet, folded; row; column

_TEXT = re.compile(r'"[^"]*"')
_CORNER = r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})"
_REFERENCE = re.compile(
    rf"(?<![\w.$!:'])(?:('(?:[^']|'')+'|[^\W\d][\w.]*)!)?{_CORNER}(?::{_CORNER})?(?![\w.(!:])", re.IGNORECASE
)
_WORD = re.compile(r"(?<![\w.])[^\W\d][\w.\\]*\(?|[$#'\[\]!:\\]")
_PLAIN = frozenset({"TRUE", "FALSE"})
_LOOKS_ELSEWHERE = frozenset({"INDIRECT(", "OFFSET("})


@dataclass(frozen=True)
class Formula:
    """`text` as the file has it, without the equals sign. `rows`, `columns`: how far it was copied from there."""

    text: str
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Area:
    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def dependents(formulas: Mapping[At, Formula], changed: Iterable[At]) -> set[At]:
    """The places of the formulas that use a changed cell, directly or through others."""
    if len(formulas) > MOST_FORMULAS:
        return set(formulas)
    used = {at: areas(formula, at[0]) for at, formula in formulas.items()}
    found = {at for at, each in used.items() if each is None}
    new = {*changed, *found}
    for _ in range(DEEPEST):
        columns = _by_column(new)
        new = {at for at, each in used.items() if at not in found and _touches(each or (), columns)}
        if not new:
            return found
        found |= new
    return set(formulas)


def areas(formula: Formula, sheet: str) -> list[Area] | None:
    """What a formula on `sheet` uses; None when its text does not tell."""
    text = _TEXT.sub(" ", formula.text)
    rest = _WORD.findall(_REFERENCE.sub(" ", text))
    if any(word.upper() in _LOOKS_ELSEWHERE or not (word.endswith("(") or word.upper() in _PLAIN) for word in rest):
        return None
    return [_area(match, formula, sheet) for match in _REFERENCE.finditer(text)] if text.strip() else None


def _area(match: re.Match[str], formula: Formula, sheet: str) -> Area:
    named = match[1].strip("'").replace("''", "'").casefold() if match[1] else sheet
    corners = [_corner(match.groups()[n : n + 4], formula) for n in (1, 5) if match.groups()[n + 1]]
    rows, columns = zip(*corners, strict=True)
    return Area(named, min(rows), min(columns), max(rows), max(columns))


def _corner(parts: tuple[str, ...], formula: Formula) -> tuple[int, int]:
    """Row and column. What has no dollar sign moves with the formula."""
    column_is_fixed, letters, row_is_fixed, number = parts
    row = int(number) + (0 if row_is_fixed else formula.rows)
    return row, column_number(letters.upper()) + (0 if column_is_fixed else formula.columns)


Columns = Mapping[str, Mapping[int, list[int]]]  # sheet -> column -> rows, sorted


def _by_column(cells: Iterable[At]) -> Columns:
    found: dict[str, dict[int, list[int]]] = {}
    for sheet, row, column in sorted(cells):
        found.setdefault(sheet, {}).setdefault(column, []).append(row)
    return found


def _touches(used: Iterable[Area], columns: Columns) -> bool:
    return any(_holds(area, rows) for area in used for rows in _beside(area, columns))


def _beside(area: Area, columns: Columns) -> Iterator[list[int]]:
    return (rows for column, rows in columns.get(area.sheet, {}).items() if area.left <= column <= area.right)


def _holds(area: Area, rows: list[int]) -> bool:
    place = bisect_left(rows, area.top)
    return place < len(rows) and rows[place] <= area.bottom
