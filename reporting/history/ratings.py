"""OMB's file of ratings and reflections: what OMB said about each survey, and what the agency wrote that quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hisps import names
from reporting.history.row import Row
from reporting.history.table import Table
from reporting.history.table import read as read_table

REQUIRED = (
    "fiscal_year",
    "quarter",
    "organization_name",
    "service_provider_name",
    "service_name",
    "service_provided",
    "rating",
    "reflection",
)
RATINGS = {"TRUE": "in_line", "PARTIAL": "partly", "FALSE": "not", "": ""}
LONGEST_REFLECTION = 20_000  # characters

Key = tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """One line: OMB's rating of a survey and the agency's reflection. `name` says in words which survey is meant."""

    line: int
    key: Key
    name: str
    rating: str
    reflection: str


@dataclass(frozen=True)
class Ratings:
    by_key: dict[Key, Rating]
    unmatched: list[Rating]


def read(data: bytes, name: str) -> tuple[list[Rating], Table]:
    table = read_table(data, name, REQUIRED)
    ratings: list[Rating] = []
    said: dict[Key, Rating] = {}
    for line in table.lines:
        typed = line.values["rating"].strip().upper()
        if typed not in RATINGS:
            found = f"“{typed[:60]}” stands here."
            table.report(
                "rating", line.number, "rating", found, "TRUE, PARTIAL, FALSE or nothing.", "Write one of them."
            )
            continue
        reflection = line.values["reflection"].strip()
        if len(reflection) > LONGEST_REFLECTION:
            found = f"The reflection has {len(reflection):,} characters."
            wanted = f"At most {LONGEST_REFLECTION:,} characters."
            table.report("too_long", line.number, "reflection", found, wanted, "Shorten it.")
        values = [line.values[column].strip() for column in REQUIRED[:6]]
        rating = Rating(line.number, _key(values), ", ".join(values), RATINGS[typed], reflection)
        earlier = said.setdefault(rating.key, rating)
        if (earlier.rating, earlier.reflection) != (rating.rating, rating.reflection):
            found = f"Line {earlier.line} says something else about the same survey."
            table.report("twice", line.number, "service_provided", found, "One line for a survey.", "Remove one.")
        ratings.append(rating)
    return ratings, table


def matched(ratings: Sequence[Rating], rows: Iterable[Row]) -> Ratings:
    """The ratings by survey, and those that no row of the collections file answers to."""
    keys = {key_of(row) for row in rows}
    return Ratings({rating.key: rating for rating in ratings}, [r for r in ratings if r.key not in keys])


def rated(rows: Iterable[Row], ratings: Ratings) -> list[Row]:
    return [_rated(row, ratings.by_key.get(key_of(row))) for row in rows]


def reflection(rows: Sequence[Row], ratings: Ratings) -> str:
    """One HISP's reflection on a quarter. Where its services have different ones, each stands under their names."""
    services: dict[str, list[str]] = {}
    for row in rows:
        said = ratings.by_key.get(key_of(row))
        if said is not None and said.reflection:
            named = services.setdefault(said.reflection, [])
            if row.survey.service not in named:
                named.append(row.survey.service)
    if len(services) < 2:
        return next(iter(services), "")
    return "\n\n".join(f"{', '.join(named)}:\n{text}" for text, named in services.items())


def key_of(row: Row) -> Key:
    survey = row.survey
    return _key(
        [
            str(row.quarter.fiscal_year),
            str(row.quarter.number),
            row.organization,
            row.provider,
            survey.service,
            survey.service_provided,
        ]
    )


def _key(values: Iterable[str]) -> Key:
    return tuple(names.key(value) for value in values)


def _rated(row: Row, rating: Rating | None) -> Row:
    return row if rating is None else replace(row, survey=replace(row.survey, omb_rating=rating.rating))
