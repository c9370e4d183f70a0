"""Where each HISP of a quarter stands: its revisions, its due day, and the piles in which it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from hisps.models import Membership
from reporting import asked_corrections
from reporting.board import acts
from reporting.board.acts import Act
from reporting.fiscal import days_late
from reporting.models import Expectation, Mail, Quarter, Submission

State = Submission.State
REMINDER = "reminder"  # the kind of the mails of reporting/reminders.py
EXPECTED, MISSING, NOT_REPORTING, OVERDUE = "expected", "missing", "not_reporting", "overdue"
# A HISP is counted for its newest revision; as published, too, while a correction is under way; and as overdue.
PILES: dict[str, str] = {
    EXPECTED: "Expected",
    MISSING: "Nothing yet",
    **{state.value: str(state.label) for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED)},
    State.PUBLISHED.value: str(State.PUBLISHED.label),
    State.WITHDRAWN.value: str(State.WITHDRAWN.label),
    NOT_REPORTING: "Not reporting",
    OVERDUE: "Overdue",
}


@dataclass(frozen=True)
class Revision:
    """A submission in short."""

    pk: int
    number: int
    state: str
    submitted_at: datetime | None
    review_begun_at: datetime | None
    submitted_by: int | None
    uploaded_by: int | None
    asked: bool = False  # OMB asked for a correction of it
    published_in: Act | None = None
    ended_in: Act | None = None


@dataclass(frozen=True)
class Standing:
    """One HISP in one quarter. `expectation` is None for history; `revisions`, oldest first, is empty while nothing
    came; `reason` says why it has longer or why it will not report."""

    hisp: int
    name: str
    slug: str
    abbreviation: str
    department: str
    due_at: datetime
    now: datetime
    expectation: int | None = None
    extended: bool = False
    not_reporting: bool = False
    reason: str = ""
    has_reporter: bool = True
    can_be_reminded: bool = False  # somebody who reports for it has an address and was not reminded by hand today
    revisions: tuple[Revision, ...] = ()

    @property
    def latest(self) -> Revision | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def judged(self) -> Revision | None:
        """The newest revision that OMB has or had before it: a draft is nobody’s to judge."""
        return next((each for each in reversed(self.revisions) if each.state != State.DRAFT), None)

    @property
    def is_public(self) -> bool:
        return any(each.state == State.PUBLISHED for each in self.revisions)

    @property
    def is_asked(self) -> bool:
        """Whether OMB asked for a correction that is not published yet."""
        return any(each.asked for each in self.revisions)

    @property
    def is_returned(self) -> bool:
        """Whether OMB returned what came last: a newer draft is no answer yet, and a closed quarter takes one."""
        return self.judged is not None and self.judged.state == State.RETURNED

    @property
    def state(self) -> str:
        if self.not_reporting and self.judged is None:
            return NOT_REPORTING
        return self.latest.state if self.latest else MISSING

    @property
    def owes(self) -> bool:
        """Whether the next step toward a first publication is the reporter's."""
        waits = self.state in (MISSING, State.DRAFT, State.RETURNED)
        return waits and self.expectation is not None and not self.is_public

    @property
    def is_overdue(self) -> bool:
        return self.owes and self.due_at < self.now

    @property
    def days_to_go(self) -> int:
        """Whole days of the calendar in US Eastern; below 0 after the due day."""
        return (timezone.localdate(self.due_at) - timezone.localdate(self.now)).days

    @property
    def days_late(self) -> int:
        """Of what came, first: a correction is not late."""
        first = next((each.submitted_at for each in self.revisions if each.submitted_at), None)
        return days_late(first, self.due_at)

    @property
    def piles(self) -> frozenset[str]:
        also = {
            EXPECTED: self.expectation is not None,
            State.PUBLISHED.value: self.is_public,
            OVERDUE: self.is_overdue,
        }
        return frozenset({self.state, *(pile for pile, belongs in also.items() if belongs)})


def standings(quarters: Iterable[Quarter]) -> dict[int, list[Standing]]:
    """The HISPs of each quarter by name: who is expected, and who sent something. Two queries in all."""
    due = {quarter.pk: quarter.due_at for quarter in quarters}
    places: dict[tuple[int, int], dict[str, Any]] = {}
    for row in _expectations(due):
        places[row["quarter"], row["hisp"]] = _expected(row)
    for row in _submissions(due):
        place = places.setdefault((row["quarter"], row["hisp"]), _who(row))
        place["revisions"] = (*place.get("revisions", ()), _revision(row))
    now = timezone.now()
    found: dict[int, list[Standing]] = {pk: [] for pk in due}
    for (quarter, _), place in places.items():
        found[quarter].append(Standing(**{"due_at": due[quarter], "now": now, **place}))
    return {pk: sorted(each, key=lambda standing: standing.name.casefold()) for pk, each in found.items()}


def counts(standings: Iterable[Standing]) -> dict[str, int]:
    """How many HISPs are in each pile."""
    totals = dict.fromkeys(PILES, 0)
    for standing in standings:
        for pile in standing.piles & PILES.keys():
            totals[pile] += 1
    return totals


_WHO = ("quarter", "hisp", "hisp__name", "hisp__slug", "hisp__abbreviation", "hisp__department__name")


def _expectations(quarters: Iterable[int]) -> Any:
    reporters = Membership.objects.current().filter(hisp=OuterRef("hisp"))
    return (
        Expectation.objects.filter(quarter__in=list(quarters))
        .order_by()
        .values(
            "pk",
            "extended_to",
            "extension_reason",
            "not_reporting",
            "not_reporting_reason",
            *_WHO,
            has_reporter=Exists(reporters),
            can_be_reminded=Exists(reporters.exclude(user__email="").filter(~Exists(_reminded_today()))),
        )
    )


def _reminded_today() -> QuerySet[Mail]:
    """The reminder by hand to the person of a membership, about the HISP and quarter of an expectation."""
    about = {"hisp": OuterRef("hisp"), "quarter": OuterRef(OuterRef("quarter")), "person": OuterRef("user")}
    today = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
    return Mail.objects.filter(kind=REMINDER, created_at__gte=today, **about)


def _submissions(quarters: Iterable[int]) -> Any:
    columns = ["pk", "revision", "state", "submitted_at", "review_begun_at", "submitted_by", "uploaded_by"]
    columns += [f"{act}__{field}" for act in ("publication", "ended_in") for field in acts.FIELDS]
    asked = Exists(asked_corrections.standing().filter(submission=OuterRef("pk")))
    of_quarters = Submission.objects.filter(quarter__in=list(quarters)).order_by("revision")
    return of_quarters.values(*columns, *_WHO, asked=asked)


def _who(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "hisp": row["hisp"],
        "name": row["hisp__name"],
        "slug": row["hisp__slug"],
        "abbreviation": row["hisp__abbreviation"],
        "department": row["hisp__department__name"],
    }


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    own_day = {"due_at": row["extended_to"]} if row["extended_to"] else {}
    return {
        **_who(row),
        **own_day,
        "expectation": row["pk"],
        "extended": bool(own_day),
        "not_reporting": row["not_reporting"],
        "reason": row["not_reporting_reason"] if row["not_reporting"] else row["extension_reason"],
        "has_reporter": row["has_reporter"],
        "can_be_reminded": row["can_be_reminded"],
    }


def _revision(row: dict[str, Any]) -> Revision:
    return Revision(
        row["pk"],
        row["revision"],
        row["state"],
        row["submitted_at"],
        row["review_begun_at"],
        row["submitted_by"],
        row["uploaded_by"],
        row["asked"],
        acts.act(row, "publication"),
        acts.act(row, "ended_in"),
    )
