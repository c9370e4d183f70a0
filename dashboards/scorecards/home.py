"""The page the public sees first: the latest quarter, what stands out in it, and the government over time."""

from dataclasses import dataclass

from django.db.models import Q

from dashboards import formats, published
from dashboards.scorecards.highlights import Highlights, highlights
from dashboards.scorecards.parts import MOST_QUARTERS, Trend, groups_by_quarter, trend
from dashboards.scorecards.quarter import QuarterPage, before, page_of
from dashboards.scorecards.reported import withdrawn_rows
from dashboards.scorecards.standing import standings
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission


@dataclass(frozen=True)
class HomePage:
    latest: QuarterPage
    highlights: Highlights
    corrections: str  # how many since the quarter was first published; empty for none
    trend: Trend


def home_page(method: str) -> HomePage | None:
    """None while nothing is published."""
    known = standings()
    if not known:
        return None
    quarter, older = known[0].quarter, before(known[0].quarter, known)
    figures = published.read(published.for_quarters(one.quarter for one in known[:MOST_QUARTERS]))
    page = page_of(quarter, known, figures, withdrawn_rows(quarter), method)
    now = [one for one in figures if one.quarter == quarter]
    return HomePage(
        latest=page,
        highlights=highlights(
            now,
            [one for one in figures if one.quarter == older],
            _published_before(quarter),
            page.result.domains,
            method,
            complete=known[0].complete,
        ),
        corrections=_corrections_since(min(one.publication for one in now)),
        trend=trend(groups_by_quarter(figures), method),
    )


def _published_before(quarter: FiscalQuarter) -> list[str]:
    """HISPs with figures in any quarter before. 1 query."""
    earlier = Q(quarter__fiscal_year__lt=quarter.fiscal_year) | Q(
        quarter__fiscal_year=quarter.fiscal_year, quarter__number__lt=quarter.number
    )
    return list(Submission.objects.published().filter(earlier).values_list("hisp__slug", flat=True).distinct())


def _corrections_since(publication: int) -> str:
    """1 query."""
    number = Submission.objects.filter(ended_in__number__gt=publication).count()
    return formats.counted(number, "correction") if number else ""
