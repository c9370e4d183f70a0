"""Every High Impact Service Provider there is or was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from dashboards.datasets import columns, registry, reported
from dashboards.datasets.columns import Dataset, Row, day, text
from dashboards.datasets.registry import Stored
from dashboards.datasets.reported import Reported
from dashboards.datasets.selection import Selection
from hisps.models import Department, Designation, Hisp

COLUMNS = (
    columns.HISP,
    columns.HISP_NAME,
    text("abbreviation", "Its abbreviation.", "Such as VHA."),
    text("department", "The short name of its department.", "Such as va."),
    text("organization_name", "Its department; files of figures name the one of each quarter."),
    text("mission", "What it is for."),
    day("designated_from", "The first day on which it was designated as a HISP.", "Empty where it is not on record."),
    day("designated_to", "The last such day.", "Empty while the designation lasts, or where it is not on record."),
    *reported.COLUMNS,
)


def rows(selection: Selection) -> Iterator[Row]:
    """4 queries."""
    at = registry.moment(selection)
    departments = registry.stored(Department, "slug", "name", at=at)
    hisps = registry.stored(Hisp, "slug", "name", "abbreviation", "mission", "department_id", at=at)
    days = _days(registry.stored(Designation, "hisp_id", "first_day", "last_day", at=at).values())
    public = reported.by_hisp(selection)
    known = [(departments[one["department_id"]], one) for one in hisps.values() if one["department_id"] in departments]
    for department, hisp in sorted(known, key=_place):
        if selection.hisp in ("", hisp["slug"]):
            own = (hisp["slug"], hisp["name"], hisp["abbreviation"], department["slug"], department["name"])
            yield (*own, hisp["mission"], *days.get(hisp["id"], (None, None)), *public.get(hisp["id"], Reported()))


def _place(known: tuple[Stored, Stored]) -> tuple[str, str, int]:
    department, hisp = known
    return department["name"], hisp["name"], hisp["id"]


def _days(designations: Iterable[Stored]) -> dict[int, tuple[date, date | None]]:
    """By HISP: the first day, and the last unless a designation lasts."""
    of: dict[int, list[Stored]] = defaultdict(list)
    for one in designations:
        of[one["hisp_id"]].append(one)
    return {hisp: (min(one["first_day"] for one in own), _last_day(own)) for hisp, own in of.items()}


def _last_day(designations: Iterable[Stored]) -> date | None:
    days = [one["last_day"] for one in designations]
    return None if None in days else max(days)


HISPS = Dataset(
    "hisps",
    "HISPs",
    "One row per High Impact Service Provider, with its department and since when it is designated.",
    COLUMNS,
    ("hisp",),
    rows,
    is_registry=True,
)
