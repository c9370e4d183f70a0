"""Scores over quarters: those that a page shows, and the names of those before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from dashboards.past import MOST_QUARTERS
from dashboards.scorecards.parts import QuarterLink, link
from dashboards.scores import ScoreText, combined, score
from dashboards.surveys import Group
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission


@dataclass(frozen=True)
class TrendRow:
    """One quarter of a trend; without figures `scores` hold only why."""

    quarter: QuarterLink
    published: bool
    scores: tuple[ScoreText, ...]  # combined, then the domains shown


@dataclass(frozen=True)
class Trend:
    """Quarters from the first to the last, those without figures included."""

    rows: tuple[TrendRow, ...]  # newest first

    @property
    def columns(self) -> int:
        """Of its table, beside the quarter: the scores, the change and the change over the same surveys."""
        return len(self.rows[0].scores) + 2


def trend(by_quarter: Mapping[FiscalQuarter, Group], method: str, slugs: Sequence[str] | None = None) -> Trend:
    """`slugs`: the domains to follow; None is the combined score and all seven."""
    quarters = every_quarter(by_quarter)
    rows = []
    for quarter in quarters:
        surveys = by_quarter.get(quarter, Group())
        before = by_quarter.get(quarter.previous)
        scores = _scores(surveys, method, before, slugs, "" if quarter in by_quarter else "not_published")
        rows.append(TrendRow(link(quarter), quarter in by_quarter, scores))
    return Trend(tuple(reversed(rows)))


def every_quarter(known: Iterable[FiscalQuarter]) -> list[FiscalQuarter]:
    """From the first to the last, with those between; the last six years at most."""
    ordered = sorted(known)
    quarters = [ordered[-1]]
    while quarters[0] > ordered[0] and len(quarters) < MOST_QUARTERS:
        quarters.insert(0, quarters[0].previous)
    return quarters


def _scores(
    surveys: Group,
    method: str,
    before: Group | None,
    slugs: Sequence[str] | None,
    missing: str,
) -> tuple[ScoreText, ...]:
    if slugs is not None:
        return tuple(score(surveys, slug, method, before, missing) for slug in slugs)
    result = combined(surveys, method, before, missing)
    return (result.score, *result.domains)


_MOST_EARLIER = 40  # ten years of them
Earlier = tuple[tuple[str, tuple[QuarterLink, ...]], ...]  # by fiscal year, newest first: what a trend has no room for


def earlier(of: "QuerySet[Submission]", shown: Trend | None) -> Earlier:
    """The newest quarters in which these submissions are published before the first that the trend shows; the pages of
    those lead on to what lies further back. 1 query."""
    if shown is None:
        return ()
    first = shown.rows[-1].quarter.fiscal
    places = of.filter(state=Submission.State.PUBLISHED).filter(
        Q(quarter__fiscal_year__lt=first.fiscal_year)
        | Q(quarter__fiscal_year=first.fiscal_year, quarter__number__lt=first.number)
    )
    columns = ("quarter__fiscal_year", "quarter__number")
    newest = places.values_list(*columns).distinct().order_by(*columns).reverse()[:_MOST_EARLIER]
    quarters = [FiscalQuarter(*one) for one in newest]
    by_year = groupby(quarters, key=lambda one: one.fiscal_year)
    return tuple((f"FY{year}", tuple(map(link, own))) for year, own in by_year)


def with_scores(rows: Sequence[TrendRow]) -> Sequence[TrendRow]:
    """From the first quarter that has a score of any kind; all where none has."""
    first = next((i for i, row in enumerate(rows) if any(one.value is not None for one in row.scores)), 0)
    return rows[first:]
