"""For how many quarters a HISP or a service has public figures, and which were the first and the latest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet

from dashboards.datasets.columns import integer, text
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission

COLUMNS = (
    integer("quarters", "For how many quarters it has public figures."),
    text("first_quarter", "The first of these quarters; empty where there is none.", "Such as 2021-q2."),
    text("latest_quarter", "The latest of these quarters; empty where there is none.", "Such as 2021-q2."),
)


@dataclass(frozen=True)
class Reported:
    quarters: int = 0
    first: str = ""
    latest: str = ""


def by(whose: str, rows: "QuerySet[Any]", submission: str = "") -> Mapping[int, Reported]:
    """By the key of `whose`; `submission` is the way from the rows to their submission. 1 query."""
    place = F(f"{submission}quarter__fiscal_year") * 4 + F(f"{submission}quarter__number") - 1
    public = rows.filter(**{f"{submission}state": Submission.State.PUBLISHED}).order_by().values(whose)
    counted = public.annotate(
        number=Count(f"{submission}quarter", distinct=True), first=Min(place), latest=Max(place)
    ).values_list(whose, "number", "first", "latest")
    return {key: Reported(number, _quarter(first), _quarter(latest)) for key, number, first, latest in counted}


def _quarter(place: int) -> str:
    return FiscalQuarter(place // 4, place % 4 + 1).slug
