"""Checks of a survey's three volumes: customers, offered, respondents."""

from collections.abc import Iterator

from reporting.contents import Survey
from reporting.scoring import FEW_ANSWERS
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Problem
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    finding,
    is_empty,
    names,
    was_read,
)
from reporting.workbook.rules.patterns import is_odd

_WORDS = {
    "customers": "The number of customers",
    "offered": "The number offered the survey",
    "respondents": "The number of respondents",
}


def empty_survey(survey: Survey, context: Context) -> Iterator[Problem]:
    """Explained, not refused: published submissions carry surveys that ran but reached nobody."""
    if is_empty(survey):
        yield finding(
            "empty_survey",
            EXPLAIN,
            "This survey has no volumes and no answers.",
            "Volumes and answers of the quarter.",
            "Fill them in, clear its row on Touchpoints if it was not carried out, or explain why it has none.",
            at(survey, "customers", "service"),
            survey.label,
        )


def respondents_exceed_offered(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.respondents is None or survey.offered is None or survey.respondents <= survey.offered:
        return
    yield finding(
        "respondents_exceed_offered",
        ERROR,
        f"{survey.respondents:,} people answered, but the survey was offered to {survey.offered:,}.",
        "No more respondents than people offered the survey.",
        "Leave the number offered blank if it is unknown; 0 means that nobody was asked."
        if survey.offered == 0
        else "Correct one of the two numbers; leave the number offered blank if it is unknown.",
        at(survey, "respondents", "offered"),
        survey.label,
    )


def offered_exceeds_customers(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.offered is None or survey.customers is None or survey.offered <= survey.customers:
        return
    yield finding(
        "offered_exceeds_customers",
        EXPLAIN,
        f"The survey was offered to {survey.offered:,} people, but there were {survey.customers:,} customers.",
        "No more people offered the survey than customers.",
        "Correct one of the two numbers, or explain how that is.",
        at(survey, "offered", "customers"),
        survey.label,
    )


def volume_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    """A note where the reporter has given the reason already."""
    if is_empty(survey):
        return
    for field, words in _WORDS.items():
        if getattr(survey, field) or not was_read(survey, field):
            continue
        reason = survey.volume_notes.get(field, "")
        yield finding(
            "volume_missing",
            NOTE if reason else EXPLAIN,
            f"{words} is {'0' if getattr(survey, field) == 0 else 'unknown'}.",
            "A number of people above 0.",
            f"The reason given: {reason}" if reason else "Write the number, or explain why it is not known.",
            at(survey, field),
            survey.label,
        )


def few_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    few = [q for q in answered(survey) if q.tally and q.tally.n < FEW_ANSWERS and not is_odd(q, survey)]
    if few:
        yield finding(
            "few_answers",
            NOTE,
            f"Fewer than {FEW_ANSWERS} people answered: {names(few)}.",
            f"{FEW_ANSWERS} answers or more.",
            "The scores are published with the mark “few answers”.",
            answers_at(few),
            survey.label,
        )
