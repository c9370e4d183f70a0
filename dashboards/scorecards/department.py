"""A department over time, with the HISPs designated under it in each quarter; and the list of departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from dashboards import concentration, formats, past, published
from dashboards.published import Published
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    Volumes,
    combined_choices,
    link,
    query_of,
    volumes,
)
from dashboards.scorecards.reported import HispRow, row_of
from dashboards.scorecards.standing import SoFar, not_yet, standings
from dashboards.scorecards.trends import Trend, trend
from dashboards.scores import Combined, ScoreText, combined
from dashboards.surveys import Group
from hisps.models import Department, Hisp
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS


@dataclass(frozen=True)
class Elsewhere:
    """A HISP that is or was in the department, but not in its newest figures, and where it is now."""

    slug: str
    name: str
    where: str


@dataclass(frozen=True)
class DepartmentPage:
    """`quarter` is None while nothing is published; then what is made of figures is empty."""

    slug: str
    name: str
    quarter: QuarterLink | None
    before: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    result: Combined | None
    volumes: Volumes
    hisps: str
    surveys: str
    weight: str
    rows: tuple[HispRow, ...]
    others: tuple[Elsewhere, ...]
    trend: Trend | None


def department_page(slug: str, method: str) -> DepartmentPage:
    """The department of a HISP is that of its designation in the quarter. Of the past is read what the trend shows:
    sums where scores are pooled by responses, else each survey. Raises Missing. 6 queries."""
    department = _stored(slug)
    known = list(_ever_in(department))
    sums = past.of_department(slug, [one.pk for one in known])
    pooled, quarters = method == DEFAULT_METHOD, sorted(sums, reverse=True)
    figures = published.read(published.for_quarters(quarters[:2] if pooled else quarters).filter(hisp__in=known))
    by_quarter = _by_quarter(one for one in figures if one.hisp.department_slug == slug)
    at, former = (*sorted(by_quarter, reverse=True), None, None)[:2]
    own = by_quarter[at] if at else []
    surveys, before = _group(own), _group(by_quarter[former]) if former else None
    return DepartmentPage(
        slug=slug,
        name=department.name,
        quarter=link(at) if at else None,
        before=link(former) if former else None,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(surveys, method, before) if at else None,
        volumes=volumes([one.survey for one in surveys]),
        hisps=formats.count(len(own)),
        surveys=formats.count(len(surveys)),
        weight=concentration.sentence(surveys),
        rows=tuple(row_of(one, method) for one in own),
        others=_others(known, department, {one.hisp.slug for one in own}),
        trend=trend(past.groups(sums) if pooled else _groups(by_quarter), method) if at else None,
    )


def _stored(slug: str) -> Department:
    try:
        return Department.objects.get(slug=slug)
    except Department.DoesNotExist:
        raise Missing(f"There is no department “{slug}”.") from None


def _ever_in(department: Department) -> Iterable[Hisp]:
    """HISPs that are in it today, or were designated under it once."""
    in_it = Q(department=department) | Q(designations__department=department)
    return Hisp.objects.filter(in_it).select_related("department").order_by("name").distinct()


def _by_quarter(figures: Iterable[Published]) -> Mapping[FiscalQuarter, list[Published]]:
    found: dict[FiscalQuarter, list[Published]] = {}
    for one in figures:
        found.setdefault(one.quarter, []).append(one)
    return found


def _groups(by_quarter: Mapping[FiscalQuarter, Iterable[Published]]) -> Mapping[FiscalQuarter, Group]:
    return {quarter: _group(figures) for quarter, figures in by_quarter.items()}


def _group(figures: Iterable[Published]) -> Group:
    return Group(survey for one in figures for survey in one.surveys)


def _others(known: Sequence[Hisp], department: Department, told: set[str]) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(one.slug, one.name, "" if one.department_id == department.pk else one.department.name)
        for one in known
        if one.slug not in told
    )


@dataclass(frozen=True)
class DepartmentLine:
    """`score` is None where the quarter has no figures of the department."""

    slug: str
    name: str
    hisps: str
    score: ScoreText | None
    surveys: str


@dataclass(frozen=True)
class DepartmentsPage:
    quarter: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    rows: tuple[DepartmentLine, ...]
    so_far: SoFar | None  # of a newer quarter than the one that is shown


def departments_page(method: str) -> DepartmentsPage:
    """Every department in the newest quarter that is complete; while there is none, in the newest. 5 queries."""
    known = standings()
    at = next((one.quarter for one in [*(one for one in known if one.complete), *known]), None)
    figures = published.read(published.for_quarters([at])) if at else []
    of: dict[str, list[Published]] = {}
    for one in figures:
        of.setdefault(one.hisp.department_slug, []).append(one)
    return DepartmentsPage(
        quarter=link(at) if at else None,
        methods=combined_choices(_group(figures), method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        rows=tuple(
            _line(slug, name, of.get(slug, []), method)
            for slug, name in Department.objects.order_by("name").values_list("slug", "name")
        ),
        so_far=not_yet(known[0].quarter, known) if known else None,
    )


def _line(slug: str, name: str, own: Sequence[Published], method: str) -> DepartmentLine:
    surveys = _group(own)
    result = combined(surveys, method).score if own else None
    return DepartmentLine(slug, name, formats.count(len(own)), result, formats.count(len(surveys)))
