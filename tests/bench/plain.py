"""The home page as it is usually written: aggregates by the ORM, numbers formatted by the template, charts in loops.
Floating point, no margins, no like-for-like changes, one method: less than the product shows."""

from pathlib import Path
from typing import Any

from reporting.domains import SEVEN_DOMAINS

_POINTS = ("n1", "n2", "n3", "n4", "n5")


def page() -> str:
    from django.db.models import F, Sum
    from django.template import Context, Engine

    from reporting.models import DomainResult, Quarter, TouchpointReport

    public = DomainResult.objects.filter(report__submission__state="published", report__publishable=True)
    sums = {name: Sum(name) for name in _POINTS}
    of_quarter = ("report__submission__quarter__fiscal_year", "report__submission__quarter__number")
    over_time = list(public.values(*of_quarter, "domain").annotate(**sums).order_by(*of_quarter))
    latest = Quarter.objects.filter(submissions__state="published").distinct().order_by("-fiscal_year", "-number")[0]
    now = public.filter(report__submission__quarter=latest)
    by_hisp = now.values("domain", hisp=F("report__submission__hisp__name")).annotate(**sums).order_by("hisp")
    people = (
        TouchpointReport.objects.filter(submission__state="published", submission__quarter=latest)
        .values(hisp=F("submission__hisp__name"))
        .annotate(answered=Sum("respondents"), asked=Sum("offered"))
    )
    rates = {row["hisp"]: 100 * row["answered"] / row["asked"] for row in people}
    cells: dict[str, list[dict[str, Any]]] = {}
    for row in by_hisp:
        cells.setdefault(row["hisp"], []).append(_score(row))
    hisps = [{"name": name, "cells": own, "rate": rates[name]} for name, own in cells.items()]
    trends = [{"name": domain.name, "points": _points(over_time, domain.slug)} for domain in SEVEN_DOMAINS]
    template = Engine().from_string(Path(__file__).with_suffix(".html").read_text())
    return str(template.render(Context({"quarter": str(latest), "hisps": hisps, "trends": trends})))


def _score(row: dict[str, Any]) -> dict[str, Any]:
    n = sum(row[name] for name in _POINTS)
    return {"n": n, "mean": sum(point * row[name] for point, name in enumerate(_POINTS, start=1)) / n}


def _points(rows: list[dict[str, Any]], domain: str) -> list[dict[str, Any]]:
    """Of the last six years, as the product shows them."""
    points: list[dict[str, Any]] = []
    for place, row in enumerate([row for row in rows if row["domain"] == domain][-24:]):
        year, number = (row[f"report__submission__quarter__{name}"] for name in ("fiscal_year", "number"))
        score = _score(row)
        before = points[-1]["mean"] if points else score["mean"]
        points.append(
            {
                **score,
                "label": f"FY{year} Q{number}",
                "x": 25.0 * place,
                "y": 200 - 40 * score["mean"],
                "change": score["mean"] - before,
            }
        )
    return points
