"""The publications of a quarter, as its revisions know them: number, when, who, and what each did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reporting.models import Publication

FIELDS = ("number", "at", "kind", "by__first_name", "by__last_name", "by__username")


@dataclass(frozen=True)
class Act:
    """`by` is empty for what a command did."""

    number: int
    at: datetime
    kind: str
    by: str

    @property
    def withdrew(self) -> bool:
        return self.kind == Publication.Kind.WITHDRAW


@dataclass(frozen=True)
class Made:
    """What an act made public, and how many public revisions it ended."""

    act: Act
    made_public: int
    ended: int


def act(row: dict[str, Any], prefix: str) -> Act | None:
    """From a row of submissions with `FIELDS` of `prefix`, a relation to the publication."""
    number, at, kind, first, last, username = (row[f"{prefix}__{field}"] for field in FIELDS)
    return None if number is None else Act(number, at, kind, f"{first or ''} {last or ''}".strip() or username or "")


def publications(standings: Iterable[Any]) -> tuple[Made, ...]:
    """Newest first."""
    revisions = [revision for standing in standings for revision in standing.revisions]
    published = Counter(each.published_in for each in revisions if each.published_in)
    ended = Counter(each.ended_in for each in revisions if each.ended_in)
    acts = sorted(published.keys() | ended.keys(), key=lambda act: -act.number)
    return tuple(Made(act, published[act], ended[act]) for act in acts)
