"""What publishing a quarter will do, before it is done: who becomes public, what is replaced, who is missing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from reporting import open_comments, transitions
from reporting.board.standing import PILES, Standing, standings
from reporting.figures import contents_of, loaded
from reporting.fiscal import days_late
from reporting.indicator import Indicator
from reporting.models import Event, Quarter, Submission
from reporting.preview import Preview, preview
from reporting.review_page.facts import shown_indicator, with_dates

_PLACE = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")  # a submission and its lock version


@dataclass(frozen=True)
class Going:
    """One approved revision. `replaces`: the revision that is public now, 0 for none; `note`: what the public will
    read of a correction; `why_not`: why this person cannot publish it; `open_comments`: threads."""

    submission: Submission
    replaces: int
    note: str
    why_not: str
    figures: Preview
    indicator: Indicator
    days_late: int
    open_comments: int


@dataclass(frozen=True)
class Plan:
    """`missing`: names by where they are; `staying`: public already, with nothing new that is approved."""

    going: tuple[Going, ...]
    left_out: tuple[Going, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    staying: int
    token: str

    @property
    def open_comments(self) -> int:
        return sum(each.open_comments for each in self.going)

    @property
    def replaced(self) -> int:
        return sum(bool(each.replaces) for each in self.going)


@dataclass(frozen=True)
class Since:
    """An approved submission that is not what it was, with the last that happened to it."""

    submission: Submission
    event: Event | None


def plan(quarter: Quarter, user: Any) -> Plan:
    """Seven queries, however many HISPs there are."""
    everybody = standings([quarter])[quarter.pk]
    public = {each.hisp: revision.number for each in everybody for revision in each.revisions if _is_public(revision)}
    found = loaded(with_dates(_approved(quarter))).annotate(open_comments=open_comments.count())
    approved = [_going(submission, public.get(submission.hisp_id, 0), user) for submission in found]
    decided = {each.submission.hisp_id for each in approved}
    others = [each for each in everybody if each.hisp not in decided]
    return Plan(
        going=tuple(each for each in approved if not each.why_not),
        left_out=tuple(each for each in approved if each.why_not),
        missing=_missing(others),
        staying=sum(each.is_public for each in others),
        token=" ".join(f"{each.submission.pk}:{each.submission.lock_version}" for each in approved),
    )


def seen(token: str) -> dict[int, int]:
    """Lock versions by id, as a page kept them; nothing of what is no token."""
    places = [_PLACE.fullmatch(part) for part in token.split()]
    return {int(place[1]): int(place[2]) for place in places if place}


def since(quarter: Quarter, then: Mapping[int, int]) -> list[Since]:
    """What is approved now and was not, or the other way round, or was touched in between."""
    now = {submission.pk: submission.lock_version for submission in _approved(quarter)}
    keys = {pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk)}
    submissions = Submission.objects.filter(quarter=quarter, pk__in=keys).select_related("hisp").order_by("hisp__name")
    newest = Event.objects.filter(submission__in=keys).order_by().values("submission").annotate(newest=Max("pk"))
    events = Event.objects.filter(pk__in=newest.values("newest")).select_related("by")
    last = {event.submission_id: event for event in events}
    return [Since(submission, last.get(submission.pk)) for submission in submissions]


def _approved(quarter: Quarter) -> QuerySet[Submission]:
    approved = Submission.objects.filter(quarter=quarter, state=Submission.State.APPROVED)
    return approved.select_related("hisp", "quarter").order_by("hisp__name", "pk")


def _is_public(revision: Any) -> bool:
    return bool(revision.state == Submission.State.PUBLISHED)


def _going(submission: Any, replaces: int, user: Any) -> Going:
    note = submission.revision_note if replaces else ""
    contents = contents_of(submission)
    return Going(
        submission=submission,
        replaces=replaces,
        note=note,
        why_not=transitions.why_not(submission, transitions.PUBLISH, user),
        figures=preview(contents),
        indicator=shown_indicator(submission, contents),
        days_late=days_late(submission.first_submitted_at, submission.extended_to or submission.quarter.due_at),
        open_comments=submission.open_comments,
    )


def _missing(others: Iterable[Standing]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Those who will not be public afterwards, in the order of the piles."""
    groups: dict[str, list[str]] = {}
    for each in others:
        if not each.is_public:
            groups.setdefault(each.state, []).append(each.name)
    return tuple((PILES[state], tuple(groups[state])) for state in PILES if state in groups)
