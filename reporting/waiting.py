"""What waits at OMB, for the front page of its desk: counts, each at the address of the list that it counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Q
from django.urls import reverse

from reporting import asked_corrections, open_comments
from reporting.filters import days_ago, later_revisions, newest
from reporting.models import AccessRequest, Mail, Submission


@dataclass(frozen=True)
class Waiting:
    """A pile on the desk."""

    count: int
    words: str
    url: str


def waiting(user: Any) -> list[Waiting]:
    """What this person looks for most. 5 queries at most, however much there is."""
    return [*_submissions(), *_talk(), *_of_the_administrator(user)]


def _submissions() -> Iterator[Waiting]:
    week = days_ago(6)
    looked_for = Q(state__in=["submitted", "approved", "returned"]) | Q(submitted_at__gte=week)
    found = list(
        Submission.objects.filter(looked_for).values_list("state", "submitted_at", ~Exists(later_revisions()))
    )
    states = Counter(state for state, _, is_newest in found if is_newest)
    lately = sum(at is not None and at >= week for _, at, _ in found)
    yield _pile(states["submitted"], "waiting for review", state__exact="submitted")
    yield _pile(states["approved"], "approved, ready to publish", state__exact="approved")
    yield _pile(states["returned"], "returned and not back", state__exact="returned", revision="newest")
    yield _pile(lately, "submitted in the last 7 days", submitted="7")


def _talk() -> Iterator[Waiting]:
    talked_about = newest(Submission.objects.filter(open_comments.exist())).count()
    yield _pile(talked_about, "with open comments", comments="open")
    asked = asked_corrections.standing().values("submission").distinct().count()
    yield _pile(asked, "with a correction asked for", correction="asked")


def _of_the_administrator(user: Any) -> Iterator[Waiting]:
    if user.has_perm("reporting.view_accessrequest"):
        unanswered = AccessRequest.objects.filter(confirmed_at__isnull=False, decided_at__isnull=True)
        yield _pile(unanswered.count(), "asking for access", "accessrequest", state="waiting")
    if user.has_perm("reporting.view_mail"):
        yield _pile(Mail.objects.failing().count(), "mails not sent", "mail", state="failing")


def _pile(count: int, words: str, of: str = "submission", **asked: str) -> Waiting:
    return Waiting(count, words, f"{reverse(f'admin:reporting_{of}_changelist')}?{urlencode(asked)}")
