"""The departments that HISPs belong to."""

from collections.abc import Iterator

from django.db.models import Count

from dashboards.datasets.columns import Dataset, Row, integer, text
from dashboards.datasets.selection import Selection
from hisps.models import Department

COLUMNS = (
    text("department", "The department’s short name, which begins those of its HISPs.", "Such as va."),
    text("organization_name", "The department."),
    text("abbreviation", "Its abbreviation.", "Such as VA."),
    integer("hisps", "How many HISPs belong to it today."),
)


def rows(selection: Selection) -> Iterator[Row]:
    """1 query."""
    columns = ("slug", "name", "abbreviation", "number")
    yield from Department.objects.annotate(number=Count("hisps")).order_by("name").values_list(*columns)


DEPARTMENTS = Dataset(
    "departments", "Departments", "One row per department or agency.", COLUMNS, (), rows, is_versioned=False
)
