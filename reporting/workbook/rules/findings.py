"""What the rules share: what is known besides the contents, last quarter’s survey, and words for what was found."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import question_name
from reporting.fiscal import FiscalQuarter
from reporting.workbook.cells import Cell
from reporting.workbook.texts import key

COUNTS = ("n1", "n2", "n3", "n4", "n5")


@dataclass(frozen=True)
class Context:
    """`services`: the HISP's designated ones. `previous`: its contents of the quarter before, None if none."""

    services: tuple[str, ...] = ()
    previous: Contents | None = None
    quarter: FiscalQuarter | None = None

    @cached_property
    def before(self) -> "dict[Identity, list[Survey]]":
        """Last quarter's surveys by what makes them the same one."""
        found: dict[Identity, list[Survey]] = {}
        for survey in self.previous.surveys if self.previous else ():
            found.setdefault(identity(survey), []).append(survey)
        return found


Thing = Contents | Survey | Question | Metric | Index
Identity = tuple[str, str, str]


def was_read(thing: Thing, field: str) -> bool:
    """False for a cell that could not be read: its problem is told already, so nothing that follows from it is."""
    return not thing.places or field in thing.places


def was_found(survey: Survey, field: str, within: Question | None = None) -> bool:
    """As was_read, of what only a workbook has: a line of a published file says all that is known of its survey.
    `within`: the question of the survey that has the field."""
    return "line" in survey.places or was_read(within or survey, field)


def at(thing: Thing, *fields: str) -> list[Cell]:
    return [thing.places[field] for field in fields if field in thing.places]


def answers_at(questions: Iterable[Question]) -> list[Cell]:
    """One cell per question: its first count."""
    return [cell for question in questions for cell in at(question, *COUNTS)[:1]]


def identity(survey: Survey) -> Identity:
    """What makes two surveys the same one, in one quarter or in two."""
    return key(survey.service), key(survey.service_provided), survey.channel


def last_quarters(survey: Survey, context: Context) -> Survey | None:
    """The same survey of the quarter before; of several, the one at the same transaction point, else none."""
    same = context.before.get(identity(survey), [])
    if len(same) > 1:
        same = [before for before in same if key(before.transaction_point) == key(survey.transaction_point)]
    return same[0] if len(same) == 1 else None


def twins(things: Iterable[Survey], identity: Callable[[Survey], Hashable]) -> Iterator[tuple[Survey, Survey]]:
    """Each thing that has the identity of an earlier one, after that earlier one."""
    first: dict[Hashable, Survey] = {}
    for thing in things:
        earlier = first.setdefault(identity(thing), thing)
        if earlier is not thing:
            yield earlier, thing


def wordings_at(questions: Iterable[Question]) -> list[Cell]:
    return [cell for question in questions for cell in at(question, "wording")]


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


def is_stray(survey: Survey) -> bool:
    """A row that says neither which survey it is nor what people answered: told as that, and nothing follows."""
    unnamed = not (survey.service or survey.service_provided)
    return unnamed and not was_read(survey, "service") and not answered(survey)


def is_empty(survey: Survey) -> bool:
    """No volume and no answer, and every one of these cells could be read."""
    blank = not (survey.customers or survey.offered or survey.respondents or answered(survey))
    read = all(was_read(survey, field) for field in ("customers", "offered", "respondents"))
    return blank and read and not any(q.tally is None and not q.no_data for q in survey.questions)
