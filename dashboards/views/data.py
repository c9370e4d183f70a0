"""What the public takes away: files, and the pages that lead to them."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards import checks as checks_page
from dashboards import dictionary as data_dictionary
from dashboards import exports, scorecards
from dashboards.datasets import DATASETS, Dataset, Selection, choices, selection
from dashboards.views import reading
from dashboards.views.reading import public


@public
def index(request: HttpRequest) -> HttpResponse:
    context = {"datasets": DATASETS.values(), "choices": choices.choices(), "section": "data"}
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
