"""Two versions of one HISP's quarter side by side: what a published file says differently, and what it cannot say.

A published file holds surveys only (with OMB's ratings file: the reflection and the ratings too). Spelling of names,
typed control numbers, notes and places are not compared; scores are derived and not compared either.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hisps import names
from reporting import differences as differing
from reporting.contents import Contents, Question, Survey
from reporting.domains import QUESTION_SLUGS, question_name
from reporting.scoring import for_display
from reporting.workbook.cells import EXPLAIN, Problem

# What a published file can say of a survey, and how that is named in a sentence.
_COMPARED = {
    "transaction_point": "transaction point",
    "customers": "number of customers",
    "offered": "number offered the survey",
    "respondents": "number of respondents",
    "control_number": "control number",
    "collection_url": "address of the collection",
    "metrics_text": "operational metrics",
    "omb_rating": "OMB’s rating",
}
_OF_QUESTIONS = ("wording", "answers")
Identity = tuple[str, ...]


def differences(before: Contents, after: Contents) -> list[str]:
    """What differs, in words; empty when both say the same."""
    pairs = differing.pairs(before.surveys, after.surveys, names.key)
    found = [f"{old.label} is no longer there" for old, new in pairs if old and not new]
    found += [f"{new.label} is new" for old, new in pairs if new and not old]
    found += [f"{what} of {new.label}" for old, new in pairs if old and new for what in _survey_differences(old, new)]
    if names.spaced(before.reflection) != names.spaced(after.reflection):
        found.append("reflection")
    return found


def figures_differ(before: Contents, after: Contents) -> bool:
    """Whether anything but the reflection and OMB's ratings differs."""
    return bool(differences(_figures_only(before), _figures_only(after)))


def completed(after: Contents, before: Contents) -> Contents:
    """`after` with everything that a published file cannot say taken from `before`. Where it was read stays: rules
    miss only what was read."""
    pairs = differing.pairs(before.surveys, after.surveys, names.key)
    surveys = tuple(_survey_completed(new, old) if old else new for old, new in pairs if new)
    reflection = after.reflection or before.reflection
    return replace(before, surveys=surveys, reflection=reflection, places=after.places)


def identity(survey: Survey) -> Identity:
    """What makes a survey the same one in two files of a HISP's quarter."""
    return differing.identity(survey, names.key)


def scores_compared(contents: Contents) -> int:
    """How many questions have a published score beside their counts."""
    return sum(q.published_score is not None for survey in contents.surveys for q in survey.questions)


def score_problems(contents: Contents) -> list[Problem]:
    """Every published score that is not, to the second decimal and rounded half up, the mean of its counts."""
    return [
        Problem(
            rule="published_score",
            severity=EXPLAIN,
            found=f"OMB published {question.published_score}; the counts give {score}.",
            expected="The same score to two decimals, rounded half up.",
            fix="The counts are kept and the score is computed from them.",
            cell=question.places.get("n1"),
            label=f"{question_name(question.domain)} ({survey.label})",
        )
        for survey in contents.surveys
        for question in survey.questions
        if question.published_score is not None and (score := _score(question)) != question.published_score
    ]


def _score(question: Question) -> Decimal | None:
    mean = question.tally.mean if question.tally else None
    return None if mean is None else for_display(mean)


def _figures_only(contents: Contents) -> Contents:
    surveys = tuple(replace(survey, omb_rating="") for survey in contents.surveys)
    return replace(contents, reflection="", surveys=surveys)


def _survey_differences(old: Survey, new: Survey) -> list[str]:
    found = list(differing.survey_changes(_as_published(old), _as_published(new)))
    fields = {change.field for change in found}
    told = [words for field, words in _COMPARED.items() if field in fields]
    if old.publishable:  # what may not be published is not in a published file
        asked = {change.domain for change in found if change.field in _OF_QUESTIONS}
        told += [question_name(slug) for slug in QUESTION_SLUGS if slug in asked]
    return told


def _as_published(survey: Survey) -> Survey:
    """As far as a published file tells: 0 for unknown, wordings in any spelling, no reason for missing answers."""
    volumes: dict[str, Any] = {
        field: getattr(survey, field) or None for field in ("customers", "offered", "respondents")
    }
    asked = (Question(q.domain, names.key(q.wording), q.tally, "not_asked") for q in survey.questions)
    return replace(survey, questions=tuple(asked), **volumes)


def _survey_completed(survey: Survey, before: Survey) -> Survey:
    kept = {field: getattr(before, field) for field in ("scale", "conversion", "publishable", "publishable_reason")}
    rating = survey.omb_rating or before.omb_rating
    questions = survey.questions if before.publishable else before.questions
    return replace(survey, omb_rating=rating, questions=questions, **kept)
