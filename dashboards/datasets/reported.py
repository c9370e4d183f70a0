"""For how many quarters a HISP or a service has public figures, and which were the first and the latest."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, QuerySet

from dashboards import published
from dashboards.datasets.columns import integer, text
from dashboards.datasets.selection import Selection
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission, TouchpointReport

COLUMNS = (
    integer("quarters", "For how many quarters it has public figures."),
    text("first_quarter", "The first of these quarters; empty where there is none.", "Such as 2021-q2."),
    text("latest_quarter", "The latest of these quarters; empty where there is none.", "Such as 2021-q2."),
)


class Reported(NamedTuple):
    quarters: int = 0
    first: str = ""
    latest: str = ""


def by_hisp(selection: Selection) -> Mapping[int, Reported]:
    """1 query."""
    return _by("hisp", _public(selection), "")


def by_service(selection: Selection) -> Mapping[int, Reported]:
    """1 query."""
    return _by("service", TouchpointReport.objects.filter(submission__in=_public(selection)), "submission__")


def _public(selection: Selection) -> "QuerySet[Submission]":
    every = Submission.objects.all()
    return published.as_of(every, selection.publication) if selection.is_version else every.published()


def _by(whose: str, rows: "QuerySet[Any]", submission: str) -> Mapping[int, Reported]:
    """`submission` is the way from the rows to their submission."""
    place = F(f"{submission}quarter__fiscal_year") * 4 + F(f"{submission}quarter__number") - 1
    counted = (
        rows.order_by()
        .values(whose)
        .annotate(number=Count(f"{submission}quarter", distinct=True), first=Min(place), latest=Max(place))
        .values_list(whose, "number", "first", "latest")
    )
    return {key: Reported(number, _quarter(first), _quarter(latest)) for key, number, first, latest in counted}


def _quarter(place: int) -> str:
    return FiscalQuarter(place // 4, place % 4 + 1).slug
