"""A HISP as the public sees it in a quarter: with the department that it was designated under then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reporting.fiscal import FiscalQuarter

Row = Mapping[str, Any]
Rows = Sequence[Row]  # of one thing: one for each designation of its HISP

# What `provider` needs of each row of a query over something that has a HISP. The designations multiply the rows:
# `each` puts those of one thing together again.
FIELDS = (
    "pk",
    "hisp__slug",
    "hisp__name",
    "hisp__abbreviation",
    "hisp__department__name",
    "hisp__department__slug",
    "hisp__designations__first_day",
    "hisp__designations__last_day",
    "hisp__designations__department__name",
    "hisp__designations__department__slug",
)
ORDER = ("hisp__name", "pk", "hisp__designations__first_day")


@dataclass(frozen=True)
class Provider:
    slug: str
    name: str
    abbreviation: str
    department: str
    department_slug: str


def each(rows: Iterable[Row]) -> Iterator[Rows]:
    """The rows of one thing at a time, from a query in `ORDER`."""
    for _, own in groupby(rows, key=lambda row: row["pk"]):
        yield list(own)


def provider(rows: Rows, quarter: FiscalQuarter) -> Provider:
    first = rows[0]
    return Provider(first["hisp__slug"], first["hisp__name"], first["hisp__abbreviation"], *_department(rows, quarter))


def _department(rows: Rows, quarter: FiscalQuarter) -> tuple[str, str]:
    """Of the latest designation that reaches into the quarter; without one on record, of today. Name and slug."""
    for row in reversed(rows):
        first_day, last_day = row["hisp__designations__first_day"], row["hisp__designations__last_day"]
        if first_day and first_day <= quarter.last_day and (last_day is None or last_day >= quarter.first_day):
            return row["hisp__designations__department__name"], row["hisp__designations__department__slug"]
    return rows[0]["hisp__department__name"], rows[0]["hisp__department__slug"]
