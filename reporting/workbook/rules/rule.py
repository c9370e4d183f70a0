"""A rule: a check that looks across cells, rows or quarters, with the function that looks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from reporting.workbook.cells import ERROR, Cell, Problem
from reporting.workbook.check import Check
from reporting.workbook.rules.findings import Context

Look = Callable[[Any, Context], Iterator[Problem]]  # from a Survey or Contents to what is found there


@dataclass(frozen=True)
class Rule(Check):
    """Called with a survey (or the whole contents) and what else is known, it tells what it finds."""

    expected: str = ""
    do_not_call_in_templates: ClassVar[bool] = True  # a template would call what can be called
    look: Look = field(default=lambda thing, context: iter(()), repr=False)

    def __call__(self, thing: Any, context: Context) -> Iterator[Problem]:
        return self.look(thing, context)

    def finding(
        self,
        found: str,
        cells: Sequence[Cell],
        label: str = "",
        *,
        fix: str = "",
        severity: str = "",
        suggestion: str = "",
    ) -> Problem:
        """At the first of `cells`; `fix` and `severity` where they differ from the rule's own."""
        return Problem(
            self.name,
            severity or self.severity,
            found,
            self.expected,
            fix or self.fix,
            cell=cells[0] if cells else None,
            label=label,
            related=tuple(cells[1:]),
            suggestion=suggestion,
        )


def rule(
    severity: str = ERROR,
    *,
    looks_for: str,
    why: str,
    bad: str,
    good: str,
    expected: str,
    fix: str,
    otherwise: str = "",
    name: str = "",
) -> Callable[[Look], Rule]:
    """Makes a function the rule of its name."""

    def make(look: Look) -> Rule:
        return Rule(name or look.__name__, looks_for, why, bad, good, fix, severity, otherwise, expected, look)

    return make
