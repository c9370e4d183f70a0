"""Checks of a survey's questions beside each other, beside its respondents and beside last quarter's."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

from reporting.contents import Question, Survey
from reporting.domains import question_name
from reporting.scoring import FEW_ANSWERS, Tally, for_display
from reporting.workbook.cells import EXPLAIN, Problem
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    counts,
    each,
    last_quarters,
    listed,
    names,
)
from reporting.workbook.rules.patterns import MANY_RESPONDENTS, is_odd, total
from reporting.workbook.rules.repeats import SAME_BY_CHANCE
from reporting.workbook.rules.rule import rule

# A mean that were nearer by a whole point if 1 to 5 were read from the other end. Published surveys have 2 such
# questions in 298 rows, and a person would ask about each.
REVERSED_BY = 1
SAME_WITHIN = 3  # questions of one survey; two with the same five counts are published now and then
# Whoever answered one question is a respondent. Where no question has half of them, either number is of something
# else: published surveys have 4 of these, and a person would ask about each.
AT_LEAST = 0.5


@rule(
    EXPLAIN,
    looks_for="A question whose mean lies at one end of the scale while last quarter’s lies at the other; or, where "
    "last quarter is not known, the survey’s other questions do.",
    why="Mostly the five counts were typed from 5 to 1. The score then says the opposite of what people said.",
    bad="1,100, 480, 120, 42 and 38, after a mean of 4.5 last quarter.",
    good="38, 42, 120, 480 and 1,100.",
    expected="Counts from 1 (strongly disagree) to 5 (strongly agree).",
    fix="If the counts were typed from 5 to 1, turn them around; if not, explain what made the difference.",
    otherwise="A question that had such a mean last quarter too is not told.",
)
def reversed_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    before = last_quarters(survey, context)
    asked = [q for q in answered(survey) if _is_steady(q.tally) and not is_odd(q, survey)]
    found = []
    for question in asked:
        then = before.tally(question.domain) if before is not None else Tally()
        usual = _mean(then) if _is_steady(then) else _mean_of_others(question, asked)
        now = _mean(question.tally)
        if usual is not None and is_reversed(now, usual):
            where = "last quarter" if _is_steady(then) else "in the other questions"
            shown = f"{question_name(question.domain)} {for_display(now)}, {where} {for_display(usual)}"
            found.append((question, shown))
    if found:
        yield reversed_answers.finding(
            f"The mean lies at the other end of the scale: {listed([words for _, words in found])}.",
            answers_at([question for question, _ in found]),
            survey.label,
        )


def _is_steady(tally: Tally | None) -> bool:
    return tally is not None and tally.n >= FEW_ANSWERS


def _mean(tally: Tally | None) -> Fraction:
    return (tally.mean if tally is not None else None) or Fraction(0)


def _mean_of_others(question: Question, asked: Sequence[Question]) -> Fraction | None:
    """The one in the middle; of two questions nobody could say which is reversed."""
    others = [_mean(q.tally) for q in asked if q.domain != question.domain]
    return median(others) if len(others) > 1 else None


def is_reversed(mean: Fraction, usual: Fraction) -> bool:
    return abs(mean - usual) - abs(6 - mean - usual) >= REVERSED_BY


@rule(
    EXPLAIN,
    looks_for=f"The same five counts for {SAME_WITHIN} questions of a survey or more.",
    why=f"With {SAME_BY_CHANCE} answers or more that does not happen by chance: one row was copied to the others.",
    bad="31, 42, 120, 480 and 1,107 for all seven questions.",
    good="Each question has counts of its own.",
    expected="Each question’s own counts.",
    fix="Write each question’s own counts, or explain why they are the same.",
)
def same_counts_within(survey: Survey, context: Context) -> Iterator[Problem]:
    alike: dict[Tally | None, list[Question]] = {}
    for question in answered(survey):
        if total(question) >= SAME_BY_CHANCE and not is_odd(question, survey):
            alike.setdefault(question.tally, []).append(question)
    for same in alike.values():
        if len(same) >= SAME_WITHIN:
            yield same_counts_within.finding(
                f"{names(same)} have exactly the same five counts: {counts(same[0])}.",
                answers_at(same),
                survey.label,
            )


@rule(
    EXPLAIN,
    looks_for="Five counts with the same step from each to the next.",
    why=f"With {SAME_BY_CHANCE} answers or more that does not happen by chance: Excel counted on when a cell was "
    "dragged over the others.",
    bad="100, 101, 102, 103 and 104.",
    good="31, 42, 120, 480 and 1,107.",
    expected="The number of people who gave each answer.",
    fix="Write how many people gave each answer, or explain these counts.",
)
def counted_on(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if total(q) >= SAME_BY_CHANCE and _is_series(q) and not is_odd(q, survey)]
    if found:
        yield counted_on.finding(f"The counts go on in equal steps: {each(found)}.", answers_at(found), survey.label)


def _is_series(question: Question) -> bool:
    five = question.tally.counts if question.tally else ()
    return len({later - one for one, later in pairwise(five)}) == 1


@rule(
    EXPLAIN,
    looks_for="Fewer answers to every question than half of the respondents.",
    why="Whoever answered one question is a respondent. Mostly the respondents are of another period or of another "
    "survey, or a digit is missing.",
    bad="330,979 respondents, and no more than 178 answers to a question.",
    good="179 respondents, and up to 178 answers to a question.",
    expected="A question that half of the respondents answered, or more.",
    fix="Correct the respondents or the counts, or explain why so few of them answered.",
    otherwise=f"Told from {MANY_RESPONDENTS} respondents on.",
)
def answers_far_below_respondents(survey: Survey, context: Context) -> Iterator[Problem]:
    respondents = survey.respondents or 0
    now = answered(survey)
    unread = any(q.tally is None and not q.no_data for q in survey.questions)
    if respondents < MANY_RESPONDENTS or not now or unread or any(is_odd(q, survey) for q in now):
        return
    most = max(map(total, now))
    if most < respondents * AT_LEAST:
        yield answers_far_below_respondents.finding(
            f"There were {respondents:,} respondents, but no question has more than {most:,} answers.",
            [*at(survey, "respondents"), *answers_at(now)],
            survey.label,
        )
