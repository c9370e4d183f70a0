"""Who reported for a quarter, and why figures of others are not there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from dashboards import formats, providers, revisions, rows
from dashboards.providers import Row, Rows
from dashboards.published import Published
from dashboards.revisions import Former
from dashboards.scorecards.parts import volumes
from dashboards.scorecards.standing import AWAITED, LATE, NOT_REPORTING, ON_TIME, WITHDRAWN
from dashboards.scores import Combined, combined
from reporting.fiscal import FiscalQuarter
from reporting.indicator import GREY, RED, WORDS, Indicator
from reporting.models import Expectation, Submission


@dataclass(frozen=True)
class HispRow:
    """One HISP of a quarter. Without published figures `reason` says why and `result` is None."""

    slug: str
    name: str
    department: str
    result: Combined | None = None
    rate: str = ""
    indicator: Indicator | None = None
    reason: str = ""
    standing: str = AWAITED

    @property
    def late(self) -> bool:
        return self.standing == LATE

    @property
    def withdrawn(self) -> bool:
        return self.standing == WITHDRAWN


@dataclass(frozen=True)
class Marked:
    """The HISPs whose report has one submission mark; `rows` where the mark has reasons to tell."""

    indicator: Indicator
    number: str
    rows: tuple[HispRow, ...]


def withdrawn_rows(quarter: FiscalQuarter) -> list[HispRow]:
    return [_withdrawn_row(one) for one in revisions.withdrawn(Submission.objects.for_quarter(quarter))]


def rows_of(
    quarter: FiscalQuarter, submissions: Sequence[Published], withdrawn: Sequence[HispRow], method: str
) -> tuple[HispRow, ...]:
    """Every HISP that is published or owes figures, by name."""
    told = {one.hisp.slug for one in submissions}
    others = {row.slug: row for row in (*_missing(quarter), *withdrawn) if row.slug not in told}.values()
    return tuple(sorted((*(row_of(one, method) for one in submissions), *others), key=lambda row: row.name))


def marks(all_rows: Sequence[HispRow]) -> tuple[Marked, ...]:
    by_color: dict[str, list[HispRow]] = {}
    for row in all_rows:
        if row.indicator:
            by_color.setdefault(row.indicator.color, []).append(row)
    return tuple(
        Marked(
            Indicator(color),
            formats.count(len(own)),
            tuple(row for row in own if row.indicator and row.indicator.reasons),
        )
        for color in WORDS
        if (own := by_color.get(color, []))
    )


def row_of(one: Published, method: str) -> HispRow:
    return HispRow(
        slug=one.hisp.slug,
        name=one.hisp.name,
        department=one.hisp.department,
        result=combined(one.surveys, method),
        rate=volumes([survey.survey for survey in one.surveys])[-1].text,
        indicator=one.indicator,
        standing=LATE if one.days_late else ON_TIME,
    )


def _missing(quarter: FiscalQuarter) -> list[HispRow]:
    """Every HISP that owes figures for the quarter, with the reason why none would be there."""
    expected = Expectation.objects.filter(quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number)
    return [_missing_row(own, quarter) for own in providers.each(rows.expectations(expected))]


def _withdrawn_row(one: Former) -> HispRow:
    reason = f"Withdrawn on {formats.day(one.ended_at)}: {one.note}"
    return HispRow(one.hisp.slug, one.hisp.name, one.hisp.department, reason=reason, standing=WITHDRAWN)


def _missing_row(own: Rows, quarter: FiscalQuarter) -> HispRow:
    hisp, reason, indicator = providers.provider(own, quarter), *_why_missing(own[0])
    standing = NOT_REPORTING if own[0]["not_reporting"] else AWAITED
    return HispRow(hisp.slug, hisp.name, hisp.department, indicator=indicator, reason=reason, standing=standing)


def _why_missing(expectation: Row) -> tuple[str, Indicator | None]:
    """In a kind of “no data”. That figures were returned is between OMB and the provider: they are under review."""
    if expectation["not_reporting"]:
        return f"Not reporting: {expectation['not_reporting_reason']}", Indicator(RED)
    if expectation["in_review"]:
        return formats.reason("under_review"), None
    if (expectation["extended_to"] or expectation["quarter__due_at"]) > timezone.now():
        return formats.reason("not_due"), Indicator(GREY)
    return formats.reason("not_submitted"), Indicator(RED)
