"""Runs the rules over one survey, as the tests of each rule need it."""

from dataclasses import replace
from typing import Any

from reporting.contents import Contents, Question, Survey
from reporting.workbook import rules
from reporting.workbook.cells import Problem
from tests.reporting.workbook.workbooks import SERVICES, contents, survey


def found(made: Survey | Contents, rule: str, **context: Any) -> Problem | None:
    """The one finding of that rule; None when the rule has nothing to say."""
    whole = made if isinstance(made, Contents) else _holding(made)
    problems = rules.problems(whole, rules.Context(**{"services": SERVICES} | context))
    named = [problem for problem in problems if problem.rule == rule]
    assert len(named) <= 1, [problem.found for problem in named]
    return named[0] if named else None


def _holding(made: Survey) -> Contents:
    return replace(contents(0), surveys=(made,))


def rules_of(made: Survey | Contents, **context: Any) -> list[str]:
    whole = made if isinstance(made, Contents) else _holding(made)
    return [p.rule for p in rules.problems(whole, rules.Context(**{"services": SERVICES} | context))]


def with_question(question: Question, **changes: Any) -> Survey:
    """The faultless survey with one question in place of its own."""
    made = survey(**changes)
    others = tuple(q for q in made.questions if q.domain != question.domain)
    return replace(made, questions=(question, *others))
