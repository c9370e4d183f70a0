"""What is told day by day: that figures are due or overdue, to HISPs from which none came, and how the desk stands, to
reviewers and administrators. `manage.py remind` runs it; each notice goes once, so it may run as often as one likes,
and a day on which it did not run is made up for the next.

Days are days of the calendar in US Eastern.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reporting import comments, letters, notices, recipients
from reporting.letters import day, one_line
from reporting.models import AccessRequest, Expectation, Mail, Quarter, Submission

State = Submission.State
_ARRIVED = (State.SUBMITTED, State.APPROVED, *Submission.FROZEN_STATES)
_LISTED = 30  # of a list in a mail


@dataclass(frozen=True)
class Part:
    """A list of a digest. `words` follow its length in the subject."""

    heading: str
    words: str
    lines: list[str]


def remind(today: date | None = None) -> None:
    """Promises every notice that is due on that day."""
    today = today or timezone.localdate()
    with transaction.atomic():
        missing = list(_with_standing(_missing()))
        notices.due([(owed, standing) for owed, standing in missing if _is_told_today(owed, today)], today)
        _digest([owed for owed, _ in missing], today)


def _missing() -> QuerySet[Expectation]:
    """Expected in an open quarter, and nothing is with OMB."""
    sent = Submission.objects.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"), state__in=_ARRIVED)
    return (
        Expectation.objects.filter(~Exists(sent), quarter__in=Quarter.objects.open(), not_reporting=False)
        .select_related("quarter", "hisp")
        .order_by("quarter__fiscal_year", "quarter__number", "hisp__name")
    )


def _with_standing(missing: QuerySet[Expectation]) -> Iterator[tuple[Expectation, str]]:
    """Each with how far it is: the state of its latest revision, draft or returned, or ""."""
    revisions = Submission.objects.filter(quarter__in=Quarter.objects.open()).order_by("revision")
    latest = {(hisp, quarter): state for hisp, quarter, state in revisions.values_list("hisp", "quarter", "state")}
    for owed in missing:
        yield owed, latest.get((owed.hisp_id, owed.quarter_id), "")


def _is_told_today(owed: Expectation, today: date) -> bool:
    """14, 3 and 0 days before, and once it is overdue; up to a week, or to the next of them, after a missed day."""
    left = (timezone.localdate(owed.due_at) - today).days
    return left <= 3 or 7 < left <= 14


def _digest(missing: list[Expectation], today: date) -> None:
    """To reviewers, and to administrators with what is theirs; nothing is sent when nothing waits."""
    overdue = [owed for owed in missing if timezone.localdate(owed.due_at) < today]
    desk = [
        Part("Waiting for review", "to review", _lines(State.SUBMITTED)),
        Part("Comments by reporters that wait for an answer", "to answer", _comments()),
        Part("Approved, to be published by an administrator", "to publish", _lines(State.APPROVED)),
        Part("Overdue", "overdue", [f"{o.hisp}, {o.quarter}, was due on {day(o.due_at)}" for o in overdue]),
    ]
    own = [
        Part("Asking for access, waiting for your answer", "asking for access", _requests()),
        Part("Mails that could not be sent", "unsent", _unsent(today)),
    ]
    administrators = list(recipients.administrators())
    reviewers = recipients.reviewers().exclude(pk__in=[person.pk for person in administrators])
    _tell("digest", reviewers, desk, "review submissions", today)
    _tell("administrators_digest", administrators, desk + own, "administer HISP Quarterly", today)


def _tell(kind: str, people: Iterable[User], parts: list[Part], task: str, today: date) -> None:
    waiting = [part for part in parts if part.lines]
    if waiting:
        facts = {
            "headline": ", ".join(f"{len(part.lines)} {part.words}" for part in waiting),
            "parts": [(part.heading, _some(part.lines)) for part in waiting],
            "task": task,
            "link": letters.link("admin:index"),
        }
        notices.digest(kind, people, facts, today)


def _comments() -> list[str]:
    return [
        f"{said.submission.hisp}, {said.submission.quarter}, {said.cell or 'the whole'}, since {day(said.at)}"
        for said in comments.unanswered()
    ]


def _requests() -> list[str]:
    waiting = AccessRequest.objects.filter(confirmed_at__isnull=False, decided_at=None).select_related("hisp")
    return [one_line(str(asked)) for asked in waiting.order_by("confirmed_at")]


def _unsent(today: date) -> list[str]:
    """Of the last week: nobody wants to hear of an older one each morning."""
    stuck = Mail.objects.failing().filter(created_at__date__gt=today - timedelta(days=7))
    return [f"To {mail.to or 'nobody'}: {one_line(mail.last_error)[:100]}" for mail in stuck.order_by("pk")]


def _lines(state: str) -> list[str]:
    found = Submission.objects.filter(state=state).select_related("hisp", "quarter").order_by("submitted_at")
    return [f"{each.hisp}, {each.quarter}, revision {each.revision}, since {_since(each)}" for each in found]


def _since(submission: Submission) -> str:
    moment = submission.reviewed_at or submission.submitted_at
    return day(moment) if moment else ""


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - _LISTED
    return lines if more <= 0 else [*lines[:_LISTED], f"and {more} more"]
