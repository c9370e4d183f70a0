"""Surveys of a quarter added up: what a trend needs of them, once their counts never change again.

Sums of counts, of people and of surveys; no score is among them. A sum of sums is a sum: a HISP's, a department's, the
government's. The pure arithmetic; reporting.sums keeps it in step with what is published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from reporting.domains import SEVEN_DOMAINS
from reporting.scoring import Tally

VOLUMES = ("customers", "offered", "respondents")
DOMAINS = tuple(domain.slug for domain in SEVEN_DOMAINS)
Counts = tuple[int, int, int, int, int]
_NOBODY: Counts = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Reported:
    """One survey as the public may see it: counts by domain, and why others have none. `identity` tells the same
    survey in another quarter."""

    identity: tuple[int, str]
    customers: int | None
    offered: int | None
    respondents: int | None
    counts: Mapping[str, Counts]
    no_data: Mapping[str, str]

    def population(self, answers: int) -> int | None:
        """As dashboards.margins has it: customers, else the number offered; never fewer than answered."""
        return next((number for number in (self.customers, self.offered) if number and number >= answers), None)


@dataclass(frozen=True)
class Asked:
    """Answers to one domain. `surveys` and `hisps`: with answers. `population`: None when a survey's is unknown."""

    counts: Counts = _NOBODY
    surveys: int = 0
    hisps: int = 0
    population: int | None = 0
    no_data: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        return Tally(*self.counts)

    def plus(self, other: "Asked") -> "Asked":
        known = self.population is not None and other.population is not None
        return Asked(
            _added(self.counts, other.counts),
            self.surveys + other.surveys,
            self.hisps + other.hisps,
            (self.population or 0) + (other.population or 0) if known else None,
            tuple(sorted({*self.no_data, *other.no_data})),
        )


def _added(one: Counts, other: Counts) -> Counts:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3], one[4] + other[4])


@dataclass(frozen=True)
class Sum:
    """Surveys of one quarter. `answering` and `hisps`: with answers to any of the seven domains."""

    surveys: int = 0
    answering: int = 0
    hisps: int = 0
    domains: Mapping[str, Asked] = field(default_factory=dict)

    def plus(self, other: "Sum") -> "Sum":
        both = {
            slug: self.domains.get(slug, Asked()).plus(other.domains.get(slug, Asked()))
            for slug in DOMAINS
            if slug in self.domains or slug in other.domains
        }
        return Sum(self.surveys + other.surveys, self.answering + other.answering, self.hisps + other.hisps, both)


@dataclass(frozen=True)
class Volume:
    """People of one kind, and how many surveys told of them."""

    people: int = 0
    surveys: int = 0

    def plus(self, other: "Volume") -> "Volume":
        return Volume(self.people + other.people, self.surveys + other.surveys)


@dataclass(frozen=True)
class QuarterSum:
    """`same`: over the surveys that the quarter before has too; `before`: over those, as they were then. `rate`:
    offered and answered, over the surveys that told both. `reports`: HISPs with a published report."""

    reports: int = 0
    every: Sum = field(default_factory=Sum)
    same: Sum = field(default_factory=Sum)
    before: Sum = field(default_factory=Sum)
    volumes: Mapping[str, Volume] = field(default_factory=lambda: dict.fromkeys(VOLUMES, Volume()))
    rate: tuple[int, int, int] = (0, 0, 0)  # offered, answered, surveys

    def plus(self, other: "QuarterSum") -> "QuarterSum":
        return QuarterSum(
            self.reports + other.reports,
            self.every.plus(other.every),
            self.same.plus(other.same),
            self.before.plus(other.before),
            {name: self.volumes[name].plus(other.volumes[name]) for name in VOLUMES},
            (self.rate[0] + other.rate[0], self.rate[1] + other.rate[1], self.rate[2] + other.rate[2]),
        )


def total(parts: Iterable[QuarterSum]) -> QuarterSum:
    return reduce(QuarterSum.plus, parts, QuarterSum())


def of_hisp(surveys: Sequence[Reported], before: Sequence[Reported]) -> QuarterSum:
    """One HISP's published report, beside that of the quarter before (empty where there is none)."""
    common = {one.identity for one in surveys} & {one.identity for one in before}
    complete = [one for one in surveys if one.respondents is not None and one.offered]
    return QuarterSum(
        reports=1,
        every=_sum(surveys),
        same=_sum([one for one in surveys if one.identity in common]),
        before=_sum([one for one in before if one.identity in common]),
        volumes={name: _volume(surveys, name) for name in VOLUMES},
        rate=(sum(s.offered or 0 for s in complete), sum(s.respondents or 0 for s in complete), len(complete)),
    )


def _volume(surveys: Sequence[Reported], name: str) -> Volume:
    known = [number for one in surveys if (number := getattr(one, name)) is not None]
    return Volume(sum(known), len(known))


def _sum(surveys: Sequence[Reported]) -> Sum:
    answering = sum(bool(one.counts) for one in surveys)
    asked = ((slug, _asked(surveys, slug)) for slug in DOMAINS)
    return Sum(len(surveys), answering, int(answering > 0), {slug: one for slug, one in asked if one != Asked()})


def _asked(surveys: Sequence[Reported], slug: str) -> Asked:
    answered = [(one, one.counts[slug]) for one in surveys if slug in one.counts]
    populations = [one.population(sum(counts)) for one, counts in answered]
    return Asked(
        counts=reduce(_added, (counts for _, counts in answered), _NOBODY),
        surveys=len(answered),
        hisps=int(bool(answered)),
        population=None if None in populations else sum(filter(None, populations)),
        no_data=tuple(sorted({one.no_data[slug] for one in surveys if slug in one.no_data})),
    )


def as_json(one: QuarterSum) -> dict[str, Any]:
    """As the database keeps it; `from_json` reads it back."""
    parts = {name: _sum_as_json(getattr(one, name)) for name in ("every", "same", "before")}
    volumes = {name: [volume.people, volume.surveys] for name, volume in one.volumes.items()}
    return {"reports": one.reports, **parts, "volumes": volumes, "rate": list(one.rate)}


def _sum_as_json(one: Sum) -> list[Any]:
    """Of a domain: five counts, surveys, HISPs, population (None: not known), then why others have no data."""
    domains = {
        slug: [*asked.counts, asked.surveys, asked.hisps, asked.population, *asked.no_data]
        for slug, asked in one.domains.items()
    }
    return [one.surveys, one.answering, one.hisps, domains]


def from_json(kept: Mapping[str, Any]) -> QuarterSum:
    return QuarterSum(
        reports=kept["reports"],
        every=_sum_from_json(kept["every"]),
        same=_sum_from_json(kept["same"]),
        before=_sum_from_json(kept["before"]),
        volumes={name: Volume(*numbers) for name, numbers in kept["volumes"].items()},
        rate=tuple(kept["rate"]),
    )


def _sum_from_json(kept: Sequence[Any]) -> Sum:
    surveys, answering, hisps, domains = kept
    return Sum(surveys, answering, hisps, {slug: _asked_from_json(*row) for slug, row in domains.items()})


def _asked_from_json(
    n1: int, n2: int, n3: int, n4: int, n5: int, surveys: int, hisps: int, population: int | None, *no_data: str
) -> Asked:
    return Asked((n1, n2, n3, n4, n5), surveys, hisps, population, no_data)
