"""Pages and files for everybody. No view here writes, asks for a sign-in or shows an unpublished figure."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards import checks as checks_page
from dashboards import dictionary as data_dictionary
from dashboards import exports, scorecards
from dashboards.scorecards.example import example
from reporting.domains import CONVERSIONS, NO_DATA_REASONS, SCALES, SEVEN_DOMAINS
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS

View = Callable[..., HttpResponseBase]

_READING = ("GET", "HEAD", "OPTIONS")
_LONGEST_WORD = 60  # characters; a HISP's slug has no more


def public(view: View) -> View:
    """Open to everybody, for reading only. What is missing or unreadable is a page with a way out, in DEBUG too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(_READING)})
        try:
            found = view(request, *args, **kwargs)
        except scorecards.Missing as missing:
            context = {"exception": str(missing), "missing": missing}
            return render(request, "dashboards/missing.html", context, status=404)
        except BadRequest as bad:
            return render(request, "400.html", {"sentence": str(bad)}, status=400)
        if request.method == "HEAD" and isinstance(found, StreamingHttpResponse):
            found.streaming_content = ()  # else every row would be made and thrown away
        return found

    # Nothing here changes anything, so whoever sends a form is told that, not that the form has expired.
    return csrf_exempt(login_not_required(require_http_methods(_READING)(answer)))


@public
def home(request: HttpRequest) -> HttpResponse:
    page = scorecards.latest_page(_method(request))
    return render(request, "dashboards/home.html", {"page": page, "section": "home"})


@public
def hisps(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/hisps.html", {"page": scorecards.hisps_page(), "section": "hisps"})


@public
def hisp(request: HttpRequest, hisp: str) -> HttpResponse:
    page = scorecards.hisp_page(hisp, _method(request))
    return render(request, "dashboards/hisp.html", {"page": page, "section": "hisps"})


@public
def hisp_quarter(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.hisp_quarter_page(hisp, quarter, _method(request))
    template = "withdrawn" if isinstance(page, scorecards.WithdrawnPage) else "hisp_quarter"
    return render(request, f"dashboards/{template}.html", {"page": page, "section": "hisps"})


@public
def revision(request: HttpRequest, hisp: str, quarter: FiscalQuarter, revision: int) -> HttpResponse:
    """One revision at its lasting address, whatever becomes of it."""
    page = scorecards.revision_page(hisp, quarter, revision, _method(request))
    if isinstance(page, scorecards.SupersededPage):
        context = {"page": page.figures, "superseded": page}
        return render(request, "dashboards/superseded.html", {**context, "section": "hisps"})
    if isinstance(page, scorecards.WithdrawnRevisionPage):
        return render(request, "dashboards/withdrawn_revision.html", {"page": page, "section": "hisps"})
    return render(request, "dashboards/current_revision.html", {"page": page, "section": "hisps"})


@public
def corrections(request: HttpRequest) -> HttpResponse:
    page = scorecards.corrections_page(_word(request, "page", "1"))
    return render(request, "dashboards/corrections.html", {"page": page, "section": "data"})


@public
def service(request: HttpRequest, service: str) -> HttpResponse:
    page = scorecards.service_page(service, _method(request))
    return render(request, "dashboards/service.html", {"page": page, "section": "hisps"})


@public
def quarters(request: HttpRequest) -> HttpResponse:
    page = scorecards.quarters_page(_method(request))
    return render(request, "dashboards/quarters.html", {"page": page, "section": "quarters"})


@public
def quarter(request: HttpRequest, quarter: FiscalQuarter) -> HttpResponse:
    page = scorecards.quarter_page(quarter, _method(request))
    return render(request, "dashboards/quarter.html", {"page": page, "section": "quarters"})


@public
def domain(request: HttpRequest, domain: str) -> HttpResponse:
    page = scorecards.domain_page(domain, _method(request))
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


@public
def data(request: HttpRequest) -> HttpResponse:
    context = {"datasets": exports.DATASETS.values(), "choices": exports.choices(), "section": "data"}
    return render(request, "dashboards/data.html", context)


@public
def checks(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/checks.html", {**checks_page.page(), "section": "data"})


@public
def dictionary(request: HttpRequest) -> HttpResponse:
    context = {"sections": data_dictionary.sections(), "section": "data"}
    return render(request, "dashboards/dictionary.html", context)


@public
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(data_dictionary.as_csv(), content_type=exports.KINDS["csv"])
    answer["Content-Disposition"] = 'attachment; filename="hisp-data-dictionary.csv"'
    return answer


@public
def dataset(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """A whole dataset, or the part that `?quarter=2021-q2&hisp=va-vha` names."""
    if name not in exports.DATASETS or kind not in exports.KINDS:
        raise scorecards.Missing(f"There is no data file “{name}.{kind}”.")
    return exports.response(exports.DATASETS[name], kind, _quarter(request), _hisp(request))


def _method(request: HttpRequest) -> str:
    method = _word(request, "method", DEFAULT_METHOD)
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise BadRequest(f"There is no method “{method}”. The methods are {known}.")
    return method


def _quarter(request: HttpRequest) -> FiscalQuarter | None:
    text = _word(request, "quarter")
    try:
        return FiscalQuarter.parse(text) if text else None
    except ValueError as error:
        raise BadRequest(str(error)) from error


def _hisp(request: HttpRequest) -> str:
    """Its slug; empty for all."""
    slug = _word(request, "hisp")
    if slug and not slug_re.fullmatch(slug):
        raise BadRequest(
            f"“{slug}” is not how a HISP is written here. Write it as in the address of its page: va-vha."
        )
    return slug


def _word(request: HttpRequest, name: str, default: str = "") -> str:
    """A parameter, fit to be compared and to be shown again: a database refuses some characters, and nobody reads
    some others."""
    text = request.GET.get(name, default)
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return shown if len(shown) <= _LONGEST_WORD else f"{shown[:_LONGEST_WORD]}…"
