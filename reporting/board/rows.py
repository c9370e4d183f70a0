"""One row of the board in the words that the page shows: what came of a HISP, what is open in it, what happened last.
Read for a page of rows at a time, in eight queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.urls import reverse

from hisps.models import Service
from reporting import open_comments
from reporting.board.standing import NOT_REPORTING, PILES, Standing
from reporting.board.turns import Turn
from reporting.figures import contents_of
from reporting.indicator import JUDGED, Indicator, indicator
from reporting.models import (
    DomainResult,
    Event,
    IndexScore,
    OperationalMetric,
    Quarter,
    Submission,
    TouchpointReport,
)
from reporting.workbook.cells import EXPLAIN

State = Submission.State


@dataclass(frozen=True)
class Row:
    """`is_open`: the quarter is. `url`: the page of the newest revision. `missing`: designated services without
    figures. `explained` and `unexplained`: findings that need a sentence from the reporter."""

    standing: Standing
    turn: Turn
    is_open: bool
    state: str
    note: str
    url: str
    services: str
    missing: tuple[str, ...]
    indicator: Indicator | None
    reasons: tuple[str, ...]
    set_in_review: bool
    due: str
    explained: int
    unexplained: int
    comments: int
    last: Any

    @property
    def may_stay_out(self) -> bool:
        """Whether the HISP can be marked as not reporting: nothing of it was ever submitted."""
        return self.standing.owes and self.standing.judged is None

    @property
    def can_wait(self) -> bool:
        """Whether more time can be given and makes a difference: figures are owed, or came late and nobody has decided
        on them yet."""
        standing = self.standing
        undecided = standing.state == State.SUBMITTED and standing.expectation is not None and not standing.is_public
        return self.is_open and (standing.owes or (undecided and standing.days_late > 0))


def rows(quarter: Quarter, placed: Sequence[tuple[Standing, Turn]]) -> list[Row]:
    submissions = _submissions(standing for standing, _ in placed)
    hisps = [standing.hisp for standing, _ in placed]
    services, last = _services(quarter, hisps), _last_events(quarter, hisps)
    return [
        _row(standing, turn, quarter.is_open, submissions, services.get(standing.hisp, {}), last.get(standing.hisp))
        for standing, turn in placed
    ]


def _row(
    standing: Standing,
    turn: Turn,
    is_open: bool,
    submissions: Mapping[int, Any],
    services: Mapping[int, str],
    last: Event | None,
) -> Row:
    latest = submissions.get(standing.latest.pk) if standing.latest else None
    judged = submissions.get(standing.judged.pk) if standing.judged else None
    reported = _reported(latest) if latest else set()
    rated = _indicator(standing, judged)
    return Row(
        standing=standing,
        turn=turn,
        is_open=is_open,
        state=_state(standing),
        note=_note(standing),
        url=reverse("admin:reporting_submission_change", args=[latest.pk]) if latest else "",
        services=_count_of_services(len(services), len(reported & services.keys()) if latest else None),
        missing=tuple(name for pk, name in services.items() if pk not in reported) if latest else (),
        indicator=rated,
        reasons=rated.reasons if rated and judged else (),
        set_in_review=bool(judged and judged.indicator_override),
        due=_due(standing),
        explained=latest.explained if latest else 0,
        unexplained=latest.unexplained if latest else 0,
        comments=latest.open_comments if latest else 0,
        last=last,
    )


def _submissions(standings: Iterable[Standing]) -> dict[int, Any]:
    """The newest revision of each, and the newest that was submitted, with what the indicator looks at."""
    wanted = {each.pk for standing in standings for each in (standing.latest, standing.judged) if each}
    needs_words, has_none = Q(findings__severity=EXPLAIN), Q(findings__explanation="")
    found = (
        Submission.objects.filter(pk__in=wanted)
        .order_by()
        .annotate(
            explained=Count("findings", filter=needs_words & ~has_none),
            unexplained=Count("findings", filter=needs_words & has_none),
            open_comments=open_comments.count(),
        )
        .prefetch_related(
            Prefetch("reports", TouchpointReport.objects.select_related("service")),
            Prefetch("reports__results", DomainResult.objects.filter(domain__in=JUDGED)),
            Prefetch("metrics", OperationalMetric.objects.select_related("service")),
            Prefetch("indexes", IndexScore.objects.select_related("service")),
        )
    )
    return {submission.pk: submission for submission in found}


def _reported(submission: Any) -> set[int]:
    figures = [*submission.reports.all(), *submission.metrics.all(), *submission.indexes.all()]
    return {each.service_id for each in figures if each.service_id}


def _indicator(standing: Standing, judged: Any) -> Indicator | None:
    """None for a HISP that will not report: nothing is due."""
    if standing.state == NOT_REPORTING:
        return None
    if judged is None:
        return indicator(None, is_due=standing.due_at < standing.now)
    if judged.indicator_override:
        return Indicator(judged.indicator_override, (judged.indicator_reason,))
    return indicator(contents_of(judged))


def _services(quarter: Quarter, hisps: Sequence[int]) -> dict[int, dict[int, str]]:
    """The services that were designated in the quarter, by HISP: names by key."""
    designated = Service.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=quarter.fiscal.first_day), hisp__in=hisps
    )
    found: dict[int, dict[int, str]] = {}
    for hisp, pk, name in designated.values_list("hisp", "pk", "name"):
        found.setdefault(hisp, {})[pk] = name
    return found


def _last_events(quarter: Quarter, hisps: Sequence[int]) -> dict[int, Event]:
    """What happened last to each HISP; events are only ever appended, so the highest number is the newest."""
    of_each = Event.objects.filter(quarter=quarter, hisp__in=hisps).order_by().values("hisp")
    newest = of_each.annotate(newest=Max("pk")).values("newest")
    found = Event.objects.filter(pk__in=newest).order_by().select_related("by")
    return {event.hisp_id: event for event in found if event.hisp_id}


def _state(standing: Standing) -> str:
    latest = standing.latest
    if latest is None or standing.state == NOT_REPORTING:
        return PILES[standing.state]
    begun = latest.state == State.SUBMITTED and latest.review_begun_at
    return "In review" if begun else str(State(latest.state).label)


def _note(standing: Standing) -> str:
    """What the state of the newest revision does not tell."""
    latest = standing.latest
    if standing.not_reporting:
        return standing.reason
    if latest is None or latest.number == 1 or latest.state == State.PUBLISHED:
        return ""
    return f"Revision {latest.number}" + (", a correction of what is public" if standing.is_public else "")


def _count_of_services(designated: int, reported: int | None) -> str:
    if not designated:
        return "No services listed"
    words = f"{designated} service{'' if designated == 1 else 's'}"
    return words if reported is None else f"{reported} of {words} with figures"


def _due(standing: Standing) -> str:
    """How the due day compares with today, or with the day on which the figures came."""
    if standing.state == NOT_REPORTING:
        return ""
    if standing.judged and not standing.owes:
        late = standing.days_late
        return f"{_days(late)} late" if late else "came in time"
    days = standing.days_to_go
    if standing.is_overdue:
        return f"{_days(max(-days, 1))} past due"
    return "due today" if days == 0 else f"in {_days(days)}"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
