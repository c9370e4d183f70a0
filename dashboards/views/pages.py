"""Pages for everybody. No view here writes, asks for a sign-in or shows an unpublished figure."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import scorecards
from dashboards.scorecards.example import example
from dashboards.scorecards.hisps import DEFAULT_SORT, SORTS, Asked
from dashboards.views import reading
from dashboards.views.reading import public
from reporting.domains import CONVERSIONS, NO_DATA_REASONS, SCALES, SEVEN_DOMAINS
from reporting.fiscal import FiscalQuarter


def show(
    request: HttpRequest,
    name: str,
    page: object = None,
    *,
    section: str = "",
    query: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """`query`: what the canonical address has after its path; without, every way to combine has one such address."""
    canonical = f"{settings.SITE_URL}{request.path}{query}"
    context = {"page": page, "section": section, "canonical": canonical, **more}
    return render(request, f"dashboards/{name}.html", context, status=status)


@public
def home(request: HttpRequest) -> HttpResponse:
    home = scorecards.home_page(reading.method(request))
    return show(request, "home", home.latest if home else None, section="home", home=home)


@public
def hisps(request: HttpRequest) -> HttpResponse:
    asked = Asked(
        sort=reading.one_of(request, "sort", SORTS, DEFAULT_SORT),
        department=reading.word(request, "department"),
        with_figures=reading.one_of(request, "figures", ("", "yes")) == "yes",
        words=reading.word(request, "q").strip(),
        method=reading.method(request),
    )
    return show(request, "hisps", scorecards.hisps_page(asked), section="hisps")


@public
def search(request: HttpRequest) -> HttpResponse:
    page = scorecards.search_page(reading.word(request, "q").strip())
    return show(request, "search", page, section="search")


@public
def hisp(request: HttpRequest, hisp: str) -> HttpResponse:
    page = scorecards.hisp_page(hisp, reading.method(request))
    return show(request, "hisp", page, section="hisps")


@public
def hisp_quarter(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.hisp_quarter_page(hisp, quarter, reading.method(request))
    template = "withdrawn" if isinstance(page, scorecards.WithdrawnPage) else "hisp_quarter"
    return show(request, template, page, section="hisps")


@public
def revision(request: HttpRequest, hisp: str, quarter: FiscalQuarter, revision: int) -> HttpResponse:
    """One revision at its lasting address, whatever becomes of it."""
    page = scorecards.revision_page(hisp, quarter, revision, reading.method(request))
    if isinstance(page, scorecards.SupersededPage):
        return show(request, "superseded", page.figures, section="hisps", superseded=page)
    if isinstance(page, scorecards.WithdrawnRevisionPage):
        return show(request, "withdrawn_revision", page, section="hisps")
    return show(request, "current_revision", page, section="hisps")


@public
def corrections(request: HttpRequest) -> HttpResponse:
    page = scorecards.corrections_page(reading.word(request, "page", "1"))
    return show(request, "corrections", page, section="data")


@public
def departments(request: HttpRequest) -> HttpResponse:
    page = scorecards.departments_page(reading.method(request))
    return show(request, "departments", page, section="hisps")


@public
def department(request: HttpRequest, department: str) -> HttpResponse:
    page = scorecards.department_page(department, reading.method(request))
    return show(request, "department", page, section="hisps")


@public
def compare(request: HttpRequest) -> HttpResponse:
    words = reading.several(request, "of")
    page = scorecards.compare_page(words, reading.quarter(request), reading.method(request))
    return show(request, "compare", page, section="compare", query=page.canonical, status=page.status)


@public
def service(request: HttpRequest, service: str) -> HttpResponse:
    page = scorecards.service_page(service, reading.method(request))
    return show(request, "service", page, section="hisps")


@public
def survey(request: HttpRequest, survey: str) -> HttpResponse:
    return show(request, "survey", scorecards.survey_page(survey), section="hisps")


@public
def quarters(request: HttpRequest) -> HttpResponse:
    page = scorecards.quarters_page(reading.method(request))
    return show(request, "quarters", page, section="quarters")


@public
def quarter(request: HttpRequest, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.quarter_page(quarter, reading.method(request))
    return show(request, "quarter", page, section="quarters")


@public
def domain(request: HttpRequest, domain: str) -> HttpResponse:
    page = scorecards.domain_page(domain, reading.method(request))
    return show(request, "domain", page, section="domains")


@public
def methods(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "example": example(),
        "domains": SEVEN_DOMAINS,
        "reasons": NO_DATA_REASONS.values(),
        "conversions": [(SCALES[slug], usual) for slug, usual in CONVERSIONS.items()],
    }
    return show(request, "methods", section="methods", **context)


@public
def about(request: HttpRequest) -> HttpResponse:
    return show(request, "about", section="about", contact=settings.CONTACT_EMAIL)


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "accessibility", section="about", contact=settings.CONTACT_EMAIL)
