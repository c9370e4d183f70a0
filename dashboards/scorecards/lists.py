"""The lists: every HISP by department, and every published quarter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboards import charts, formats, past, published
from dashboards.published import Published
from dashboards.scorecards.parts import (
    MethodChoice,
    QuarterLink,
    Trend,
    TrendRow,
    Volume,
    combined_choices,
    every_quarter,
    link,
    published_quarters,
    query_of,
    trend,
    volumes_of,
)
from dashboards.scores import ScoreText, combined
from dashboards.surveys import Group
from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS
from reporting.summed import QuarterSum

_RECENT = 8  # quarters of a sparkline


@dataclass(frozen=True)
class HispLine:
    """A HISP with its newest score; `quarter` is None when nothing recent is published."""

    slug: str
    name: str
    abbreviation: str
    quarter: QuarterLink | None
    score: ScoreText | None
    line: charts.Svg | None


@dataclass(frozen=True)
class HispsPage:
    departments: tuple[tuple[str, tuple[HispLine, ...]], ...]
    number: str
    method: str
    span: str


def hisps_page() -> HispsPage:
    """Every HISP there is or was, by department."""
    quarters = published_quarters()[:_RECENT]
    of: dict[str, list[Published]] = defaultdict(list)
    for one in published.read(published.for_quarters(quarters)):
        of[one.hisp.slug].append(one)
    stored = Hisp.objects.select_related("department").order_by("department__name", "name")
    groups = groupby(stored, key=lambda hisp: hisp.department.name)
    low = charts.lowest_gridline(one.surveys.mean_of_domains() for each in of.values() for one in each)
    departments = tuple(
        (name, tuple(_line(hisp, of[hisp.slug], quarters, low) for hisp in hisps)) for name, hisps in groups
    )
    return HispsPage(
        departments=departments,
        number=formats.counted(sum(len(lines) for _, lines in departments), "provider"),
        method=METHODS[DEFAULT_METHOD].name,
        span=f"{quarters[-1].label} to {quarters[0].label}" if quarters else "",
    )


def _line(hisp: Hisp, submissions: Sequence[Published], quarters: Sequence[FiscalQuarter], low: float) -> HispLine:
    if not submissions:
        return HispLine(hisp.slug, hisp.name, hisp.abbreviation, None, None, None)
    scores = {one.quarter: one.surveys.mean_of_domains() for one in submissions}
    points = [
        charts.Point(quarter.label, scores.get(quarter), formats.score(scores.get(quarter)))
        for quarter in every_quarter(quarters)
    ]
    newest = submissions[-1]
    return HispLine(
        slug=hisp.slug,
        name=hisp.name,
        abbreviation=hisp.abbreviation,
        quarter=link(newest.quarter),
        score=combined(newest.surveys).score,
        line=charts.sparkline(points, f"Combined score of {hisp.name}", low),
    )


@dataclass(frozen=True)
class QuarterLine:
    row: TrendRow
    hisps: str
    surveys: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True)
class QuartersPage:
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    trend: Trend | None  # None while nothing is published
    rows: tuple[QuarterLine, ...]
    newest: str


def quarters_page(method: str) -> QuartersPage:
    """Every quarter with published figures, government-wide."""
    totals = past.totals()
    known = past.groups(totals) if method == DEFAULT_METHOD else past.government(method)
    line = trend(known, method) if known else None
    newest = past.by_quarter(published.read(published.for_quarters([max(known)]))) if known else {}
    rows = line.rows if line else ()
    return QuartersPage(
        methods=combined_choices(next(iter(newest.values()), Group()), method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        trend=line,
        rows=tuple(_quarter_line(row, totals.get(row.quarter.fiscal)) for row in rows),
        newest=rows[0].quarter.label if rows else "",
    )


def _quarter_line(row: TrendRow, total: QuarterSum | None) -> QuarterLine:
    own = total or QuarterSum()
    surveys = own.every.surveys
    return QuarterLine(row, formats.count(own.reports), formats.count(surveys), volumes_of(own) if surveys else ())
