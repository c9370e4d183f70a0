"""Our own tables of published figures as Contents. Pure: HISPs are slugs, services are names."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS
from reporting.fiscal import FiscalQuarter
from reporting.scoring import Tally
from reporting.workbook.cells import Cell

FOLDER = Path(__file__).parent
NOT_AT_HAND = "Only the volumes of this quarter are at hand, not the answers."
# What the tables hold. What was left out of them (wordings, addresses) is not checked for being there.
_CHECKED = ("service", "service_provided", "channel", "customers", "offered", "respondents", "control_number")
REFLECTION = "The agency wrote a reflection for this quarter; this demonstration shows figures only."
_REFLECTION_LEFT_OUT = {"surveys": Cell("", 1, "")}
UNKNOWN = "The published file holds no number here."

Place = tuple[str, FiscalQuarter]  # HISP slug and quarter
Line = tuple[int, dict[str, str]]
Value = TypeVar("Value")


def surveys() -> dict[Place, Contents]:
    """Every HISP's surveys by quarter, from surveys.csv."""
    reflected = {_place(row) for _, row in _lines("surveys") if row["reflection"] == "given"}
    return {
        place: Contents(
            reflection=REFLECTION if place in reflected else "", surveys=tuple(each), places=_REFLECTION_LEFT_OUT
        )
        for place, each in _grouped("surveys", _survey).items()
    }


def operations() -> dict[Place, Contents]:
    """Operational metrics and index scores by HISP and quarter, from metrics.csv and indexes.csv."""
    metrics, indexes = _grouped("metrics", _metric), _grouped("indexes", _index)
    return {
        place: Contents(
            metrics=tuple(metrics.get(place, ())),
            indexes=tuple(indexes.get(place, ())),
            places=_REFLECTION_LEFT_OUT,
        )
        for place in {**metrics, **indexes}
    }


def entered() -> dict[Place, tuple[datetime, datetime]]:
    """When the rows of a HISP's quarter were entered first and updated last, where the published file says so."""
    found: dict[Place, list[datetime]] = {}
    for _, row in _lines("surveys"):
        days = [datetime.fromisoformat(row[name]).replace(tzinfo=UTC) for name in ("entered", "updated") if row[name]]
        found.setdefault(_place(row), []).extend(days)
    return {place: (min(days), max(days)) for place, days in found.items() if days}


def _lines(table: str) -> Iterator[Line]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _grouped(table: str, read: Callable[[int, dict[str, str]], Value]) -> dict[Place, list[Value]]:
    groups: dict[Place, list[Value]] = {}
    for number, row in _lines(table):
        groups.setdefault(_place(row), []).append(read(number, row))
    return groups


def _place(row: dict[str, str]) -> Place:
    return row["hisp"], FiscalQuarter.parse(row["quarter"])


def _survey(number: int, row: dict[str, str]) -> Survey:
    volumes = {field: int(row[field]) if row[field] else None for field in ("customers", "offered", "respondents")}
    questions = [_question(number, row, slug) for slug in QUESTION_SLUGS if row.get(slug) or slug in DOMAIN_BY_SLUG]
    return Survey(
        service=row["service"],
        service_provided=row["service_provided"],
        channel=row["channel"],
        customers=volumes["customers"],
        offered=volumes["offered"],
        respondents=volumes["respondents"],
        control_number=row["control_number"],
        volume_notes={field: UNKNOWN for field, people in volumes.items() if people is None},
        questions=tuple(questions),
        places={"line": Cell("", number, ""), **{column: Cell("", number, column) for column in _CHECKED}},
    )


def _question(number: int, row: dict[str, str], slug: str) -> Question:
    typed = row[slug]
    places = {count: Cell("", number, slug) for count in ("n1", "n2", "n3", "n4", "n5")}
    if typed == "not at hand":
        return Question(slug, no_data="no_answers", notes=NOT_AT_HAND, places=places)
    if typed in ("", "no answers"):
        return Question(slug, no_data="no_answers" if typed else "not_asked", places=places)
    tally = Tally(*(int(count) for count in typed.split()))
    return Question(slug, tally=tally, published_score=Decimal(row[f"{slug}_score"]), places=places)


def _metric(_: int, row: dict[str, str]) -> Metric:
    return Metric(row["name"], Decimal(row["value"]), row["unit"], row["service"], row["footnote"])


def _index(_: int, row: dict[str, str]) -> Index:
    return Index(
        name=row["name"],
        value=Decimal(row["value"]),
        scale_maximum=Decimal(row["scale_maximum"]),
        threshold=Decimal(row["threshold"]),
        threshold_label=row["threshold_label"],
        service=row["service"],
        covers=row["covers"],
        footnote=row["footnote"],
    )
