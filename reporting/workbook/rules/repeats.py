"""Checks against last quarter and against the other surveys: the same figures again, and figures that jump."""

from collections.abc import Iterator, Sequence

from reporting.contents import Contents, Question, Survey
from reporting.scoring import Tally
from reporting.workbook.cells import EXPLAIN, Cell, Problem
from reporting.workbook.rules.findings import Context, answered, answers_at, at, last_quarters, listed, names, twins
from reporting.workbook.rules.patterns import is_odd, total
from reporting.workbook.rules.rule import rule

VOLUMES = {"customers": "customers", "offered": "people offered the survey", "respondents": "respondents"}
SAME_BY_CHANCE = 50  # with fewer answers a question may get the same five counts twice
SAME_WHOLE_BY_CHANCE, SAME_QUESTIONS = 20, 3  # answers, and questions, of a whole survey that hardly come again
# Services have seasons (tax, harvest, holidays) that make a quarter three or four times another; ten times is a digit
# too many or too few, or another way of counting. Below 1,000 people a factor says little.
JUMP = 10
JUMP_FROM = 1_000


@rule(
    EXPLAIN,
    looks_for=f"A volume {JUMP} times that of last quarter or more, or a tenth of it or less.",
    why="Seasons change volumes three- or fourfold; tenfold is mostly a digit too many, or another way of counting.",
    bad="Customers 9,300,000 after 930,000 last quarter.",
    good="Customers 1,860,000 after 930,000 last quarter.",
    expected=f"A volume within {JUMP} times of last quarter’s.",
    fix="Check the digits, or explain what changed.",
)
def volume_jump(survey: Survey, context: Context) -> Iterator[Problem]:
    before = last_quarters(survey, context)
    if before is None:
        return
    jumps = [
        (field, then, now)
        for field in VOLUMES
        if (now := getattr(survey, field)) and (then := getattr(before, field)) and is_jump(then, now)
    ]
    if jumps:
        shown = [f"{now:,} {VOLUMES[field]} after {then:,}" for field, then, now in jumps]
        yield volume_jump.finding(
            f"This is a jump against last quarter: {listed(shown)}.",
            at(survey, *(field for field, _, _ in jumps)),
            survey.label,
        )


def is_jump(then: int, now: int) -> bool:
    return max(then, now) >= JUMP_FROM and max(then, now) >= JUMP * min(then, now)


@rule(
    EXPLAIN,
    looks_for="All three volumes exactly as last quarter.",
    why="Numbers of customers, of people asked and of people who answered never come out the same twice; last "
    "quarter’s were copied.",
    bad="930,000 customers, 41,000 offered, 2,300 respondents, twice in a row.",
    good="930,000 customers, then 918,000.",
    expected="The volumes of this quarter.",
    fix="Write this quarter’s numbers, or explain why they are the same.",
)
def same_volumes_as_last_quarter(survey: Survey, context: Context) -> Iterator[Problem]:
    before = last_quarters(survey, context)
    if before is None or not all(getattr(survey, field) for field in VOLUMES):
        return
    if all(getattr(survey, field) == getattr(before, field) for field in VOLUMES):
        found = "All three volumes are exactly the same as last quarter."
        yield same_volumes_as_last_quarter.finding(found, at(survey, *VOLUMES), survey.label)


@rule(
    EXPLAIN,
    looks_for="Counts that are exactly those of last quarter, in a whole survey or in one question.",
    why=f"With {SAME_BY_CHANCE} answers or more that does not happen by chance: last quarter’s figures were copied.",
    bad="31, 42, 120, 480 and 1,107, twice in a row.",
    good="31, 42, 120, 480 and 1,107, then 28, 45, 101, 502 and 1,090.",
    expected="The figures of this quarter.",
    fix="Check that last quarter’s figures were not copied, or explain why they are the same.",
)
def same_as_last_quarter(survey: Survey, context: Context) -> Iterator[Problem]:
    before = last_quarters(survey, context)
    if before is None:
        return
    now = answered(survey)
    same = [q for q in now if before.tally(q.domain) == q.tally]
    is_whole = len(same) == len(now) >= SAME_QUESTIONS and sum(map(total, same)) >= SAME_WHOLE_BY_CHANCE
    if not is_whole:
        same = [q for q in same if total(q) >= SAME_BY_CHANCE]
    if same:
        found = f"{_which(same, now)} are exactly the same as last quarter."
        yield same_as_last_quarter.finding(found, answers_at(same), survey.label)


def _which(same: Sequence[Question], of: Sequence[Question]) -> str:
    return "All answers" if len(same) == len(of) else f"The answers to {names(same)}"


@rule(
    EXPLAIN,
    looks_for="Exactly the same counts under two surveys, in all questions or in one.",
    why=f"With {SAME_BY_CHANCE} answers or more that does not happen by chance: a row was copied to another service.",
    bad="31, 42, 120, 480 and 1,107 under Community Care and under Outpatient Services.",
    good="Each survey has counts of its own.",
    expected="Each survey’s own figures.",
    fix="Correct the counts of one of the two, or explain why they are the same.",
)
def same_figures_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    for second, earlier in _with_earlier(contents.surveys):
        for first in earlier:
            same = _same(first, second)
            if same:
                yield same_figures_twice.finding(
                    f"{_which(same, answered(second))} are exactly the same as those of “{first.label}”.",
                    [c for q in same for c in at(q, "n1")] + [c for q in same for c in _first(first, q.domain)],
                    second.label,
                )
                break


def _with_earlier(surveys: Sequence[Survey]) -> Iterator[tuple[Survey, list[Survey]]]:
    """Each survey, and the earlier ones that share the counts of a question with it, in order."""
    having: dict[tuple[str, Tally | None], list[int]] = {}
    for place, survey in enumerate(surveys):
        figures = [(question.domain, question.tally) for question in answered(survey)]
        yield survey, [surveys[n] for n in sorted({n for each in figures for n in having.get(each, ())})]
        for each in figures:
            having.setdefault(each, []).append(place)


def _same(first: Survey, second: Survey) -> list[Question]:
    """Questions of the second with the counts of the first, where that is no chance."""
    same = [q for q in answered(second) if not is_odd(q, second) and first.tally(q.domain) == q.tally]
    is_whole = len(same) == len(answered(second)) == len(answered(first))
    enough = sum(map(total, same)) if is_whole else min(map(total, same), default=0)
    return same if enough >= SAME_BY_CHANCE else []


def _first(survey: Survey, domain: str) -> list[Cell]:
    question = survey.question(domain)
    return at(question, "n1") if question else []


@rule(
    EXPLAIN,
    looks_for="The same three volumes under two surveys.",
    why="Two services do not serve, ask and hear exactly as many people; one row was filled in from the other.",
    bad="191,302 customers, 5,589 offered, 689 respondents under two services.",
    good="Each survey has volumes of its own.",
    expected="Each survey’s own volumes.",
    fix="Correct the volumes of one of the two, or explain why they are the same.",
)
def same_volumes_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    """Not told of surveys whose answers are the same too: that is told already."""
    known = [s for s in contents.surveys if all(getattr(s, field) for field in VOLUMES)]
    for first, second in twins(known, lambda survey: tuple(getattr(survey, field) for field in VOLUMES)):
        if not _same(first, second):
            yield same_volumes_twice.finding(
                f"All three volumes are exactly the same as those of “{first.label}”.",
                at(second, *VOLUMES) + at(first, *VOLUMES),
                second.label,
            )
