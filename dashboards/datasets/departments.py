"""The departments that HISPs belong to."""

from collections import Counter
from collections.abc import Iterator

from dashboards.datasets import registry
from dashboards.datasets.columns import Dataset, Row, integer, text
from dashboards.datasets.selection import Selection
from hisps.models import Department, Hisp

COLUMNS = (
    text("department", "The department’s short name, which begins those of its HISPs.", "Such as va."),
    text("organization_name", "The department."),
    text("abbreviation", "Its abbreviation.", "Such as VA."),
    integer("hisps", "How many HISPs belong to it."),
)


def rows(selection: Selection) -> Iterator[Row]:
    """2 queries."""
    at = registry.moment(selection)
    hisps = Counter(hisp["department_id"] for hisp in registry.stored(Hisp, "department_id", at=at).values())
    departments = registry.stored(Department, "slug", "name", "abbreviation", at=at)
    for key, one in sorted(departments.items(), key=lambda item: item[1]["name"]):
        yield (one["slug"], one["name"], one["abbreviation"], hisps[key])


DEPARTMENTS = Dataset(
    "departments", "Departments", "One row per department or agency.", COLUMNS, (), rows, is_registry=True
)
