"""One domain: government-wide over time, and every HISP in the latest quarter."""

from dataclasses import dataclass

from dashboards import past, published
from dashboards.published import Published
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    domain_links,
    is_domain,
    link,
    method_choices,
    query_of,
)
from dashboards.scorecards.standing import RECENT, SoFar, not_yet, standings
from dashboards.scorecards.trends import Trend, trend
from dashboards.scores import ScoreText, score
from dashboards.surveys import Group
from reporting.domains import DOMAIN_BY_SLUG
from reporting.scoring import METHODS


@dataclass(frozen=True)
class HispScore:
    slug: str
    name: str
    score: ScoreText


@dataclass(frozen=True)
class DomainPage:
    slug: str
    name: str
    group: str
    statement: str
    if_applicable: bool
    others: tuple[tuple[str, str], ...]
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    latest: QuarterLink | None  # None while nothing is published; then the rest is empty
    score: ScoreText | None
    trend: Trend | None
    rows: tuple[HispScore, ...]
    so_far: SoFar | None


def domain_page(slug: str, method: str) -> DomainPage:
    """Raises Missing when the instrument has no such domain."""
    if not is_domain(slug):
        raise Missing(f"The survey has no domain “{slug}”.")
    domain = DOMAIN_BY_SLUG[slug]
    known = past.government(method)
    latest = max(known, default=None)
    submissions = published.read(published.for_quarters([latest, latest.previous])) if latest else []
    by_quarter = past.by_quarter(submissions)
    surveys = by_quarter[latest] if latest else Group()
    before = by_quarter.get(latest.previous) if latest else None
    return DomainPage(
        slug=slug,
        name=domain.name,
        group=domain.group,
        statement=domain.statement,
        if_applicable=domain.if_applicable,
        others=domain_links(),
        methods=method_choices(method, lambda other: surveys.answers(slug).score(other).value),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        latest=link(latest) if latest else None,
        score=score(surveys, slug, method, before) if latest else None,
        trend=trend(known, method, [slug]) if known else None,
        rows=tuple(_row(one, slug, method) for one in submissions if one.quarter == latest),
        so_far=not_yet(latest, standings(RECENT)) if latest else None,
    )


def _row(one: Published, slug: str, method: str) -> HispScore:
    return HispScore(one.hisp.slug, one.hisp.name, score(one.surveys, slug, method))
