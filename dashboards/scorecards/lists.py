"""Every published quarter."""

from dataclasses import dataclass

from dashboards import formats, past, published
from dashboards.scorecards.parts import MethodChoice, Volume, combined_choices, query_of, volumes_of
from dashboards.scorecards.trends import Earlier, Trend, TrendRow, earlier, trend
from dashboards.surveys import Group
from reporting.models import Submission
from reporting.scoring import DEFAULT_METHOD, METHODS
from reporting.summed import QuarterSum


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
    earlier: Earlier
    rows: tuple[QuarterLine, ...]
    newest: str


def quarters_page(method: str) -> QuartersPage:
    """Every quarter with published figures, government-wide: the last six years, and the names of those before."""
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
        earlier=earlier(Submission.objects.all(), line),
        rows=tuple(_quarter_line(row, totals.get(row.quarter.fiscal)) for row in rows),
        newest=rows[0].quarter.label if rows else "",
    )


def _quarter_line(row: TrendRow, total: QuarterSum | None) -> QuarterLine:
    own = total or QuarterSum()
    surveys = own.every.surveys
    return QuarterLine(row, formats.count(own.reports), formats.count(surveys), volumes_of(own) if surveys else ())
