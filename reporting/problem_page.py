"""What the page of an upload's problems shows: the summary, the sheets with the problems in their cells, the list."""

from dataclasses import dataclass
from typing import Any

from reporting.models import Upload
from reporting.workbook import places, sheetview
from reporting.workbook.cells import ERROR, SEVERITIES, Problem
from reporting.workbook.sheetview import SheetView

IN_SUMMARY = 10  # problems told at the top before the rest folds


@dataclass(frozen=True)
class Entry:
    """A problem in a list. `anchor`: the first of its cells that the page shows, "" when it shows none."""

    problem: Problem
    where: str
    anchor: str


def context(upload: Upload) -> dict[str, Any]:
    problems = upload.problems
    sheets = sheetview.views(upload.grid, problems)
    shown = _anchors(sheets)
    entries = [Entry(problem, places.in_words(problem.cells), _first_shown(problem, shown)) for problem in problems]
    blocking = [entry for entry in entries if entry.problem.blocks]
    groups = [(title, s, [e for e in entries if e.problem.severity == s]) for s, title in SEVERITIES.items()]
    return {
        "upload": upload,
        "hisp": upload.hisp,
        "quarter": upload.quarter,
        "sheets": sheets,
        "groups": [group for group in groups if group[2]],
        "blocking": len(blocking),
        "first": blocking[:IN_SUMMARY],
        "more": blocking[IN_SUMMARY:],
        "error": ERROR,
    }


def _anchors(sheets: list[SheetView]) -> set[str]:
    rows = [row for sheet in sheets for row in (*sheet.rows, *([sheet.headings] if sheet.headings else []))]
    return {cell.anchor for row in rows for cell in row.cells if cell.marks}


def _first_shown(problem: Problem, shown: set[str]) -> str:
    return next((name for cell in problem.cells if (name := sheetview.anchor(cell)) in shown), "")
