"""Charts as files: the drawing by itself (SVG), and its numbers (CSV). Made of the page that shows them, so that they
cannot say anything else."""

from django.http import HttpRequest, HttpResponse

from dashboards import pictures, scorecards
from dashboards.views import reading
from dashboards.views.reading import public
from reporting.fiscal import FiscalQuarter

KINDS = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}


@public
def hisp(request: HttpRequest, hisp: str, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.hisp_page(hisp, reading.method(request)), name, kind)


@public
def hisp_quarter(request: HttpRequest, hisp: str, quarter: FiscalQuarter, name: str, kind: str) -> HttpResponse:
    page = scorecards.hisp_quarter_page(hisp, quarter, reading.method(request))
    if isinstance(page, scorecards.WithdrawnPage):
        raise scorecards.Missing(f"The figures of {page.name} for {page.quarter.label} were withdrawn.", hisp=hisp)
    return _file(page, name, kind)


@public
def service(request: HttpRequest, service: str, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.service_page(service, reading.method(request)), name, kind)


@public
def quarters(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.quarters_page(reading.method(request)), name, kind)


@public
def quarter(request: HttpRequest, quarter: FiscalQuarter, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.quarter_page(quarter, reading.method(request)), name, kind)


@public
def compare(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    words = reading.several(request, "of")
    return _file(scorecards.compare_page(words, reading.quarter(request), reading.method(request)), name, kind)


@public
def domain(request: HttpRequest, domain: str, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.domain_page(domain, reading.method(request)), name, kind)


@public
def department(request: HttpRequest, department: str, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.department_page(department, reading.method(request)), name, kind)


@public
def survey(request: HttpRequest, survey: str, name: str, kind: str) -> HttpResponse:
    return _file(scorecards.survey_page(survey), name, kind)


def _file(page: object, name: str, kind: str) -> HttpResponse:
    picture = pictures.of(page).get(name)
    if picture is None or kind not in KINDS:
        raise scorecards.Missing(f"There is no chart “{name}.{kind}” here.")
    answer = HttpResponse(picture.svg if kind == "svg" else picture.table.csv, content_type=KINDS[kind])
    where = "inline" if kind == "svg" else "attachment"
    answer["Content-Disposition"] = f'{where}; filename="{picture.file_name}.{kind}"'
    return answer
