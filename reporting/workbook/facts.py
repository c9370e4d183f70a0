"""What one pass over a worksheet notes: its cells as they are stored, and what else a reader of it has to know."""

from dataclasses import dataclass, field
from typing import NamedTuple

from reporting.workbook.cells import Cell

UNREADABLE = "?"  # the type of a cell that is stored as a number and holds none


class Stored(NamedTuple):
    """A cell as the file stores it. `type`: Excel's letter or word for it, or UNREADABLE. `text`: None where there is
    no value; of a formula, its stored result; of a shared text, its number. `style`: the number of its format."""

    type: str
    text: str | None
    style: str
    is_formula: bool


@dataclass
class Facts:
    """Places are (row, column), from 1.

    `cells`: row -> column -> cell, of sheets that are read; only cells with a value or a formula. `hidden_rows`: those
    with a value in them. `merged`: first row, first column, last row, last column of each range. `linked`: formulas
    that look into another workbook.
    """

    cells: dict[int, dict[int, Stored]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_filtered: bool = False
    linked: list[Cell] = field(default_factory=list)
