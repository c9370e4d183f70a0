"""Checks of questions without answers: asked and not answered, or not mentioned at all."""

from collections.abc import Iterator, Sequence

from reporting.contents import Question, Survey
from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS, question_name
from reporting.workbook.cells import EXPLAIN, NOTE, Cell, Problem
from reporting.workbook.rules.fillers import says_nothing
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    is_empty,
    last_quarters,
    listed,
    names,
    was_found,
    was_read,
)
from reporting.workbook.rules.rule import Rule, rule

_ALWAYS_TOLD = ("satisfaction", "trust")  # their absence has rules of its own


def _no_answers_about(domain: str) -> Rule:
    """Satisfaction and trust are required of every survey; without them the indicator is yellow."""

    def look(survey: Survey, context: Context) -> Iterator[Problem]:
        question = survey.question(domain)
        unread = question is not None and (
            (question.tally is None and not question.no_data) or not was_found(survey, "notes", question)
        )
        unplaced = question is None and not was_found(survey, "questions")
        if is_empty(survey) or survey.tally(domain).n or unread or unplaced:
            return
        reason = question.notes if question and not says_nothing(question.notes) else ""
        yield made.finding(
            f"There are no answers about {domain}.",
            at(question, "n1", "wording") if question else at(survey, "service", "survey", "line")[:1],
            survey.label,
            severity=NOTE if reason else EXPLAIN,
            fix=f"The reason given: {reason}" if reason else "",
        )

    made = rule(
        EXPLAIN,
        looks_for=f"A survey without answers about {domain}.",
        why=f"OMB asks every survey about {domain}; without it the submission is only partly complete.",
        bad=f"{question_name(domain)}: five blank counts.",
        good=f"{question_name(domain)}: five counts, or a reason under Notes.",
        expected=f"Answers about {domain} in every survey.",
        fix="Fill in the counts, or explain why there are none. Without them the submission is partly complete, "
        "unless another survey is complete.",
        otherwise="Only noted where the reason stands under Notes.",
        name=f"no_{domain}_answers",
    )(look)
    return made


no_satisfaction_answers = _no_answers_about("satisfaction")
no_trust_answers = _no_answers_about("trust")


@rule(
    NOTE,
    looks_for="Another question that is marked as asked but has no answers.",
    why="Not asked is not zero: the public page says which of the two it is.",
    bad="Employee: Asked? Yes, all counts 0.",
    good="Employee: Asked? No.",
    expected="Answers to every question that was asked.",
    fix="Choose No under Asked? if the question was not asked.",
)
def no_answers(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in survey.questions if q.no_data == "no_answers" and q.domain not in _ALWAYS_TOLD]
    if found and not is_empty(survey):
        yield no_answers.finding(
            f"Asked, but all five counts are 0 or blank: {names(found)}.", answers_at(found), survey.label
        )


@rule(
    EXPLAIN,
    looks_for="A domain that last quarter’s survey asked about, without a row on Responses this quarter.",
    why="A row that was deleted takes its domain from the public page without a word. Not asked is said with No under "
    "Asked?.",
    bad="Ease: 1,780 answers last quarter, no row this quarter.",
    good="Ease: Asked? No.",
    expected="A row for every domain, or No under Asked?.",
    fix="Put its row back with survey number, question and counts; choose No under Asked? if it was not asked; or "
    "explain.",
    otherwise="Only noted where last quarter’s survey did not ask it, and not told at all of Transparency and "
    "Employee, which not every service can ask.",
)
def domain_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    """Surveys without any answer are told as such; the template has a row for every domain."""
    if not answered(survey) or not was_read(survey, "questions"):
        return
    missing = [slug for slug in DOMAIN_BY_SLUG if slug not in _ALWAYS_TOLD and survey.question(slug) is None]
    before = last_quarters(survey, context)
    lost = [slug for slug in missing if before is not None and before.tally(slug).n]
    never = [slug for slug in missing if slug not in lost and not DOMAIN_BY_SLUG[slug].if_applicable]
    if lost:
        them = "them" if len(lost) > 1 else "it"
        found = f"Last quarter this survey asked about {_named(lost)}; this quarter there is no row for {them}."
        yield domain_missing.finding(found, _beside(survey, lost), survey.label)
    if never:
        yield domain_missing.finding(
            f"There is no row about {_named(never)}, which is taken as not asked.",
            _beside(survey, never),
            survey.label,
            severity=NOTE,
            fix="Put its row back if it was asked, with survey number, question and counts.",
        )


def _named(domains: Sequence[str]) -> str:
    return listed([question_name(slug) for slug in domains])


def _beside(survey: Survey, missing: Sequence[str]) -> list[Cell]:
    """Where the first of the missing rows would follow: the row of the question before it, else of the survey."""
    before = QUESTION_SLUGS[: QUESTION_SLUGS.index(missing[0])]
    nearest: list[Question] = [q for slug in before if (q := survey.question(slug)) is not None]
    return at(nearest[-1], "domain") if nearest else at(survey, "survey", "service")
