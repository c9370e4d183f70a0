"""Revisions that were public and are not any more: when they ended and why. No figure of theirs is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from dashboards import providers, rows
from dashboards.providers import Provider
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission

State = Submission.State


@dataclass(frozen=True)
class Former:
    """A revision that was replaced, or withdrawn. `note` says why, in public words; empty where nobody said."""

    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    published_at: datetime
    ended_at: datetime
    withdrawn: bool
    note: str


def read(submissions: "QuerySet[Submission]") -> list[Former]:
    """Oldest first. 1 query."""
    return [one for place in _places(submissions) for one in _former(place)]


def withdrawn(submissions: "QuerySet[Submission]") -> list[Former]:
    """The last public revision of every HISP's quarter that has none now, oldest quarter first. 1 query."""
    return [_former(place)[-1] for place in _places(submissions) if place[-1].state == State.WITHDRAWN]


@dataclass(frozen=True)
class _Revision:
    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    state: str
    published_at: datetime
    ended_at: datetime | None
    public_note: str


def _places(submissions: "QuerySet[Submission]") -> Iterable[list[_Revision]]:
    """All revisions of one HISP's quarter that are or were public, in their order."""
    of = submissions.filter(state__in=Submission.FROZEN_STATES)
    revisions = [_revision(own) for own in providers.each(rows.revisions(of))]
    for _, place in groupby(revisions, key=lambda one: (one.quarter, one.hisp.slug)):
        yield list(place)


def _revision(own: providers.Rows) -> _Revision:
    row = own[0]
    quarter = FiscalQuarter(row["quarter__fiscal_year"], row["quarter__number"])
    return _Revision(
        hisp=providers.provider(own, quarter),
        quarter=quarter,
        revision=row["revision"],
        state=row["state"],
        published_at=row["published_at"],
        ended_at=row["ended_at"],
        public_note=row["public_note"],
    )


def _former(place: list[_Revision]) -> list[Former]:
    successors = [*place[1:], None]
    return [
        Former(
            hisp=one.hisp,
            quarter=one.quarter,
            revision=one.revision,
            published_at=one.published_at,
            ended_at=one.ended_at,
            withdrawn=one.state == State.WITHDRAWN,
            note=_note(one, successor),
        )
        for one, successor in zip(place, successors, strict=True)
        if one.ended_at is not None
    ]


def _note(one: _Revision, successor: _Revision | None) -> str:
    """Why a revision was replaced is the note of the one that replaced it, until that is withdrawn: then the note
    says why it was withdrawn."""
    if one.state == State.WITHDRAWN:
        return one.public_note
    return successor.public_note if successor is not None and successor.state != State.WITHDRAWN else ""
