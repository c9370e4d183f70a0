"""Checks of the answers: counts that are no counts, more answers than people, the same figures again."""

from collections.abc import Iterator

from reporting.contents import Contents, Survey
from reporting.domains import question_name
from reporting.workbook.cells import EXPLAIN, NOTE, Problem
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    each,
    finding,
    is_empty,
    names,
)
from reporting.workbook.rules.patterns import is_average, is_odd, is_other_scale, is_percentages, is_slip, total
from reporting.workbook.texts import key

_COUNTS = "The number of people who gave each answer."
_SAME_BY_CHANCE = 50  # with fewer answers a question may get the same five counts twice


def answers_exceed_respondents(survey: Survey, context: Context) -> Iterator[Problem]:
    respondents = survey.respondents
    over = [q for q in answered(survey) if respondents and total(q) > respondents]
    if over:
        shown = [f"{question_name(q.domain)} {total(q):,}" for q in over]
        yield finding(
            "answers_exceed_respondents",
            EXPLAIN,
            f"There are more answers than the {respondents:,} respondents: {', '.join(shown)}.",
            "No more answers to a question than respondents.",
            "Correct the respondents or the counts, or explain how that is.",
            answers_at(over),
            survey.label,
        )


def percentages_as_counts(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_percentages(q, survey)]
    if found:
        yield finding(
            "percentages_as_counts",
            EXPLAIN,
            f"These counts add up to about 100 while there were {survey.respondents:,} respondents: {each(found)}. "
            "They look like percentages.",
            _COUNTS,
            "Write numbers of people, or explain why there were so few answers.",
            answers_at(found),
            survey.label,
        )


def average_as_count(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_average(q, survey)]
    if found:
        yield finding(
            "average_as_count",
            EXPLAIN,
            f"One answer holds everything while there were {survey.respondents:,} respondents: {each(found)}. "
            "It looks like an average or an index.",
            _COUNTS,
            "Write how many people gave each answer, or explain why there were so few.",
            answers_at(found),
            survey.label,
        )


def slip_in_percentages(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_slip(q, survey)]
    if found:
        yield finding(
            "slip_in_percentages",
            EXPLAIN,
            f"The other questions look like percentages, but the counts of these do not add up to 100: {each(found)}.",
            _COUNTS,
            "Write numbers of people, or explain these counts.",
            answers_at(found),
            survey.label,
        )


def other_scale(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.scale != "five_point":
        return
    found = [q for q in answered(survey) if is_other_scale(q) and not is_odd(q, survey)]
    if found:
        yield finding(
            "other_scale",
            EXPLAIN,
            f"Only two or three of the five answers were given: {each(found)}. That looks like another scale.",
            "The scale on which people answered.",
            "Choose it under Answer scale on Touchpoints and say how it was converted, or explain the counts.",
            answers_at(found),
            survey.label,
        )


def no_core_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    """Satisfaction and trust are required of every survey; without them the indicator is yellow."""
    if is_empty(survey):
        return
    for domain in ("satisfaction", "trust"):
        question = survey.question(domain)
        if survey.tally(domain).n or (question and question.tally is None and not question.no_data):
            continue
        yield finding(
            f"no_{domain}_answers",
            NOTE,
            f"There are no answers about {domain}.",
            f"Answers about {domain} in every survey.",
            "The submission counts as partly complete unless another survey is complete.",
            at(question, "n1", "wording") if question else at(survey, "service"),
            survey.label,
        )


def no_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    """The other questions: asked, but all five counts are 0 or blank."""
    core = ("satisfaction", "trust")
    found = [q for q in survey.questions if q.no_data == "no_answers" and q.domain not in core]
    if found and not is_empty(survey):
        yield finding(
            "no_answers",
            NOTE,
            f"Asked, but all five counts are 0 or blank: {names(found)}.",
            "Answers to every question that was asked.",
            "Choose No under Asked? if the question was not asked.",
            answers_at(found),
            survey.label,
        )


def same_as_last_quarter(survey: Survey, context: Context) -> Iterator[Problem]:
    before = _before(survey, context.previous)
    if before is None:
        return
    now = answered(survey)
    same = [q for q in now if total(q) >= _SAME_BY_CHANCE and before.tally(q.domain) == q.tally]
    if same:
        which = "All answers" if len(same) == len(now) else f"The answers to {names(same)}"
        yield finding(
            "same_as_last_quarter",
            EXPLAIN,
            f"{which} are exactly the same as last quarter.",
            "The figures of this quarter.",
            "Check that last quarter’s figures were not copied, or explain why they are the same.",
            answers_at(same),
            survey.label,
        )


def _before(survey: Survey, previous: Contents | None) -> Survey | None:
    return next((s for s in previous.surveys if _identity(s) == _identity(survey)), None) if previous else None


def _identity(survey: Survey) -> tuple[str, str, str]:
    return key(survey.service), key(survey.service_provided), survey.channel
