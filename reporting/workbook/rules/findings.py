"""What the rules share: what a check knows besides the contents, and how a finding is put into a Problem."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import question_name
from reporting.workbook.cells import Cell, Problem

COUNTS = ("n1", "n2", "n3", "n4", "n5")


@dataclass(frozen=True)
class Context:
    """`services`: the HISP's designated ones. `previous`: its contents of the quarter before, None if there are none.

    `historic`: the contents come from a published file, where nothing can be asked of anybody any more.
    """

    services: tuple[str, ...] = ()
    previous: Contents | None = None
    historic: bool = False


Thing = Contents | Survey | Question | Metric | Index


def was_read(thing: Thing, field: str) -> bool:
    """False for a cell that could not be read: its problem is told already, so nothing that follows from it is."""
    return not thing.places or field in thing.places


def at(thing: Thing, *fields: str) -> list[Cell]:
    return [thing.places[field] for field in fields if field in thing.places]


def answers_at(questions: Iterable[Question]) -> list[Cell]:
    """One cell per question: its first count."""
    return [cell for question in questions for cell in at(question, *COUNTS)[:1]]


def finding(
    rule: str, severity: str, found: str, expected: str, fix: str, cells: list[Cell], label: str = ""
) -> Problem:
    first = cells[0] if cells else None
    return Problem(rule, severity, found, expected, fix, cell=first, label=label, related=tuple(cells[1:]))


def listed(items: Iterable[str]) -> str:
    """“a, b and c”."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def each(questions: Iterable[Question]) -> str:
    """“Satisfaction 20/11/11/25/33 (100 in all) and …”, for at most four."""
    shown = [f"{question_name(q.domain)} {counts(q)}" for q in questions]
    return listed(shown if len(shown) <= 4 else [*shown[:3], f"{len(shown) - 3} more"])


def counts(question: Question) -> str:
    return "/".join(f"{count:,}" for count in question.tally.counts) if question.tally else "–"


def names(questions: Iterable[Question]) -> str:
    return listed([question_name(q.domain) for q in questions])


def answered(survey: Survey) -> list[Question]:
    return [question for question in survey.questions if question.tally is not None and question.tally.n]


def is_empty(survey: Survey) -> bool:
    """No volume and no answer, and every one of these cells could be read."""
    blank = not (survey.customers or survey.offered or survey.respondents or answered(survey))
    read = all(was_read(survey, field) for field in ("customers", "offered", "respondents"))
    return blank and read and not any(q.tally is None and not q.no_data for q in survey.questions)
