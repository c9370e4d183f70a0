"""What the public takes away: files, and the pages that lead to them."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dashboards import checks as checks_page
from dashboards import dictionary as data_dictionary
from dashboards import exports, publications, scorecards
from dashboards.datasets import DATASETS, Dataset, Selection, choices, selection
from dashboards.views import reading
from dashboards.views.reading import public
from reporting.fiscal import FiscalQuarter

View = Callable[..., HttpResponseBase]

_VERSIONS = 6  # quarters that the data page lists with their last publication
_READABLE: dict[str, Any] = {"ensure_ascii": False, "indent": 2}


def for_programs(view: View) -> View:
    """Public, and readable by scripts of other sites, who send nobody's cookies here."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        found = view(request, *args, **kwargs)
        found["Access-Control-Allow-Origin"] = "*"
        found["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Content-Disposition"
        return found

    return public(answer)


@public
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "datasets": DATASETS.values(),
        "kinds": exports.KIND_NAMES.items(),
        "choices": choices.choices(),
        "versions": publications.newest_of_quarters(_VERSIONS),
        "files": [dataset for dataset in DATASETS.values() if dataset.is_versioned],
    }
    return render(request, "dashboards/data.html", {**context, "section": "data"})


@public
def choose(request: HttpRequest) -> HttpResponse:
    """From the form of the data page to the lasting address of what was chosen."""
    found = _dataset(reading.word(request, "dataset", "scores"), kind := reading.word(request, "kind", "csv"))
    words = {name: word for name in selection.NAMES if (word := reading.word(request, name))}
    address = reverse("dashboards:dataset", args=[found.slug, kind])
    return redirect(f"{address}?{urlencode(words)}" if words else address)


@public
def versions(request: HttpRequest) -> HttpResponse:
    page = publications.acts_page(reading.word(request, "page", "1"))
    files = [dataset for dataset in DATASETS.values() if dataset.is_versioned]
    return render(request, "dashboards/versions.html", {"page": page, "files": files, "section": "data"})


@public
def version(request: HttpRequest, publication: int, quarter: FiscalQuarter) -> HttpResponse:
    context = {
        "version": publications.version(publication, quarter),
        "files": [dataset for dataset in DATASETS.values() if dataset.is_versioned],
        "kinds": exports.KIND_NAMES.items(),
    }
    return render(request, "dashboards/version.html", {**context, "section": "data"})


@for_programs
def version_file(
    request: HttpRequest, publication: int, quarter: FiscalQuarter, name: str, kind: str
) -> HttpResponseBase:
    """A quarter's part of a dataset as it was after a publication."""
    found = _dataset(name, kind)
    if not found.is_versioned:
        raise scorecards.Missing(f"“{name}.{kind}” has no versions. Its one address is /data/{name}.{kind}.")
    publications.version(publication, quarter)
    others = tuple(name for name in found.filters if name not in ("fiscal_year", "quarter"))
    asked = _selection(request, replace(found, filters=others))
    return _file(request, found, kind, replace(asked, quarter=quarter, publication=publication, is_version=True))


@public
def checks(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboards/checks.html", {**checks_page.page(), "section": "data"})


@public
def dictionary(request: HttpRequest) -> HttpResponse:
    context = {"sections": data_dictionary.sections(), "section": "data"}
    return render(request, "dashboards/dictionary.html", context)


@for_programs
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(data_dictionary.as_csv(), content_type=exports.KINDS["csv"])
    answer["Content-Disposition"] = 'attachment; filename="hisp-data-dictionary.csv"'
    return answer


@for_programs
def checksums(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(exports.checksums.text(), content_type="text/plain; charset=utf-8")


@for_programs
def catalog(request: HttpRequest) -> HttpResponse:
    return JsonResponse(exports.catalog.catalog(), json_dumps_params=_READABLE)


@for_programs
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(exports.openapi.description(), json_dumps_params=_READABLE)


@for_programs
def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exports.feed.atom(), content_type="application/atom+xml; charset=utf-8")


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exports.sitemap.xml(), content_type="application/xml; charset=utf-8")


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exports.sitemap.robots(), content_type="text/plain; charset=utf-8")


@for_programs
def dataset(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """A whole dataset, or the part that `?quarter=2021-q2&hisp=va-vha` names."""
    found = _dataset(name, kind)
    return _file(request, found, kind, _selection(request, found))


def _file(request: HttpRequest, of: Dataset, kind: str, asked: Selection) -> HttpResponseBase:
    try:
        return exports.response(request, of, kind, asked)
    except exports.TooLong as long:
        raise BadRequest(str(long)) from long


def _dataset(name: str, kind: str) -> Dataset:
    if name not in DATASETS or kind not in exports.KINDS:
        raise scorecards.Missing(f"There is no data file “{name}.{kind}”.")
    return DATASETS[name]


def _selection(request: HttpRequest, of: Dataset) -> Selection:
    try:
        return selection.read(reading.words(request), of.filters, of.domains)
    except selection.Unreadable as unreadable:
        raise BadRequest(str(unreadable)) from unreadable
