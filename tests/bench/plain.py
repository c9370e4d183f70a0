"""The home page as it is usually written: aggregates by the ORM, numbers formatted by the template, charts in loops.

It shows the figures of the product's page but for those that aggregates do not give: floating point instead of exact
arithmetic, no margins of error, no reasons why a figure is missing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reporting.domains import SEVEN_DOMAINS

_POINTS = ("n1", "n2", "n3", "n4", "n5")
_QUARTER = ("report__submission__quarter__fiscal_year", "report__submission__quarter__number")
_HISP = "report__submission__hisp__name"
_SHOWN = 24  # quarters, as the product shows them

Row = Mapping[str, Any]


def page() -> str:
    from django.template import Context, Engine

    template = Engine().from_string(Path(__file__).with_suffix(".html").read_text())
    return str(template.render(Context(_figures())))


def _figures() -> dict[str, Any]:
    from django.db.models import Exists, OuterRef, Sum

    from reporting.models import DomainResult, Quarter, TouchpointReport

    public = DomainResult.objects.filter(report__submission__state="published", report__publishable=True)
    published = Quarter.objects.filter(submissions__state="published").distinct().order_by("-fiscal_year", "-number")
    latest, older = published[:2]
    now, then = (public.filter(report__submission__quarter=quarter) for quarter in (latest, older))
    volumes = TouchpointReport.objects.filter(submission__state="published", submission__quarter=latest)
    sums = {name: Sum(name) for name in _POINTS}

    def both(here: Any, there: Any) -> list[Row]:
        """By HISP, over the surveys that the other quarter has, too."""
        same = there.filter(domain=OuterRef("domain"), report__touchpoint=OuterRef("report__touchpoint"))
        return list(here.filter(Exists(same)).values("domain", _HISP).annotate(**sums))

    hisps = _by_hisp(now.values("domain", _HISP).annotate(**sums).order_by(_HISP))
    return {
        "quarter": str(latest),
        "volumes": volumes.aggregate(**{name: Sum(name) for name in ("customers", "offered", "respondents")}),
        "hisps": [{"name": name, **_combined(rows)} for name, rows in hisps.items()],
        "methods": {"hisps": _mean(_combined(rows)["mean"] for rows in hisps.values()), **_methods(now)},
        "moves": _moves(_by_hisp(both(now, then)), _by_hisp(both(then, now))),
        "trends": _trends(list(public.values(*_QUARTER, "domain").annotate(**sums).order_by(*_QUARTER))),
    }


def _methods(now: Any) -> dict[str, float]:
    """Means of the surveys' scores: each the same, and by customers."""
    from django.db.models import Avg, F, FloatField, Sum
    from django.db.models.functions import Cast

    points = sum((place * F(name) for place, name in enumerate(_POINTS[1:], start=2)), start=F("n1"))
    answers = sum((F(name) for name in _POINTS[1:]), start=F("n1"))
    score, customers = Cast(points, FloatField()) / answers, F("report__customers")
    found = now.values("domain").annotate(
        surveys=Avg(score), customers=Sum(score * customers) / Cast(Sum(customers), FloatField())
    )
    rows = list(found)
    return {f"by_{name}": _mean(row[name] for row in rows) for name in ("surveys", "customers")}


def _by_hisp(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[_HISP], []).append(row)
    return found


def _moves(now: Mapping[str, list[Row]], then: Mapping[str, list[Row]]) -> list[tuple[str, float]]:
    """The largest fall and the largest rise."""
    moves = ((name, _combined(now[name])["mean"] - _combined(rows)["mean"]) for name, rows in then.items())
    ordered = sorted(moves, key=lambda move: move[1])
    return [ordered[0], ordered[-1]]


def _trends(rows: list[Row]) -> list[dict[str, Any]]:
    return [
        {"name": domain.name, "points": _points([row for row in rows if row["domain"] == domain.slug][-_SHOWN:])}
        for domain in SEVEN_DOMAINS
    ]


def _points(rows: Iterable[Row]) -> list[dict[str, Any]]:
    points: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        score = _score(row)
        before = points[-1]["mean"] if points else score["mean"]
        label = "FY{} Q{}".format(*(row[name] for name in _QUARTER))
        drawn = {"x": 25.0 * place, "y": 200 - 40 * score["mean"], "change": score["mean"] - before}
        points.append({**score, **drawn, "label": label})
    return points


def _combined(rows: Iterable[Row]) -> dict[str, Any]:
    scores = [_score(row) for row in rows]
    return {"n": sum(one["n"] for one in scores), "mean": _mean(one["mean"] for one in scores)}


def _score(row: Row) -> dict[str, Any]:
    n = sum(row[name] for name in _POINTS)
    mean = sum(point * row[name] for point, name in enumerate(_POINTS, start=1)) / n
    return {
        "n": n,
        "mean": mean,
        "positive": 100 * (row["n4"] + row["n5"]) / n,
        "counts": [row[name] for name in _POINTS],
    }


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known)
