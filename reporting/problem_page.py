"""What the page of an upload's problems shows: the summary, the sheets with the problems in their cells, the list."""

from dataclasses import dataclass
from typing import Any

from reporting import corrections
from reporting.models import Upload
from reporting.workbook import places, sheetview
from reporting.workbook.boxes import boxes_of
from reporting.workbook.cells import ERROR, SEVERITIES, Cell, Problem
from reporting.workbook.sheetview import SheetView

IN_SUMMARY = 10  # problems told at the top before the rest folds


@dataclass(frozen=True)
class Entry:
    """A problem in a list. `anchor`: the first of its cells that the page shows, "" when it shows none."""

    problem: Problem
    where: str
    anchor: str


def context(upload: Upload, *, sheets: list[SheetView] | None = None, refusal: str = "") -> dict[str, Any]:
    """`sheets`: with what she typed; `refusal`: why nothing was corrected."""
    problems = upload.problems
    sheets = corrections.sheets(upload, {}) if sheets is None else sheets
    boxes = list(boxes_of(sheets))
    too_late = "" if refusal or not boxes else corrections.why_not(upload)
    if too_late:
        sheets, boxes = sheetview.views(upload.grid, problems), []
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
        "has_boxes": bool(boxes),
        "elsewhere": len(blocking) - _correctable(blocking, {box.cell for box in boxes}),
        "offers": sum(1 for box in boxes if box.offers and not box.is_changed),
        "typed": any(box.is_changed for box in boxes),
        "too_late": too_late,
        "refusal": refusal,
    }


def _correctable(entries: list[Entry], cells: set[Cell]) -> int:
    """How many can be put right on the page: every one of their cells has a box."""
    return sum(bool(each.problem.cells) and cells.issuperset(each.problem.cells) for each in entries)


def _anchors(sheets: list[SheetView]) -> set[str]:
    rows = [row for sheet in sheets for row in (*sheet.rows, *([sheet.headings] if sheet.headings else []))]
    return {cell.anchor for row in rows for cell in row.cells if cell.marks}


def _first_shown(problem: Problem, shown: set[str]) -> str:
    return next((name for cell in problem.cells if (name := cell.anchor) in shown), "")
