"""The charts of each page, by their names in an address."""

from functools import singledispatch

from django.urls import reverse

from dashboards.pictures.answers import answers
from dashboards.pictures.hisps import OfHisp, hisps
from dashboards.pictures.over_time import over_time
from dashboards.pictures.people import people
from dashboards.pictures.picture import Picture
from dashboards.pictures.side_by_side import side_by_side
from dashboards.scorecards import (
    ComparePage,
    DepartmentPage,
    DomainPage,
    HispPage,
    HispQuarterPage,
    HomePage,
    QuarterPage,
    QuartersPage,
    ServicePage,
    SurveyPage,
)

_GOVERNMENT = "Government-wide"


def of(page: object) -> dict[str, Picture]:
    """What can be drawn of this page; less where it has no figures."""
    return {picture.slug: picture for picture in _of(page)}


@singledispatch
def _of(page: object) -> list[Picture]:
    raise TypeError(f"No chart is known of {type(page).__name__}.")


@_of.register
def _quarter(page: QuarterPage) -> list[Picture]:
    at, when = _at("quarter", page.quarter.fiscal), page.quarter.label
    rows = [OfHisp(row.name, row.result.score if row.result else None, row.reason) for row in page.rows]
    return [
        *hisps(rows, page.result.score, f"{_GOVERNMENT}, {when}", page.method, at, page.query),
        *answers(page.result.domains, _GOVERNMENT, when, at, page.query),
        *people(page.volumes.reach, _GOVERNMENT, when, at, page.query),
    ]


@_of.register
def _home(page: HomePage) -> list[Picture]:
    """Over time only: those of its quarter are the quarter's."""
    latest = page.latest
    return over_time(page.trend, _GOVERNMENT, latest.method, _at("quarters"), latest.query)


@_of.register
def _quarters(page: QuartersPage) -> list[Picture]:
    return over_time(page.trend, _GOVERNMENT, page.method, _at("quarters"), page.query) if page.trend else []


@_of.register
def _hisp(page: HispPage) -> list[Picture]:
    if not (page.trend and page.latest and page.result):
        return []
    at, when = _at("hisp", page.slug), page.latest.label
    return [
        *over_time(page.trend, page.name, page.method, at, page.query),
        *answers(page.result.domains, page.name, when, at, page.query),
        *people(page.volumes.reach, page.name, when, at, page.query),
    ]


@_of.register
def _hisp_quarter(page: HispQuarterPage) -> list[Picture]:
    at, when = _at("hisp_quarter", page.slug, page.quarter.fiscal), page.quarter.label
    return [
        *answers(page.result.domains, page.name, when, at, page.query),
        *people(page.volumes.reach, page.name, when, at, page.query),
    ]


@_of.register
def _service(page: ServicePage) -> list[Picture]:
    if not (page.trend and page.latest):
        return []
    at, name = _at("service", page.slug), f"{page.hisp}, {page.name}"
    when = page.latest.label
    return [
        *over_time(page.trend, name, page.method, at, page.query),
        *(answers(page.result.domains, name, when, at, page.query) if page.result else []),
        *people(page.volumes.reach, name, when, at, page.query),
    ]


@_of.register
def _domain(page: DomainPage) -> list[Picture]:
    if not (page.trend and page.latest and page.score):
        return []
    at = _at("domain", page.slug)
    rows = [OfHisp(row.name, row.score) for row in page.rows]
    about = f"{_GOVERNMENT}, {page.latest.label}"
    return [
        *over_time(page.trend, _GOVERNMENT, page.method, at, page.query),
        *hisps(rows, page.score, about, page.method, at, page.query),
    ]


@_of.register
def _department(page: DepartmentPage) -> list[Picture]:
    if not (page.trend and page.quarter and page.result):
        return []
    at = _at("department", page.slug)
    rows = [OfHisp(row.name, row.result.score if row.result else None, row.reason) for row in page.rows]
    about = f"{page.name}, {page.quarter.label}"
    return [
        *over_time(page.trend, page.name, page.method, at, page.query),
        *hisps(rows, page.result.score, about, page.method, at, page.query, whole="All together"),
    ]


@_of.register
def _survey(page: SurveyPage) -> list[Picture]:
    at, name = _at("survey", page.slug), f"{page.hisp}, {page.name}"
    return [
        *over_time(page.trend, name, page.method, at, page.query),
        *people(page.volumes.reach, name, page.latest.label, at, page.query),
    ]


@_of.register
def _compare(page: ComparePage) -> list[Picture]:
    return side_by_side(page, _at("compare"))


def _at(name: str, *arguments: object) -> str:
    """Where the charts of a page are."""
    return f"{reverse(f'dashboards:{name}', args=arguments)}charts/"
