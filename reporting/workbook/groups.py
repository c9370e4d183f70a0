"""Equal problems told once, with all their cells."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from reporting.workbook.cells import EXPLAIN, Problem

_NAMED = 6  # surveys of a group that is explained at once
_SHOWN = 2  # sentences of a group that differ from cell to cell; all are kept with their cells


def grouped(problems: Iterable[Problem], apart: Collection[str] = ()) -> list[Problem]:
    """Problems of one sheet that are wanted and fixed alike as one, at the first cell with the others beside.

    What must be explained is put together only where the very same was found, so that one sentence answers for all;
    never those of the rules `apart`, whose sentence is read beside each survey.
    """
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        groups.setdefault(_sameness(problem, apart) or number, []).append(problem)
    return [_as_one(alike) for alike in groups.values()]


def _sameness(problem: Problem, apart: Collection[str]) -> tuple[str, ...] | None:
    if problem.severity == EXPLAIN:
        if problem.rule in apart or problem.cell is None:
            return None
        return (problem.rule, problem.severity, problem.found, problem.fix, problem.suggestion, problem.cell.sheet)
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
        label=_common([problem.label for problem in alike]) or _named(alike),
        related=tuple(cell for cell in cells if cell != first.cell),
        each=tuple(dict(each).items()),
    )


def _in_one(founds: list[str]) -> str:
    more = len(founds) - _SHOWN
    shown = " ".join(founds if more <= 1 else founds[:_SHOWN])
    return shown if more <= 1 else f"{shown} And {more} more like these."


def _named(alike: list[Problem]) -> str:
    """Who explains for several surveys, or reads it, sees which they are."""
    labels = list(dict.fromkeys(problem.label for problem in alike if problem.label))
    if alike[0].severity != EXPLAIN or not labels:
        return ""
    more = len(labels) - _NAMED
    return "; ".join(labels[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _common(labels: list[str]) -> str:
    """What all are about: the same label, or the words behind “Trust (Outpatient): ”; else nothing."""
    for said in (labels, [label.rpartition(": ")[2] for label in labels]):
        if len(set(said)) == 1:
            return said[0]
    return ""
