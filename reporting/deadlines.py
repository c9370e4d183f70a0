"""What is told day by day: that figures are due or overdue, to HISPs from which none came, and how the desk stands, to
reviewers. `manage.py remind` runs it; each notice goes once, so it may run as often as one likes, and a day on which
it did not run is made up for the next.

Days are days of the calendar in US Eastern.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reporting import notices
from reporting.letters import day
from reporting.models import Expectation, Quarter, Submission

State = Submission.State
_ARRIVED = (State.SUBMITTED, State.APPROVED, *Submission.FROZEN_STATES)
_LISTED = 30  # of a list in a mail


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
    """Nothing is sent when nothing waits."""
    waiting, approved = _lines(State.SUBMITTED), _lines(State.APPROVED)
    overdue = [owed for owed in missing if timezone.localdate(owed.due_at) < today]
    if not (waiting or approved or overdue):
        return
    headline = _headline({"to review": len(waiting), "to publish": len(approved), "overdue": len(overdue)})
    late = [f"{owed.hisp}, {owed.quarter}, was due on {day(owed.due_at)}" for owed in overdue]
    facts = {"waiting": _some(waiting), "approved": _some(approved), "overdue": _some(late), "headline": headline}
    notices.digest(facts, today)


def _headline(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count)


def _lines(state: str) -> list[str]:
    found = Submission.objects.filter(state=state).select_related("hisp", "quarter").order_by("submitted_at")
    return [f"{each.hisp}, {each.quarter}, revision {each.revision}, since {_since(each)}" for each in found]


def _since(submission: Submission) -> str:
    moment = submission.reviewed_at or submission.submitted_at
    return day(moment) if moment else ""


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - _LISTED
    return lines if more <= 0 else [*lines[:_LISTED], f"and {more} more"]
