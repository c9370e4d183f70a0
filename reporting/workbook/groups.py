"""Equal problems told once, with all their cells."""

from collections.abc import Iterable
from dataclasses import replace

from reporting.workbook.cells import EXPLAIN, Problem

_SHOWN = 2  # sentences of a group that differ from cell to cell; all are kept with their cells


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one sheet that are wanted and fixed alike as one, at the first cell with the others beside.

    What must be explained stays apart: each gets its own sentence from the reporter.
    """
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        groups.setdefault(_sameness(problem) or number, []).append(problem)
    return [_as_one(alike) for alike in groups.values()]


def _sameness(problem: Problem) -> tuple[str, ...] | None:
    if problem.severity == EXPLAIN:
        return None
    told = (problem.rule, problem.severity, problem.expected, problem.fix, problem.suggestion)
    return (*told, problem.cell.sheet) if problem.cell else (*told, problem.found)


def _as_one(alike: list[Problem]) -> Problem:
    first = alike[0]
    cells = tuple(dict.fromkeys(cell for problem in alike for cell in problem.cells))
    if len(alike) == 1 or not cells:
        return first
    founds = list(dict.fromkeys(problem.found for problem in alike))
    each = [(problem.cell, problem.found) for problem in alike if problem.cell] if len(founds) > 1 else []
    return replace(
        first,
        found=_in_one(founds),
        label=_common([problem.label for problem in alike]),
        related=tuple(cell for cell in cells if cell != first.cell),
        each=tuple(dict(each).items()),
    )


def _in_one(founds: list[str]) -> str:
    more = len(founds) - _SHOWN
    shown = " ".join(founds if more <= 1 else founds[:_SHOWN])
    return shown if more <= 1 else f"{shown} And {more} more like these."


def _common(labels: list[str]) -> str:
    """What all are about: the same label, or the words behind “Trust (Outpatient): ”; else nothing."""
    for said in (labels, [label.rpartition(": ")[2] for label in labels]):
        if len(set(said)) == 1:
            return said[0]
    return ""
