"""What differs between two versions of one HISP's contents, figure by figure: a revision and the one before it.

Nothing is rounded or put into words beyond the names of the figures; spaces that nobody sees are no difference.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from reporting.contents import Contents, Question, Survey
from reporting.domains import NO_DATA_REASONS, QUESTION_SLUGS, SCALES, channel_name, question_name
from reporting.scoring import Tally
from reporting.workbook.texts import key as folded

Key = Callable[[str], str]  # two spellings of one name have the same key
Value = str | int | Decimal | Tally | None
Pair = tuple[Survey | None, Survey | None]

_COVER = {
    "contact_name": "Contact",
    "contact_email": "Contact’s e-mail",
    "reflection": "Reflection",
    "comment": "Comment to OMB",
}
_SURVEY = {
    "service": "Service",
    "service_provided": "Service provided",
    "transaction_point": "Transaction point",
    "channel": "Channel",
    "customers": "Customers",
    "offered": "Offered the survey",
    "respondents": "Respondents",
    "volume_notes": "Why a volume is unknown",
    "control_number": "OMB control number",
    "collection_url": "Address of the collection",
    "scale": "Scale",
    "conversion": "Conversion",
    "publishable": "May be published",
    "publishable_reason": "Why it may not be published",
    "metrics_text": "Operational metrics",
    "omb_rating": "OMB’s rating",
}


@dataclass(frozen=True)
class Change:
    """One figure or text that is not what it was; None where there was, or is, nothing.

    `field` names it within its survey, metric, index or the cover; of a question it is `wording`, `answers` or `notes`
    and `domain` says which. `survey` counts from 0 in the later contents, None for anything else.
    """

    field: str
    name: str
    before: Value
    after: Value
    of: str = ""
    domain: str = ""
    survey: int | None = None

    @property
    def came(self) -> bool:
        return self.field == "whole" and self.before is None

    @property
    def went(self) -> bool:
        return self.field == "whole" and self.after is None


def changes(before: Contents, after: Contents) -> list[Change]:
    """As the pages run: surveys with their questions, metrics, index scores, then the words of the cover."""
    places = {id(survey): place for place, survey in enumerate(after.surveys)}
    found = [
        each for old, new in pairs(before.surveys, after.surveys) for each in _survey(old, new, places.get(id(new)))
    ]
    found += _rows("Metric", before.metrics, after.metrics, lambda row: (row.name, row.service))
    found += _rows("Index", before.indexes, after.indexes, lambda row: (row.name, row.service, row.covers))
    return found + list(_fields(before, after, _COVER, of="Cover"))


def pairs(before: Sequence[Survey], after: Sequence[Survey], key: Key = folded) -> list[Pair]:
    """The same survey of both, in the later order; those that went (with None) come first.

    The transaction point, often worded anew, only tells apart surveys that are otherwise equal.
    """
    partners: dict[int, Survey] = {}  # id of a later survey -> the earlier one
    for exact in (True, False):
        taken = {id(old) for old in partners.values()}
        old = _grouped([one for one in before if id(one) not in taken], key, exact)
        new = _grouped([one for one in after if id(one) not in partners], key, exact)
        for name, ones in new.items():
            same = old.get(name, [])
            if exact or len(same) == len(ones) == 1:
                partners |= {id(one): partner for one, partner in zip(ones, same, strict=False)}
    taken = {id(old) for old in partners.values()}
    return [(one, None) for one in before if id(one) not in taken] + [(partners.get(id(one)), one) for one in after]


def _grouped(surveys: Iterable[Survey], key: Key, exact: bool) -> dict[tuple[str, ...], list[Survey]]:
    groups: dict[tuple[str, ...], list[Survey]] = {}
    for survey in surveys:
        groups.setdefault(identity(survey, key, exact), []).append(survey)
    return groups


def identity(survey: Survey, key: Key = folded, exact: bool = True) -> tuple[str, ...]:
    """What makes a survey the same one in two versions."""
    texts = (survey.service, survey.service_provided, *([survey.transaction_point] if exact else []))
    return (survey.channel, *map(key, texts))


def survey_changes(old: Survey, new: Survey, place: int | None = None) -> Iterator[Change]:
    """What differs between two versions of one survey."""
    yield from _fields(old, new, _SURVEY, of=new.label, survey=place)
    for slug in QUESTION_SLUGS:
        yield from _question(slug, old.question(slug), new.question(slug), new.label, place)


def _survey(old: Survey | None, new: Survey | None, place: int | None) -> Iterable[Change]:
    if old is not None and new is not None:
        return survey_changes(old, new, place)
    if new is not None:
        return [Change("whole", "Survey", None, new.label, new.label, survey=place)]
    return [Change("whole", "Survey", old.label, None, old.label)] if old is not None else []


def _question(slug: str, old: Question | None, new: Question | None, of: str, place: int | None) -> Iterator[Change]:
    name = question_name(slug)
    for field, words, read in (
        ("wording", f"{name}, question as asked", _wording),
        ("answers", f"{name}, answers", _answers),
        ("notes", f"{name}, notes", _notes),
    ):
        was, now = read(old), read(new)
        if was != now:
            yield Change(field, words, was, now, of, slug, place)


def _wording(question: Question | None) -> Value:
    return _plain(question.wording) if question else None


def _notes(question: Question | None) -> Value:
    return _plain(question.notes) if question else None


def _answers(question: Question | None) -> Value:
    """The counts, or in words why there are none; nothing for a question that was left out or not asked."""
    if question is None or question.tally is not None:
        return question.tally if question else None
    return NO_DATA_REASONS.get(question.no_data) if question.no_data != "not_asked" else None


def _fields(
    old: Any, new: Any, names: dict[str, str], *, of: str, survey: int | None = None, prefix: str = ""
) -> Iterator[Change]:
    for field, name in names.items():
        was, now = _shown(field, getattr(old, field)), _shown(field, getattr(new, field))
        if was != now:
            yield Change(field, f"{prefix}{name}", was, now, of, survey=survey)


def _rows(kind: str, before: Sequence[Any], after: Sequence[Any], identity: Callable[[Any], Any]) -> list[Change]:
    old, new = ({identity(row): row for row in rows} for rows in (before, after))
    found = [Change("whole", kind, row.name, None, row.name) for at, row in old.items() if at not in new]
    for at, row in new.items():
        if at not in old:
            found.append(Change("whole", kind, None, row.name, row.name))
        else:
            names = {f.name: f.name.replace("_", " ").capitalize() for f in fields(row) if f.name != "places"}
            found += _fields(old[at], row, names, of=f"{kind}: {row.name}")
    return found


def _shown(field: str, value: Any) -> Value:
    """A value as people name it."""
    if field == "volume_notes":
        value = " ".join(value.values())
    elif field == "channel":
        value = channel_name(value) if value else ""
    elif field == "scale":
        value = SCALES.get(value, value)
    elif isinstance(value, bool):
        value = "Yes" if value else "No"
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str | None:
    return " ".join(text.split()) or None
