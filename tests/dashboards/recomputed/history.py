"""OMB's rows of FY2021 Q1 to FY2022 Q2 as they stand in the published file, with the page that each belongs to."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from hisps import names, registry
from hisps.models import Designation, Hisp

FOLDER = Path(settings.BASE_DIR).parent / "shared/data"
COLLECTIONS = FOLDER / "omb-cx-reporting-collections-fy2021q1-fy2022q2.csv"
RATINGS = FOLDER / "omb-ratings-and-reflections-fy2021q1-fy2022q2.csv"
DOMAINS = {  # in the order of q1 to q7
    "satisfaction": "Satisfaction",
    "trust": "Trust",
    "effectiveness": "Effectiveness",
    "ease": "Ease",
    "efficiency": "Efficiency",
    "transparency": "Transparency",
    "employee": "Employee",
}
VOLUMES = {
    "customers": "volume_of_customers",
    "offered": "volume_of_customers_provided_survey_opportunity",
    "respondents": "volume_of_respondents",
}
EXTRA = {f"extra_{number}": f"Extra question {number}" for number in range(1, 5)}
QUESTIONS = {**DOMAINS, **EXTRA}
Counts = tuple[int, int, int, int, int]
Quarter = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One survey of one quarter. A volume of 0 stands for unknown in these files."""

    line: int
    quarter: Quarter
    hisp: str  # slug
    department: str  # name, as of the quarter
    service: str  # slug
    service_name: str
    provided: str
    point: str
    channel: str
    customers: int | None
    offered: int | None
    respondents: int | None
    zeros: tuple[str, ...]  # volumes typed as 0, not left blank
    answers: dict[str, Counts]  # of questions that anybody answered
    wordings: dict[str, str]
    published: dict[str, str]  # scores as OMB published them
    entered: str  # a moment
    updated: str

    @property
    def name(self) -> str:
        return self.provided or self.service_name

    @property
    def population(self) -> tuple[int, ...]:
        """Whom the answers may stand for, the better number first."""
        return tuple(number for number in (self.customers, self.offered) if number)


def columns(line: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix("attributes_"): value for name, value in line.items()}


def lines(path: Path = COLLECTIONS) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from map(columns, csv.DictReader(file))


def rows() -> list[Row]:
    """Registry entries must be there: the file is imported first."""
    return [_row(number, line) for number, line in enumerate(lines(), start=2)]


def _row(number: int, line: dict[str, str]) -> Row:
    quarter = (int(line["collection_year"]), int(line["collection_quarter"]))
    hisp = _hisp(line["organization_name"], line["service_provider_name"])
    service = registry.find_service(hisp, line["service_name"])
    assert service is not None
    counts = {slug: _counts(line, n) for n, slug in enumerate(QUESTIONS, start=1)}
    return Row(
        line=number,
        quarter=quarter,
        hisp=hisp.slug,
        department=department(hisp, quarter),
        service=service.slug,
        service_name=service.name,
        provided=line["service_provided"].strip(),
        point=line["transaction_point"].strip(),
        channel=line["channel"].strip(),
        **{volume: _people(line[column]) for volume, column in VOLUMES.items()},
        zeros=tuple(volume for volume, column in VOLUMES.items() if line[column] and not _people(line[column])),
        answers={slug: five for slug, five in counts.items() if any(five)},
        wordings={slug: line[f"q{n}_text"].strip() for n, slug in enumerate(QUESTIONS, start=1)},
        published={slug: line[f"q{n}_point_scale"].strip() for n, slug in enumerate(QUESTIONS, start=1)},
        entered=line["created_at"],
        updated=line["updated_at"],
    )


def _people(typed: str) -> int | None:
    return int(float(typed or 0)) or None


def _counts(line: dict[str, str], number: int) -> Counts:
    one, two, three, four, five = (int(float(line[f"q{number}_{answer}"] or 0)) for answer in range(1, 6))
    return (one, two, three, four, five)


@cache
def _hisp(organization: str, provider: str) -> Hisp:
    found = registry.find_hisp(organization, provider)
    assert found is not None
    return found


def department(hisp: Hisp, quarter: Quarter) -> str:
    """That the HISP was designated under in the quarter; today's where no designation is on record."""
    year, number = quarter
    month, day = {1: (12, 31), 2: (3, 31), 3: (6, 30), 4: (9, 30)}[number]
    last = f"{year - (number == 1)}-{month:02d}-{day}"
    first = {1: f"{year - 1}-10-01", 2: f"{year}-01-01", 3: f"{year}-04-01", 4: f"{year}-07-01"}[number]
    reaching = Designation.objects.filter(hisp=hisp, first_day__lte=last).exclude(last_day__lt=first)
    latest = reaching.select_related("department").order_by("first_day").last()
    return str((latest or hisp).department.name)


def due(quarter: Quarter) -> date:
    year, number = quarter
    return date(year, {1: 1, 2: 4, 3: 7, 4: 10}[number], 30)


def identities(of: list[Row]) -> dict[int, tuple[str, ...]]:
    """What tells the same survey in another quarter, by line: HISP, service, touchpoint, channel. Two surveys of one
    name in one quarter are told apart by their transaction point."""
    found: dict[int, tuple[str, ...]] = {}
    taken: set[tuple[object, ...]] = set()
    for row in of:
        name = row.provided or row.point or row.service_name
        own = (row.hisp, row.service, names.key(name), row.channel)
        if (row.quarter, *own) in taken:
            own = (row.hisp, row.service, names.key(f"{name} ({row.point})"), row.channel)
        taken.add((row.quarter, *own))
        found[row.line] = own
    return found
