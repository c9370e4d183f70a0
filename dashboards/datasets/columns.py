"""What a data file is: its columns, each with its kind and a sentence, and the rows under them.

The dictionary, the files, the catalog and the description for programs all read the columns here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dashboards.datasets.selection import Selection

Value = str | int | Decimal | bool | date | None
Row = tuple[Value, ...]


class Kind(StrEnum):
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


KIND_WORDS = {
    Kind.INTEGER: "A whole number.",
    Kind.NUMBER: "A number.",
    Kind.TEXT: "Text.",
    Kind.DATE: "A day, such as 2021-05-13.",
    Kind.BOOLEAN: "true or false.",
}


@dataclass(frozen=True)
class Column:
    """`holds`: what it may hold beyond its kind. `source`: where in the workbook it comes from."""

    name: str
    kind: Kind
    meaning: str
    holds: str = ""
    source: str = ""

    @property
    def may_hold(self) -> str:
        return f"{KIND_WORDS[self.kind]} {self.holds}".strip()


@dataclass(frozen=True)
class Dataset:
    """`filters`: the names of what it can be narrowed to. `is_versioned`: whether its rows are those of a publication;
    the registry has no versions."""

    slug: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    rows: Callable[[Selection], Iterator[Row]]
    domains: tuple[str, ...] = ()  # what the filter “domain” takes
    is_versioned: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Of its columns."""
        return tuple(column.name for column in self.columns)


def integer(name: str, meaning: str, holds: str = "", source: str = "") -> Column:
    return Column(name, Kind.INTEGER, meaning, holds, source)


def number(name: str, meaning: str, holds: str = "", source: str = "") -> Column:
    return Column(name, Kind.NUMBER, meaning, holds, source)


def text(name: str, meaning: str, holds: str = "", source: str = "") -> Column:
    return Column(name, Kind.TEXT, meaning, holds, source)


def day(name: str, meaning: str, holds: str = "") -> Column:
    return Column(name, Kind.DATE, meaning, holds)


def boolean(name: str, meaning: str, holds: str = "") -> Column:
    return Column(name, Kind.BOOLEAN, meaning, holds)


# What several files have.
COUNT = "0 or more; empty where it is unknown."
FISCAL_YEAR = integer("fiscal_year", "The fiscal year; FY2021 began on October 1, 2020.")
FISCAL_QUARTER = integer("fiscal_quarter", "The quarter of the fiscal year.", "1 to 4.")
DEPARTMENT_THEN = text("organization_name", "The department that the HISP belonged to in that quarter.")
HISP_NAME = text("service_provider_name", "The High Impact Service Provider.")
HISP = text("hisp", "The HISP’s short name, as in the addresses of this site.", "Such as va-vha.")
SERVICE_NAME = text("service_name", "The designated service.")
SERVICE = text("service", "The service’s short name, as in the addresses of this site.")
SURVEY = text(
    "survey", "The survey’s name in the addresses of this site, the same in every quarter.", "Such as 12-email."
)
OF_HISP = (FISCAL_YEAR, FISCAL_QUARTER, DEPARTMENT_THEN, HISP_NAME, HISP)  # as figures.of_hisp fills them
PROVIDED = text("service_provided", "What the customer came for.")
TRANSACTION_POINT = text("transaction_point", "Where in the journey the survey was offered.")
CHANNEL = text("channel", "How the customer was served.", "A channel, such as in_person; empty where not stated.")
