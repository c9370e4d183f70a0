"""The rows of the files that tell who reports, made from the tables that installations begin with."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.conf import settings

from tests.dashboards.recomputed.checks import History
from tests.dashboards.recomputed.datasets import Line
from tests.dashboards.recomputed.history import Quarter

_FOLDER = settings.BASE_DIR / "hisps/registry"


def table(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def departments() -> Iterator[Line]:
    hisps = Counter(one["department"] for one in table("hisps"))
    for one in table("departments"):
        named = {"department": one["slug"], "organization_name": one["name"], "abbreviation": one["abbreviation"]}
        yield {**named, "hisps": hisps[one["slug"]]}


def hisps(past: History) -> Iterator[Line]:
    departments = {one["slug"]: one["name"] for one in table("departments")}
    for one in table("hisps"):
        designated = [each for each in table("designations") if each["hisp"] == one["slug"]]
        lasts = not designated or any(not each["last_day"] for each in designated)
        yield {
            "hisp": one["slug"],
            "service_provider_name": one["name"],
            "abbreviation": one["abbreviation"],
            "department": one["department"],
            "organization_name": departments[one["department"]],
            "mission": "",
            "designated_from": min((date.fromisoformat(each["first_day"]) for each in designated), default=None),
            "designated_to": None if lasts else max(date.fromisoformat(each["last_day"]) for each in designated),
            **_reported(past.quarters_of(hisp=one["slug"])),
        }


def services(past: History) -> Iterator[Line]:
    hisps = {one["slug"]: one["name"] for one in table("hisps")}
    for one in table("services"):
        named = {"service": one["slug"], "service_name": one["name"], "hisp": one["hisp"]}
        reported = _reported(past.quarters_of(service=one["slug"]))
        yield {**named, "service_provider_name": hisps[one["hisp"]], "last_day": None, **reported}


def _reported(quarters: list[Quarter]) -> Line:
    slugs = [f"{year}-q{number}" for year, number in quarters]
    first, latest = (slugs[0], slugs[-1]) if slugs else ("", "")
    return {"quarters": len(slugs), "first_quarter": first, "latest_quarter": latest}
