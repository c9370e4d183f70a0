"""The queue: what waits for this person to decide, longest waiting first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from reporting import transitions
from reporting.models import Submission

State = Submission.State


@dataclass(frozen=True)
class Waiting:
    pk: int
    label: str


@dataclass(frozen=True)
class Queue:
    """`words` completes “3 of 11 …”. `place` counts from 1; 0 for a submission that does not wait (any more)."""

    words: str = ""
    place: int = 0
    size: int = 0
    previous: Waiting | None = None
    next: Waiting | None = None


def queue_of(user: Any, at: Submission) -> Queue:
    """As seen from this submission; past the end it goes on with what has waited longest. 1 query."""
    state, words = _turn(user)
    if not state:
        return Queue()
    here = Q(pk=at.pk)  # so that its place is known when it has just been decided
    rows = Submission.objects.filter(Q(state=state) | here).exclude(
        ~here & (Q(submitted_by=user) | Q(uploaded_by=user))
    )
    fields = ("state", "submitted_by", "uploaded_by", "hisp__name", "quarter__fiscal_year", "quarter__number")
    ordered = list(rows.order_by("submitted_at", "pk").values_list("pk", *fields))
    place = next(n for n, row in enumerate(ordered) if row[0] == at.pk)
    counts = ordered[place][1] == state and user.pk not in ordered[place][2:4]
    others = [Waiting(pk, f"{name}, FY{year} Q{number}") for pk, _, _, _, name, year, number in ordered if pk != at.pk]
    return Queue(
        words=words,
        place=place + 1 if counts else 0,
        size=len(others) + counts,
        previous=others[place - 1] if counts and place else None,
        next=next(iter(others[place:] or others), None),
    )


def _turn(user: Any) -> tuple[str, str]:
    """What waits for a person of this role."""
    if transitions.may(user, transitions.APPROVE):
        return State.SUBMITTED, "waiting for review"
    if transitions.may(user, transitions.PUBLISH):
        return State.APPROVED, "ready to publish"
    return "", ""
