"""A designated service over time, with its surveys of the latest quarter."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import concentration, past, published, remarks
from dashboards.published import Published
from dashboards.remarks import Remarks
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    Scales,
    SurveyCard,
    Volumes,
    combined_choices,
    link,
    query_of,
    scales_of,
    survey_card,
    volumes,
)
from dashboards.scorecards.trends import Earlier, Trend, earlier, trend
from dashboards.scores import Combined, combined
from dashboards.surveys import Group
from hisps.models import Service
from reporting.models import Submission
from reporting.scoring import METHODS


@dataclass(frozen=True)
class ServicePage:
    slug: str
    name: str
    hisp_slug: str
    hisp: str
    department: str
    department_slug: str
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    latest: QuarterLink | None  # None while nothing is published; then the rest is empty
    before: QuarterLink | None  # the quarter with figures before
    result: Combined | None
    weight: str
    scales: Scales | None
    volumes: Volumes
    trend: Trend | None
    earlier: Earlier
    surveys: tuple[SurveyCard, ...]


def service_page(slug: str, method: str) -> ServicePage:
    """Raises Missing when there is no such service."""
    try:
        service = Service.objects.select_related("hisp__department").get(slug=slug)
    except Service.DoesNotExist:
        raise Missing(f"There is no service “{slug}”.") from None
    reported = Submission.objects.filter(hisp=service.hisp_id, reports__service=service).distinct()
    submissions = published.read(past.recent(reported))
    by_quarter = {
        one.quarter: one.surveys.part([survey for survey in one.surveys if survey.service == slug])
        for one in submissions
    }
    latest = max(by_quarter, default=None)
    before = max((quarter for quarter in by_quarter if quarter != latest), default=None)
    told = _remarks(submissions)
    surveys = by_quarter[latest] if latest else Group()
    line = trend(by_quarter, method) if by_quarter else None
    return ServicePage(
        slug=service.slug,
        name=service.name,
        hisp_slug=service.hisp.slug,
        hisp=service.hisp.name,
        department=service.hisp.department.name,
        department_slug=service.hisp.department.slug,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        latest=link(latest) if latest else None,
        before=link(before) if before else None,
        result=combined(surveys, method, by_quarter[before] if before else None) if surveys else None,
        weight=concentration.sentence(surveys),
        scales=scales_of(surveys),
        volumes=volumes([one.survey for one in surveys]),
        trend=line,
        earlier=earlier(reported, line),
        surveys=tuple(survey_card(one, told) for one in surveys),
    )


def _remarks(submissions: Sequence[Published]) -> Remarks:
    """On the latest quarter."""
    if not submissions:
        return {}
    latest = submissions[-1]
    before = next((one for one in submissions if one.quarter == latest.quarter.previous), None)
    return remarks.remarks(latest, before)
