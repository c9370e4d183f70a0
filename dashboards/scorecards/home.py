"""The page the public sees first: the latest quarter, what stands out in it, and the government over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from dashboards import formats, past, published
from dashboards.scorecards.highlights import Highlights, highlights
from dashboards.scorecards.quarter import QuarterPage, before, page_of
from dashboards.scorecards.reported import withdrawn_rows
from dashboards.scorecards.standing import RECENT, standings
from dashboards.scorecards.trends import Trend, trend
from hisps.models import Hisp
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
    known = standings(RECENT)
    if not known:
        return None
    quarter, older = known[0].quarter, before(known[0].quarter, known)
    figures = published.read(published.for_quarters(filter(None, [quarter, older])))
    page = page_of(quarter, known, figures, withdrawn_rows(quarter), method)
    now = [one for one in figures if one.quarter == quarter]
    return HomePage(
        latest=page,
        highlights=highlights(
            now,
            [one for one in figures if one.quarter == older],
            _published_before(quarter, now),
            page.result.domains,
            method,
            complete=known[0].complete,
        ),
        corrections=_corrections_since(min(one.publication for one in now)),
        trend=trend(past.government(method), method),
    )


def _published_before(quarter: FiscalQuarter, now: Sequence[published.Published]) -> list[str]:
    """Those of these HISPs that have figures in any quarter before. 1 query, which looks for one of each."""
    earlier = Q(quarter__fiscal_year__lt=quarter.fiscal_year) | Q(
        quarter__fiscal_year=quarter.fiscal_year, quarter__number__lt=quarter.number
    )
    any_of_its = Submission.objects.published().filter(earlier, hisp=OuterRef("pk"))
    told = Hisp.objects.filter(slug__in=[one.hisp.slug for one in now])
    return list(told.filter(Exists(any_of_its)).values_list("slug", flat=True))


def _corrections_since(publication: int) -> str:
    """1 query."""
    number = Submission.objects.filter(ended_in__number__gt=publication).count()
    return formats.counted(number, "correction") if number else ""
