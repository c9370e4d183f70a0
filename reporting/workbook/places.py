"""Cells of a sheet in few words: “12 cells: Responses!F5 to J9 and H20”."""

from collections.abc import Iterable

from reporting.workbook.cells import Cell

_MOST = 4  # areas that are named before “and 7 more”

Area = tuple[Cell, Cell]  # first and last cell of a rectangle


def areas(cells: Iterable[Cell]) -> list[Area]:
    """The rectangles that the cells of one sheet fill, row by row from the top."""
    found: list[Area] = []
    for run in _runs(sorted(set(cells), key=lambda cell: (cell.row, number_of(cell.column)))):
        above = next((n for n, area in enumerate(found) if _continues(area, run)), None)
        if above is None:
            found.append(run)
        else:
            found[above] = (found[above][0], run[1])
    return found


def _runs(cells: list[Cell]) -> Iterable[Area]:
    """Neighbors in a row as one."""
    runs: list[Area] = []
    for cell in cells:
        last = runs[-1][1] if runs else None
        if last and last.row == cell.row and number_of(last.column) + 1 == number_of(cell.column):
            runs[-1] = (runs[-1][0], cell)
        else:
            runs.append((cell, cell))
    return runs


def _continues(area: Area, run: Area) -> bool:
    """Whether the run stands right under the area, and is as wide."""
    return area[1].row + 1 == run[0].row and (area[0].column, area[1].column) == (run[0].column, run[1].column)


def in_words(cells: Iterable[Cell]) -> str:
    """Of one sheet or several, in the order given: “Touchpoints!F5”, “12 cells: Responses!F5 to J9 and H20”."""
    listed = list(dict.fromkeys(cells))
    if len(listed) < 2:
        return "".join(str(cell) for cell in listed)
    by_sheet: dict[str, list[Cell]] = {}
    for cell in listed:
        by_sheet.setdefault(cell.sheet, []).append(cell)
    where = "; ".join(f"{sheet}!{_listed([_area(a) for a in areas(each)])}" for sheet, each in by_sheet.items())
    return f"{len(listed)} cells: {where}"


def _area(area: Area) -> str:
    first, last = area
    return first.address if first == last else f"{first.address} to {last.address}"


def _listed(parts: list[str]) -> str:
    *most, last = parts if len(parts) <= _MOST else [*parts[: _MOST - 1], f"{len(parts) - _MOST + 1} more places"]
    return f"{', '.join(most)} and {last}" if most else last


def number_of(letters: str) -> int:
    """27 for “AA”; 0 for the column of a CSV file, which has no letter."""
    number = 0
    for letter in letters if letters.isupper() and letters.isascii() else "":
        number = number * 26 + ord(letter) - 64
    return number
