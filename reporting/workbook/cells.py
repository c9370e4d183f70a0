"""Places in a sheet and what is wrong there, in words."""

import re
from dataclasses import dataclass
from typing import Any

from reporting.workbook.texts import key

ERROR, EXPLAIN, NOTE = "error", "explain", "note"
SEVERITIES = {
    ERROR: "Must be fixed",
    EXPLAIN: "Needs an explanation",
    NOTE: "For your information",
}


@dataclass(frozen=True, order=True)
class Cell:
    """One cell. `column` is Excel's letter, or the column's name in a CSV file; `row` counts from 1."""

    sheet: str
    row: int
    column: str

    @property
    def address(self) -> str:
        """`H14`; in a CSV file `line 14, q1_1`, or `line 14` for the whole line."""
        if self.column.isupper():
            return f"{self.column}{self.row}"
        return f"line {self.row}, {self.column}" if self.column else f"line {self.row}"

    @property
    def anchor(self) -> str:
        """Its name in addresses and forms: `responses-f5`."""
        return f"{key(self.sheet)}-{self.address.lower()}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}" if self.column.isupper() else f"{self.sheet} {self.address}".strip()

    @classmethod
    def parse(cls, text: str) -> "Cell | None":
        """Reads `Responses!H14`; None for anything else."""
        match = re.fullmatch(r"(.+)!([A-Z]{1,3})([1-9]\d{0,6})", text, re.DOTALL | re.ASCII)
        return cls(match[1], int(match[3]), match[2]) if match else None


@dataclass(frozen=True)
class Problem:
    """Something a person must fix, explain or know: where, what was found, what is wanted, how to fix it.

    `rule` is a stable short name. `cell` is None when the whole file is meant. All texts are plain sentences.
    `suggestion` is the exact value to write into `cell` (and into each of `related` where problems were grouped), ""
    when only a person can know it. `each`: what was found in single cells, when that differs within a group.
    """

    rule: str
    severity: str
    found: str
    expected: str
    fix: str
    cell: Cell | None = None
    label: str = ""  # what the cell holds, in words: "Trust, answers of 5 (Outpatient Services)"
    related: tuple[Cell, ...] = ()
    suggestion: str = ""
    each: tuple[tuple[Cell, str], ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.cell, *self.related) if self.cell else self.related

    def found_in(self, cell: Cell) -> str:
        return dict(self.each).get(cell, self.found)

    @property
    def message(self) -> str:
        return f"{self.found} {self.fix}".strip()

    @property
    def blocks(self) -> bool:
        return self.severity == ERROR

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `check_workbook`, of the stored report and of findings."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "sheet": self.cell.sheet if self.cell else "",
            "cell": self.cell.address if self.cell else "",
            "label": self.label,
            "found": self.found,
            "expected": self.expected,
            "fix": self.fix,
            "message": self.message,
            "related": [str(cell) for cell in self.related],
            "suggestion": self.suggestion,
            "each": {str(cell): found for cell, found in self.each},
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Problem":
        """What `as_dict` made; older reports may lack some of it."""
        related = (Cell.parse(text) for text in stored.get("related", ()))
        each = ((Cell.parse(text), found) for text, found in stored.get("each", {}).items())
        return cls(
            rule=stored.get("rule", ""),
            severity=stored.get("severity", ""),
            found=stored.get("found", ""),
            expected=stored.get("expected", ""),
            fix=stored.get("fix", ""),
            cell=Cell.parse(f"{stored.get('sheet', '')}!{stored.get('cell', '')}"),
            label=stored.get("label", ""),
            related=tuple(cell for cell in related if cell),
            suggestion=stored.get("suggestion", ""),
            each=tuple((cell, found) for cell, found in each if cell),
        )


def summary(problems: list[Problem]) -> dict[str, int]:
    """How many problems of each severity."""
    return {severity: sum(p.severity == severity for p in problems) for severity in SEVERITIES}
