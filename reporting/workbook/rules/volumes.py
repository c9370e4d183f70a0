"""Checks of a survey's three volumes: customers, offered, respondents."""

from collections.abc import Iterator

from reporting.contents import Survey
from reporting.scoring import FEW_ANSWERS
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Problem
from reporting.workbook.rules.fillers import says_nothing
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    is_empty,
    names,
    was_found,
    was_read,
)
from reporting.workbook.rules.patterns import is_odd
from reporting.workbook.rules.rule import rule

_THE_NUMBER = {
    "customers": "The number of customers",
    "offered": "The number offered the survey",
    "respondents": "The number of respondents",
}
EVERYBODY_FROM = 100  # a handful of people in a room may all answer


@rule(
    EXPLAIN,
    looks_for="A survey with neither volumes nor answers.",
    why="A row that was left over from last quarter looks like a survey that reached nobody.",
    bad="Customers, offered and respondents blank, and all counts blank.",
    good="The row is cleared, or its figures are filled in.",
    expected="Volumes and answers of the quarter.",
    fix="Fill them in, clear its row on Touchpoints if it was not carried out, or explain why it has none.",
)
def empty_survey(survey: Survey, context: Context) -> Iterator[Problem]:
    """Explained, not refused: published submissions carry surveys that ran but reached nobody."""
    if is_empty(survey) and was_found(survey, "questions"):
        found = "This survey has no volumes and no answers."
        yield empty_survey.finding(found, at(survey, "customers", "service"), survey.label)


@rule(
    ERROR,
    looks_for="More respondents than people who were offered the survey.",
    why="Nobody can answer a survey without being offered it; in published data it always meant that an unknown "
    "number was typed as 0.",
    bad="Offered 0, respondents 300.",
    good="Offered blank with a reason, respondents 300.",
    expected="No more respondents than people offered the survey.",
    fix="Correct one of the two numbers; leave the number offered blank if it is unknown.",
)
def respondents_exceed_offered(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.respondents is None or survey.offered is None or survey.respondents <= survey.offered:
        return
    yield respondents_exceed_offered.finding(
        f"{_people(survey.respondents)} answered, but the survey was offered to {survey.offered:,}.",
        at(survey, "respondents", "offered"),
        survey.label,
        fix="Leave the number offered blank if it is unknown; 0 means that nobody was asked."
        if survey.offered == 0
        else "",
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


@rule(
    EXPLAIN,
    looks_for=f"Exactly as many respondents as people offered the survey, {EVERYBODY_FROM} or more.",
    why="One in twenty-five answers a typical survey. The number of respondents was typed twice.",
    bad="Offered 10,555, respondents 10,555.",
    good="Offered 862,557, respondents 10,555.",
    expected="The number of people who were given the chance to answer.",
    fix="Write how many people were offered the survey, leave it blank if it is unknown, or explain.",
)
def everybody_answered(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.respondents is not None and survey.respondents == survey.offered and survey.offered >= EVERYBODY_FROM:
        found = f"All {survey.offered:,} people who were offered the survey are said to have answered."
        yield everybody_answered.finding(found, at(survey, "offered", "respondents"), survey.label)


@rule(
    EXPLAIN,
    looks_for="More people offered the survey than there were customers.",
    why="Usually the two numbers count different things, such as e-mails and people, and response rates then mislead.",
    bad="Customers 900, offered 1,200.",
    good="Customers 1,200, offered 900.",
    expected="No more people offered the survey than customers.",
    fix="Correct one of the two numbers, or explain how that is.",
)
def offered_exceeds_customers(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.offered is None or not survey.customers or survey.offered <= survey.customers:
        return  # no customers at all is told by volume_missing
    yield offered_exceeds_customers.finding(
        f"The survey was offered to {survey.offered:,} people, but there were {survey.customers:,} customers.",
        at(survey, "offered", "customers"),
        survey.label,
    )


@rule(
    EXPLAIN,
    looks_for="A volume that is blank or 0.",
    why="A score is only shown in the context of who was served, asked and heard.",
    bad="Customers blank, and nothing under “Why a volume is unknown”.",
    good="Customers blank, and “The vendor counts calls, not callers.”",
    expected="A number of people above 0.",
    fix="Write the number; or leave it blank and say under “Why a volume is unknown” why; or explain it here.",
    otherwise="Only noted where the reason is given in the workbook. A number offered of 0 beside respondents must be "
    "fixed and is told as that.",
)
def volume_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    """One sentence for the volumes of a survey that want one; each whose reason is given has a note of its own."""
    if is_empty(survey) or not was_found(survey, "volume_notes"):
        return
    missing = [field for field in _THE_NUMBER if not getattr(survey, field) and was_read(survey, field)]
    reasons = {field: note for field, note in survey.volume_notes.items() if not says_nothing(note)}
    for field in missing:
        if field in reasons:
            fix = f"The reason given: {reasons[field]}"
            found = _is_missing(survey, field)
            yield volume_missing.finding(found, at(survey, field), survey.label, severity=NOTE, fix=fix)
    wanted = [field for field in missing if field not in reasons and not _is_told_otherwise(survey, field)]
    if wanted:
        found = " ".join(_is_missing(survey, field) for field in wanted)
        yield volume_missing.finding(found, at(survey, *wanted), survey.label)


def _is_missing(survey: Survey, field: str) -> str:
    return f"{_THE_NUMBER[field]} is {'0' if getattr(survey, field) == 0 else 'unknown'}."


def _is_told_otherwise(survey: Survey, field: str) -> bool:
    """Offered to nobody, and yet answered: respondents_exceed_offered says what to do."""
    return field == "offered" and survey.offered == 0 and bool(survey.respondents)


@rule(
    NOTE,
    looks_for=f"A question with fewer than {FEW_ANSWERS} answers.",
    why="Chance moves such a score by half a point and more.",
    bad="12 answers.",
    good="300 answers.",
    expected=f"{FEW_ANSWERS} answers or more.",
    fix="The scores are published with the mark “few answers”.",
)
def few_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    few = [q for q in answered(survey) if q.tally and q.tally.n < FEW_ANSWERS and not is_odd(q, survey)]
    if few:
        found = f"Fewer than {FEW_ANSWERS} people answered: {names(few)}."
        yield few_answers.finding(found, answers_at(few), survey.label)
