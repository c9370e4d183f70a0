"""How questions were worded, and on which scale they were answered: what to know before scores are compared.

Spellings of one wording (spaces, curly quotes, full stop, case) are one, as everywhere else (`hisps.names`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.surveys import PublishedSurvey
from hisps import names
from reporting.domains import SCALES


@dataclass(frozen=True)
class Asked:
    """The wordings of one question in one group of surveys, each once in its first spelling. `silent`: some of the
    surveys with answers do not tell their wording."""

    wordings: tuple[str, ...]
    silent: bool
    keys: frozenset[str]


def asked(surveys: Iterable[PublishedSurvey], slug: str) -> Asked:
    """Of surveys with answers to the question."""
    questions = [q for one in surveys if (q := one.survey.question(slug)) and q.tally]
    spelled: dict[str, str] = {}
    for question in questions:
        if question.wording:
            spelled.setdefault(names.key(question.wording), names.spaced(question.wording))
    return Asked(tuple(spelled.values()), any(not q.wording for q in questions), frozenset(spelled))


def differ(groups: Iterable[Asked]) -> bool:
    """More than one wording is known among them."""
    return len(frozenset[str]().union(*(one.keys for one in groups))) > 1


def scales(surveys: Sequence[PublishedSurvey]) -> tuple[str, ...]:
    """The scales that the surveys with answers were answered on, each once."""
    found = {one.survey.scale for one in surveys if one.has_answers}
    return tuple(name for slug, name in SCALES.items() if slug in found)


def conversions(surveys: Sequence[PublishedSurvey]) -> tuple[str, ...]:
    """How answers on other scales were turned into 1 to 5, in the agencies' words, each once."""
    told = (one.survey.conversion for one in surveys if one.has_answers and one.survey.conversion)
    return tuple(dict.fromkeys(names.spaced(words) for words in told))
