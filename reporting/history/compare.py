"""Two versions of one HISP's quarter side by side: what a published file says differently, and what it cannot say.

A published file holds surveys only (with OMB's ratings file: the reflection and the ratings too). Spelling of names,
typed control numbers, notes and places are not compared; scores are derived and not compared either.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from hisps import names
from reporting.contents import Contents, Question, Survey
from reporting.domains import QUESTION_SLUGS, question_name
from reporting.scoring import for_display
from reporting.workbook.cells import EXPLAIN, Problem

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
Identity = tuple[str, ...]


def differences(before: Contents, after: Contents) -> list[str]:
    """What differs, in words; empty when both say the same."""
    old, new = _by_identity(before.surveys), _by_identity(after.surveys)
    found = [f"{survey.label} is no longer there" for key, survey in old.items() if key not in new]
    found += [f"{survey.label} is new" for key, survey in new.items() if key not in old]
    for key, survey in new.items():
        if key in old:
            found += [f"{what} of {survey.label}" for what in _survey_differences(old[key], survey)]
    if _spaced(before.reflection) != _spaced(after.reflection):
        found.append("reflection")
    return found


def figures_differ(before: Contents, after: Contents) -> bool:
    """Whether anything but the reflection and OMB's ratings differs."""
    return bool(differences(_figures_only(before), _figures_only(after)))


def completed(after: Contents, before: Contents) -> Contents:
    """`after` with everything that a published file cannot say taken from `before`. Where it was read stays: rules
    miss only what was read."""
    old, new = _by_identity(before.surveys), _by_identity(after.surveys)
    surveys = tuple(_survey_completed(survey, old[key]) if key in old else survey for key, survey in new.items())
    reflection = after.reflection or before.reflection
    return replace(before, surveys=surveys, reflection=reflection, places=after.places)


def identity(survey: Survey) -> Identity:
    """What makes a survey the same one in two files of a HISP's quarter."""
    texts = (survey.service, survey.service_provided, survey.transaction_point)
    return (survey.channel, *map(names.key, texts))


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


def _by_identity(surveys: Iterable[Survey]) -> dict[Identity, Survey]:
    """The transaction point, often worded anew, only tells apart surveys that are otherwise equal."""
    surveys = list(surveys)
    names_alone = Counter(identity(survey)[:-1] for survey in surveys)
    return {key if names_alone[key[:-1]] > 1 else key[:-1]: survey for survey in surveys for key in [identity(survey)]}


def _survey_differences(old: Survey, new: Survey) -> list[str]:
    found = [words for field, words in _COMPARED.items() if _plain(old, field) != _plain(new, field)]
    if old.publishable:  # what may not be published is not in a published file
        found += [question_name(slug) for slug in QUESTION_SLUGS if _asked(old, slug) != _asked(new, slug)]
    return found


def _plain(survey: Survey, field: str) -> object:
    value = getattr(survey, field)
    return _spaced(value) if isinstance(value, str) else value or None  # published files say 0 for unknown


def _asked(survey: Survey, slug: str) -> tuple[object, ...]:
    """Wording and answers of a question; equal for one that is left out and one without either."""
    question = survey.question(slug)
    return ("", None) if question is None else (names.key(question.wording), question.tally)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _survey_completed(survey: Survey, before: Survey) -> Survey:
    kept = {field: getattr(before, field) for field in ("scale", "conversion", "publishable", "publishable_reason")}
    rating = survey.omb_rating or before.omb_rating
    questions = survey.questions if before.publishable else before.questions
    return replace(survey, omb_rating=rating, questions=questions, **kept)
