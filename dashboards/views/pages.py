"""Pages for everybody. No view here writes, asks for a sign-in or shows an unpublished figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import scorecards
from dashboards.scorecards.example import example
from dashboards.views import reading
from dashboards.views.reading import public
from reporting.domains import CONVERSIONS, NO_DATA_REASONS, SCALES, SEVEN_DOMAINS
from reporting.fiscal import FiscalQuarter


@public
def home(request: HttpRequest) -> HttpResponse:
    home = scorecards.home_page(reading.method(request))
    context = {"home": home, "page": home.latest if home else None}
    return render(request, "dashboards/home.html", {**context, "section": "home"})


@public
def hisps(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/hisps.html", {"page": scorecards.hisps_page(), "section": "hisps"})


@public
def hisp(request: HttpRequest, hisp: str) -> HttpResponse:
    page = scorecards.hisp_page(hisp, reading.method(request))
    return render(request, "dashboards/hisp.html", {"page": page, "section": "hisps"})


@public
def hisp_quarter(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.hisp_quarter_page(hisp, quarter, reading.method(request))
    template = "withdrawn" if isinstance(page, scorecards.WithdrawnPage) else "hisp_quarter"
    return render(request, f"dashboards/{template}.html", {"page": page, "section": "hisps"})


@public
def revision(request: HttpRequest, hisp: str, quarter: FiscalQuarter, revision: int) -> HttpResponse:
    """One revision at its lasting address, whatever becomes of it."""
    page = scorecards.revision_page(hisp, quarter, revision, reading.method(request))
    if isinstance(page, scorecards.SupersededPage):
        context = {"page": page.figures, "superseded": page}
        return render(request, "dashboards/superseded.html", {**context, "section": "hisps"})
    if isinstance(page, scorecards.WithdrawnRevisionPage):
        return render(request, "dashboards/withdrawn_revision.html", {"page": page, "section": "hisps"})
    return render(request, "dashboards/current_revision.html", {"page": page, "section": "hisps"})


@public
def corrections(request: HttpRequest) -> HttpResponse:
    page = scorecards.corrections_page(reading.word(request, "page", "1"))
    return render(request, "dashboards/corrections.html", {"page": page, "section": "data"})


@public
def service(request: HttpRequest, service: str) -> HttpResponse:
    page = scorecards.service_page(service, reading.method(request))
    return render(request, "dashboards/service.html", {"page": page, "section": "hisps"})


@public
def quarters(request: HttpRequest) -> HttpResponse:
    page = scorecards.quarters_page(reading.method(request))
    return render(request, "dashboards/quarters.html", {"page": page, "section": "quarters"})


@public
def quarter(request: HttpRequest, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.quarter_page(quarter, reading.method(request))
    return render(request, "dashboards/quarter.html", {"page": page, "section": "quarters"})


@public
def domain(request: HttpRequest, domain: str) -> HttpResponse:
    page = scorecards.domain_page(domain, reading.method(request))
    return render(request, "dashboards/domain.html", {"page": page, "section": "home"})


@public
def methods(request: HttpRequest) -> HttpResponse:
    context = {
        "example": example(),
        "domains": SEVEN_DOMAINS,
        "reasons": NO_DATA_REASONS.values(),
        "conversions": [(SCALES[slug], usual) for slug, usual in CONVERSIONS.items()],
    }
    return render(request, "dashboards/methods.html", {**context, "section": "methods"})
