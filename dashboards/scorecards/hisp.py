"""A HISP over time."""

from dataclasses import dataclass

from dashboards import concentration, formats, past, published, revisions
from dashboards.published import Published
from dashboards.scorecards.operations import IndexCard, indexes_of
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    Scales,
    Volumes,
    combined_choices,
    link,
    query_of,
    scales_of,
    volumes,
)
from dashboards.scorecards.trends import Earlier, Trend, earlier, trend
from dashboards.scores import Combined, combined
from dashboards.surveys import Group
from hisps.models import Hisp, Service
from reporting.models import Submission
from reporting.scoring import METHODS


@dataclass(frozen=True)
class ServiceLine:
    """A service of the HISP; `result` is None when the latest quarter has no survey of it."""

    slug: str
    name: str
    surveys: str
    result: Combined | None


@dataclass(frozen=True)
class Withdrawal:
    quarter: QuarterLink
    on: str
    note: str


@dataclass(frozen=True)
class HispPage:
    slug: str
    name: str
    abbreviation: str
    department: str
    department_slug: str
    mission: str
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    latest: QuarterLink | None  # None while nothing is published; then the rest is empty
    before: QuarterLink | None  # the quarter with figures before
    result: Combined | None
    volumes: Volumes
    surveys: str
    weight: str
    scales: Scales | None
    index_quarter: QuarterLink | None  # the newest with index scores
    indexes: tuple[IndexCard, ...]
    trend: Trend | None
    earlier: Earlier
    services: tuple[ServiceLine, ...]
    withdrawn: tuple[Withdrawal, ...]


def hisp_page(slug: str, method: str) -> HispPage:
    """Raises Missing when there is no such HISP. 9 queries."""
    hisp = stored_hisp(slug)
    of = Submission.objects.filter(hisp=hisp)
    submissions = published.read(past.recent(of), operations=True)
    latest = submissions[-1] if submissions else None
    before = submissions[-2] if len(submissions) > 1 else None
    surveys = latest.surveys if latest else Group()
    indexed = next((one for one in reversed(submissions) if one.indexes), None)
    line = trend({one.quarter: one.surveys for one in submissions}, method) if submissions else None
    return HispPage(
        slug=hisp.slug,
        name=hisp.name,
        abbreviation=hisp.abbreviation,
        department=hisp.department.name,
        department_slug=hisp.department.slug,
        mission=hisp.mission,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        latest=link(latest.quarter) if latest else None,
        before=link(before.quarter) if before else None,
        result=combined(surveys, method, before.surveys if before else None) if latest else None,
        volumes=volumes([one.survey for one in surveys]),
        surveys=formats.count(len(surveys)),
        weight=concentration.sentence(surveys),
        scales=scales_of(surveys),
        index_quarter=link(indexed.quarter) if indexed else None,
        indexes=indexes_of(indexed, submissions) if indexed else (),
        trend=line,
        earlier=earlier(of, line),
        services=_services(hisp, latest, method),
        withdrawn=tuple(
            Withdrawal(link(one.quarter), formats.day(one.ended_at), one.note)
            for one in reversed(revisions.withdrawn(of))
        ),
    )


def stored_hisp(slug: str) -> Hisp:
    """Raises Missing."""
    try:
        return Hisp.objects.select_related("department").get(slug=slug)
    except Hisp.DoesNotExist:
        raise Missing(f"There is no HISP “{slug}”.") from None


def _services(hisp: Hisp, latest: Published | None, method: str) -> tuple[ServiceLine, ...]:
    lines = []
    for slug, name in Service.objects.filter(hisp=hisp).values_list("slug", "name"):
        surveys = latest.surveys.part([one for one in latest.surveys if one.service == slug]) if latest else Group()
        result = combined(surveys, method) if surveys else None
        lines.append(ServiceLine(slug, name, formats.counted(len(surveys), "survey"), result))
    return tuple(lines)
