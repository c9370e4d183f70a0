"""What stands in a table but is no row of it, and what cannot be seen: totals, notes, merged and hidden cells.

Each is told as what it is; the rows and cells concerned are then left out, so that nothing follows from them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from reporting.workbook.cells import ERROR, Cell, Problem
from reporting.workbook.facts import Facts
from reporting.workbook.headings import Table
from reporting.workbook.spec import SURVEY_NUMBER
from reporting.workbook.texts import key

_TOTAL = re.compile(r"(grand |sub-?\s?|overall )?(totals?|sums?)\b", re.IGNORECASE)
_TOTAL_KEYS = frozenset({"total", "totals", "grandtotal", "subtotal", "sum", "overalltotal", "alltotal", "sumtotal"})
_NOTE = re.compile(r"(notes?|source|footnotes?|remarks?|caveats?)\b\s*[:.\d]|[*†‡]", re.IGNORECASE)


@dataclass
class Layout:
    """What is wrong with the layout of a table, and the rows and cells that are therefore not read."""

    table: Table
    facts: Facts
    problems: list[Problem] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)
    covered: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._find_strangers()
        self.body = [row for row in self.table.body() if row not in self.skipped]
        self.problems += [*self._merged(), *self._hidden_rows(), *self._hidden_columns()]

    def _find_strangers(self) -> None:
        """Rows of totals and of notes."""
        for row in self.table.rows_below():
            texts = self._texts(row)
            problem = self._total(row, texts) or self._note(row, texts)
            if problem is not None:
                self.skipped.add(row)
                self.problems.append(problem)

    def _texts(self, row: int) -> dict[str, str]:
        """Field -> what was typed, for the cells of a row that are not blank."""
        fields, cells = self.table.fields, self.table.rows[row]
        return {fields[n]: raw.text for n, raw in cells.items() if n in fields and raw.text and not raw.is_formula}

    @property
    def _is_numbered(self) -> bool:
        return self.table.sheet.columns[0].kind == SURVEY_NUMBER

    def _at(self, row: int, name: str) -> Cell:
        return self.table.cell(row, next(c for c in self.table.inputs if c.fills == name))

    def _total(self, row: int, texts: dict[str, str]) -> Problem | None:
        names = ("survey", "service", "service_provided", "domain", "name")
        has_number = not self._is_numbered or texts.get("survey", "")[:1].isdigit()
        is_total = (lambda text: key(text) in _TOTAL_KEYS) if has_number else _TOTAL.match
        name = next((name for name in names if name in texts and is_total(texts[name])), "")
        if not name:
            return None
        return Problem(
            "total_row",
            ERROR,
            f"Row {row} looks like a total (“{texts[name][:60]}”).",
            "Rows of single surveys and figures; totals are computed here.",
            "Clear the row.",
            cell=self._at(row, name),
        )

    def _note(self, row: int, texts: dict[str, str]) -> Problem | None:
        own = [name for name in texts if name not in self.table.sheet.given]
        if "survey" in texts and not texts["survey"][:1].isdigit():
            own.append("survey")
        if len(own) != 1 or not self._is_note(own[0], texts):
            return None
        return Problem(
            "note_row",
            ERROR,
            f"Row {row} is no row of the table: “{texts[own[0]][:60]}”.",
            "Nothing but rows of the table under the headings.",
            "Move the text to Notes, Footnote or Comment for OMB, and clear the row.",
            cell=self._at(row, own[0]),
        )

    def _is_note(self, name: str, texts: dict[str, str]) -> bool:
        """Where the row has its number, only a sentence in place of a service is one."""
        text = texts[name]
        if not self._is_numbered:
            return name == "name" and _NOTE.match(text) is not None
        if name == "survey":
            return len(text.split()) > 1 and re.search(r"[^\W\d]{2}", text) is not None
        is_sentence = _NOTE.match(text) is not None or (len(text.split()) > 3 and text.endswith((".", "!", ")")))
        return is_sentence and name == "service" if "survey" in texts else len(text.split()) > 1

    def _merged(self) -> Iterator[Problem]:
        inputs = {self.table.columns[column.header] for column in self.table.inputs}
        for top, left, bottom, right in self.facts.merged:
            rows = [row for row in self.body if top <= row <= bottom]
            covered = [
                (row, n) for row in rows for n in sorted(inputs) if left <= n <= right and (row, n) != (top, left)
            ]
            if not covered:
                continue
            self.covered.update(covered)
            yield Problem(
                "cells_merged",
                ERROR,
                "Cells are merged here, so only the first of them holds something.",
                "Every cell by itself.",
                "Select them, choose Home › Merge & Center › Unmerge Cells, and fill in each cell.",
                cell=Cell(self.table.sheet.name, top, get_column_letter(left)),
                related=tuple(Cell(self.table.sheet.name, row, get_column_letter(n)) for row, n in covered),
            )

    def _hidden_rows(self) -> Iterator[Problem]:
        hidden = [row for row in self.body if row in self.facts.hidden_rows]
        if not hidden:
            return
        first = self.table.inputs[0]
        shown = f"Row {hidden[0]} is" if len(hidden) == 1 else f"Rows {_listed(hidden)} are"
        filtered = self.facts.is_filtered
        yield Problem(
            "rows_filtered" if filtered else "row_hidden",
            ERROR,
            f"{shown} hidden{' by a filter' * filtered}, with figures or words inside.",
            "Nothing hidden that is to be read.",
            "Choose Data › Clear to switch the filter off, check the rows, and clear what you do not want to report."
            if filtered
            else "Unhide: select the rows around, right-click, Unhide. Then check them, or clear them.",
            cell=self.table.cell(hidden[0], first),
            related=tuple(self.table.cell(row, first) for row in hidden[1:]),
        )

    def _hidden_columns(self) -> Iterator[Problem]:
        for column in self.table.telling:
            if self.table.columns[column.header] not in self.facts.hidden_columns:
                continue
            if any(not self.table.raw(row, column).is_blank for row in self.body):
                cell = self.table.cell(self.table.header_row, column)
                yield Problem(
                    "column_hidden",
                    ERROR,
                    f"Column {cell.column} ({column.header}) is hidden, with figures or words inside.",
                    "Nothing hidden that is to be read.",
                    "Unhide: select the columns around, right-click, Unhide. Then check it, or clear it.",
                    cell=cell,
                )


def _listed(rows: list[int]) -> str:
    if len(rows) > 6:
        return f"{', '.join(map(str, rows[:5]))} and {len(rows) - 5} more"
    return f"{', '.join(map(str, rows[:-1]))} and {rows[-1]}"
