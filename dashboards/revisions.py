"""Revisions that are or were public: when, in which publication, how they ended and why. No figure is read here."""

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
class Revision:
    """A revision that is or was public. `publication` and `ended_in` are numbers; `public_note` says what it
    corrected, or why it was withdrawn."""

    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    state: str
    published_at: datetime
    publication: int
    ended_at: datetime | None
    ended_in: int | None
    public_note: str


@dataclass(frozen=True)
class Former:
    """A revision that was replaced, or withdrawn. `note` says why, in public words; empty where nobody said. `next` is
    the public revision that came after it."""

    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    published_at: datetime
    publication: int
    ended_at: datetime
    ended_in: int
    withdrawn: bool
    note: str
    next: Revision | None

    @property
    def may_be_compared(self) -> bool:
        """Whether what replaced it may be shown: the figures of a withdrawn revision are not."""
        return not self.withdrawn and self.next is not None and self.next.state != State.WITHDRAWN


def read(submissions: "QuerySet[Submission]") -> list[Former]:
    """Oldest first. 1 query."""
    return [one for place in _places(submissions) for one in former(place)]


def withdrawn(submissions: "QuerySet[Submission]") -> list[Former]:
    """The last public revision of every HISP's quarter that has none now, oldest quarter first. 1 query."""
    return [former(place)[-1] for place in _places(submissions) if place[-1].state == State.WITHDRAWN]


def of_place(hisp: str, quarter: FiscalQuarter) -> list[Revision]:
    """All that are or were public of one HISP's quarter, oldest first. 1 query."""
    of = Submission.objects.for_quarter(quarter).filter(hisp__slug=hisp)
    return next(iter(_places(of)), [])


def former(place: list[Revision]) -> list[Former]:
    """Those of one HISP's quarter that ended."""
    successors = [*place[1:], None]
    return [
        Former(
            hisp=one.hisp,
            quarter=one.quarter,
            revision=one.revision,
            published_at=one.published_at,
            publication=one.publication,
            ended_at=one.ended_at,
            ended_in=one.ended_in,
            withdrawn=one.state == State.WITHDRAWN,
            note=_note(one, successor),
            next=successor,
        )
        for one, successor in zip(place, successors, strict=True)
        if one.ended_at is not None and one.ended_in is not None
    ]


def _places(submissions: "QuerySet[Submission]") -> Iterable[list[Revision]]:
    """All revisions of one HISP's quarter that are or were public, in their order."""
    of = submissions.filter(state__in=Submission.FROZEN_STATES)
    revisions = [_revision(own) for own in providers.each(rows.revisions(of))]
    for _, place in groupby(revisions, key=lambda one: (one.quarter, one.hisp.slug)):
        yield list(place)


def _revision(own: providers.Rows) -> Revision:
    row = own[0]
    quarter = FiscalQuarter(row["quarter__fiscal_year"], row["quarter__number"])
    return Revision(
        hisp=providers.provider(own, quarter),
        quarter=quarter,
        revision=row["revision"],
        state=row["state"],
        published_at=row["published_at"],
        publication=row["publication__number"],
        ended_at=row["ended_at"],
        ended_in=row["ended_in__number"],
        public_note=row["public_note"],
    )


def _note(one: Revision, successor: Revision | None) -> str:
    """Why a revision was replaced is the note of the one that replaced it, until that is withdrawn: then the note
    says why it was withdrawn."""
    if one.state == State.WITHDRAWN:
        return one.public_note
    return successor.public_note if successor is not None and successor.state != State.WITHDRAWN else ""
