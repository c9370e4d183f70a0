"""Opening and closing quarters, and what each HISP owes for them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hisps.models import Hisp
from reporting import events, notices
from reporting.fiscal import FiscalQuarter, end_of_day_eastern
from reporting.models import Expectation, Quarter
from reporting.transitions import NotAllowed, Refused

PERMISSION = "reporting.open_quarter"
_OF_A_QUARTER = ("opened_at", "due_at", "closed_at")  # what the log keeps of them
_LONGEST_EXTENSION = timedelta(days=366)  # what is longer is a slip of the year
_OF_AN_EXPECTATION = ("extended_to", "not_reporting")


@transaction.atomic
def open_quarter(fiscal: FiscalQuarter, *, by: Any) -> tuple[Quarter, list[Hisp]]:
    """Opens a quarter and expects figures from every HISP designated in it. Safe to repeat: it then adds only HISPs
    designated since. Returns the quarter and the newly expected HISPs. `by=None`: from the shell."""
    _refuse_stranger(by)
    if fiscal.first_day > timezone.localdate():
        raise Refused(f"{fiscal} begins on {fiscal.first_day:%B %-d, %Y}. It can be opened from that day.")
    quarter, _ = Quarter.objects.select_for_update(no_key=True).get_or_create(
        fiscal_year=fiscal.fiscal_year, number=fiscal.number, defaults={"due_at": fiscal.due_at}
    )
    if quarter.closed_at is not None:
        raise Refused(f"{quarter} is closed. Reopen it first.")
    before, is_new = events.facts(quarter, _OF_A_QUARTER), quarter.opened_at is None
    if is_new:
        quarter.opened_at = timezone.now()
        quarter.save(update_fields=["opened_at"])
    already = set(quarter.expectations.values_list("hisp_id", flat=True))
    added = [h for h in Hisp.objects.designated(fiscal.first_day, fiscal.last_day) if h.pk not in already]
    Expectation.objects.bulk_create(Expectation(quarter=quarter, hisp=hisp) for hisp in added)
    notices.opened(quarter, added)
    if is_new or added:
        _append(quarter, "open_quarter" if is_new else "expect_more", by, before, expected=[h.slug for h in added])
    return quarter, added


def why_not_closed(quarter: Quarter) -> str:
    """The sentence that refuses to close it; empty where it can be."""
    if quarter.opened_at is None:
        return f"{quarter} was never opened here, so there is nothing to close."
    return "" if quarter.is_open else f"{quarter} is closed already."


def why_not_reopened(quarter: Quarter) -> str:
    if quarter.opened_at is None:
        return f"{quarter} was never opened here, so it is not closed. Open it first."
    return f"{quarter} is not closed: it takes figures now." if quarter.is_open else ""


@transaction.atomic
def close_quarter(quarter: Quarter, *, by: Any) -> Quarter:
    _refuse_stranger(by)
    locked = Quarter.objects.select_for_update(no_key=True).get(pk=quarter.pk)
    if why_not := why_not_closed(locked):
        raise Refused(why_not)
    before = events.facts(locked, _OF_A_QUARTER)
    locked.closed_at = max(timezone.now(), (locked.opened_at or locked.due_at) + timedelta(microseconds=1))
    locked.save(update_fields=["closed_at"])
    _append(locked, "close_quarter", by, before)
    return locked


@transaction.atomic
def reopen_quarter(quarter: Quarter, *, by: Any, reason: str) -> Quarter:
    _refuse_stranger(by)
    locked = Quarter.objects.select_for_update(no_key=True).get(pk=quarter.pk)
    if why_not := why_not_reopened(locked):
        raise Refused(why_not)
    before = events.facts(locked, _OF_A_QUARTER)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    _append(locked, "reopen_quarter", by, before, _reason(reason))
    return locked


def why_not_extended(expectation: Expectation) -> str:
    """The sentence that refuses more time whatever the day; empty where it makes a difference."""
    hisp, quarter = expectation.hisp, expectation.quarter
    if quarter.closed_at is not None:
        return f"{quarter} is closed, so {hisp} cannot get more time for it. Reopen the quarter first."
    if expectation.not_reporting:
        return f"{hisp} is marked as not reporting for {quarter}. Expect it again first, then give it more time."
    return ""


@transaction.atomic
def extend(expectation: Expectation, *, by: Any, to: date, reason: str) -> Expectation:
    """Gives one HISP until the end of a later day, US Eastern."""
    _refuse_stranger(by)
    locked = Expectation.objects.select_for_update(no_key=True).get(pk=expectation.pk)
    if why_not := why_not_extended(locked):
        raise Refused(why_not)
    due = timezone.localdate(locked.quarter.due_at)
    if to <= due:
        raise Refused(f"The new due day must be after {due:%B %-d, %Y}.")
    if to > due + _LONGEST_EXTENSION:
        raise Refused(f"The new due day must be within a year of {due:%B %-d, %Y}.")
    extended_to = end_of_day_eastern(to)
    before = events.facts(locked, _OF_AN_EXPECTATION)
    locked.extended_to, locked.extension_reason = extended_to, _reason(reason)
    locked.save(update_fields=["extended_to", "extension_reason"])
    notices.extended(locked)
    _append(locked, "extend", by, before, f"Until {to:%B %-d, %Y}. {locked.extension_reason}")
    return locked


@transaction.atomic
def extend_several(expectations: Iterable[Expectation], *, by: Any, to: date, reason: str) -> list[Expectation]:
    """All of them, or none when one is refused. The rows are locked first: an act records after all its locks."""
    wanted = Expectation.objects.filter(pk__in=[each.pk for each in expectations])
    locked = list(wanted.select_for_update(no_key=True, of=("self",)).select_related("quarter", "hisp").order_by("pk"))
    return [extend(each, by=by, to=to, reason=reason) for each in locked]


@transaction.atomic
def mark_not_reporting(expectation: Expectation, *, by: Any, reason: str) -> Expectation:
    """Records that a HISP will not report this quarter, and why. Refused once something was submitted."""
    _refuse_stranger(by)
    locked = Expectation.objects.select_for_update(no_key=True).get(pk=expectation.pk)
    if locked.hisp.submissions.filter(quarter=locked.quarter).exclude(state="draft").exists():
        raise Refused(f"{locked.hisp} has already submitted figures for {locked.quarter}.")
    before = events.facts(locked, _OF_AN_EXPECTATION)
    locked.not_reporting, locked.not_reporting_reason = True, _reason(reason)
    locked.save(update_fields=["not_reporting", "not_reporting_reason"])
    notices.not_reporting(locked)
    _append(locked, "mark_not_reporting", by, before, locked.not_reporting_reason)
    return locked


@transaction.atomic
def expect_again(expectation: Expectation, *, by: Any, reason: str) -> Expectation:
    """Takes back that a HISP will not report: it may send figures again. The reason is kept in the event."""
    _refuse_stranger(by)
    locked = Expectation.objects.select_for_update(no_key=True).get(pk=expectation.pk)
    if not locked.not_reporting:
        raise Refused(f"{locked.hisp} is expected to report for {locked.quarter} already.")
    reason, before = _reason(reason), events.facts(locked, _OF_AN_EXPECTATION)
    locked.not_reporting, locked.not_reporting_reason = False, ""
    locked.save(update_fields=["not_reporting", "not_reporting_reason"])
    notices.expected_again(locked, reason)
    _append(locked, "expect_again", by, before, reason)
    return locked


def _append(
    changed: Quarter | Expectation, transition: str, by: Any, before: dict[str, Any], note: str = "", **more: Any
) -> None:
    place = (
        {"quarter": changed} if isinstance(changed, Quarter) else {"quarter": changed.quarter, "hisp": changed.hisp}
    )
    after = events.facts(changed, before)
    events.record(transition, **place, by=by, note=note, before=before, after={**after, **more})


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused("Please give a reason.")
    return text.strip()


def _refuse_stranger(by: Any) -> None:
    if by is not None and not by.has_perm(PERMISSION):
        raise NotAllowed("Your role does not include opening, closing or extending quarters.")
