"""A cell that can be corrected on the page itself."""

from dataclasses import dataclass

from reporting.workbook import spec
from reporting.workbook.cells import Cell
from reporting.workbook.numbers import Count, Number

_LONG = 40  # characters from which on a box has several lines


@dataclass(frozen=True)
class Box:
    """A cell to be typed in. `old`: what the file holds; `text`: what stands in the box now.

    `not_as_shown`: why the same text would be a correction too; then the box begins empty. `offers`: values that are
    suggested. `choices`: value and words of each entry; empty where anything may be typed.
    """

    cell: Cell
    column: spec.Column
    old: str
    text: str
    not_as_shown: str = ""
    offers: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.cell.anchor

    @property
    def label(self) -> str:
        return f"{self.column.header}, {self.cell}"

    @property
    def is_changed(self) -> bool:
        return self.text.strip() != ("" if self.not_as_shown else self.old).strip()

    @property
    def stood(self) -> str:
        """What the file holds, in words where its text does not tell all."""
        return f"{self.old} ({self.not_as_shown})" if self.not_as_shown else self.old

    @property
    def is_number(self) -> bool:
        return isinstance(self.column.kind, Count | Number)

    @property
    def is_long(self) -> bool:
        return "\n" in self.old + self.text or (not self.is_number and max(len(self.old), len(self.text)) > _LONG)
