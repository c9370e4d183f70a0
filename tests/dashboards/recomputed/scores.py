"""Surveys combined by the four methods, with margins: written from docs of the domain, exact throughout."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tests.dashboards.recomputed.history import DOMAINS, Counts, Row
from tests.dashboards.recomputed.words import root

METHODS = {
    "pooled": "Pooled by responses",
    "mean-of-surveys": "Mean of surveys",
    "mean-of-hisps": "Mean of HISPs",
    "by-customers": "Weighted by customers",
}
Z = Fraction(196, 100)  # 95 %
Part = tuple[Fraction, "Pool"]  # its weight, and what it weighs


@dataclass(frozen=True)
class Pool:
    """Answers thrown together; `population`: how many people they stand for, None where that is not known."""

    counts: Counts
    population: int | None

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Fraction:
        return Fraction(sum(answer * count for answer, count in enumerate(self.counts, 1)), self.n)

    @property
    def squared_margin(self) -> Fraction | None:
        """Z² s² / n, times (N - n) / (N - 1) where N is known and holds those who answered."""
        if self.n < 2:
            return None
        squares = sum(count * (answer - self.mean) ** 2 for answer, count in enumerate(self.counts, 1))
        square = Z**2 * squares / (self.n - 1) / self.n
        if self.population is not None and self.population >= self.n:
            square *= Fraction(self.population - self.n, self.population - 1)
        return square


def pool(rows: Iterable[Row], slug: str) -> Pool:
    own = [Pool(row.answers[slug], _population(row, slug)) for row in rows]
    one, two, three, four, five = (sum(counts) for counts in zip(*(each.counts for each in own), strict=True))
    known = [each.population for each in own if each.population is not None]
    return Pool((one, two, three, four, five), sum(known) if len(known) == len(own) else None)


def _population(row: Row, slug: str) -> int | None:
    """Customers, or those offered the survey: the first that is not fewer than answered."""
    return next((number for number in row.population if number >= sum(row.answers[slug])), None)


@dataclass(frozen=True)
class Found:
    """A score with all that is printed of it. `margin` in score points."""

    value: Fraction | None
    margin: Fraction | None = None
    answers: int = 0
    surveys: int = 0
    hisps: int = 0
    left_out: int = 0
    counts: Counts = (0, 0, 0, 0, 0)  # pooled, whatever the method

    @property
    def positive(self) -> Fraction | None:
        return Fraction(self.counts[3] + self.counts[4], sum(self.counts)) if sum(self.counts) else None

    @property
    def few(self) -> bool:
        return 0 < self.answers < 30


class Group(list[Row]):
    """The surveys of an entity in a quarter."""

    def found(self, slug: str, method: str) -> Found:
        cache: dict[tuple[str, str], Found] = self.__dict__.setdefault("_found", {})
        if (slug, method) not in cache:
            cache[slug, method] = self.combined(method) if slug == "combined" else self._found_anew(slug, method)
        return cache[slug, method]

    def _found_anew(self, slug: str, method: str) -> Found:
        answered = [row for row in self if slug in row.answers]
        if not answered:
            return Found(None)
        used = [row for row in answered if row.customers] if method == "by-customers" else answered
        everything = pool(answered, slug).counts
        if not used:
            return Found(None, left_out=len(answered), counts=everything)
        parts = _parts(used, slug, method)
        squares = [each.squared_margin for _, each in parts]
        known = [weight**2 * own for (weight, _), own in zip(parts, squares, strict=True) if own is not None]
        return Found(
            value=sum((weight * each.mean for weight, each in parts), Fraction(0)),
            margin=root(sum(known, Fraction(0))) if len(known) == len(parts) else None,
            answers=sum(sum(row.answers[slug]) for row in used),
            surveys=len(used),
            hisps=len({row.hisp for row in used}),
            left_out=len(answered) - len(used),
            counts=everything,
        )

    def combined(self, method: str) -> Found:
        """The plain mean of the domain scores that there are; its margin is the plain mean of theirs."""
        there = [one for slug in DOMAINS if (one := self.found(slug, method)).value is not None]
        if not there:
            return Found(None, surveys=len(self.answering), hisps=len({row.hisp for row in self.answering}))
        margins = [one.margin for one in there if one.margin is not None]
        return Found(
            value=sum((one.value or Fraction(0) for one in there), Fraction(0)) / len(there),
            margin=sum(margins, Fraction(0)) / len(margins) if len(margins) == len(there) else None,
            answers=sum(one.answers for one in there),
            surveys=len(self.answering),
            hisps=len({row.hisp for row in self.answering}),
        )

    @cached_property
    def answering(self) -> list[Row]:
        return [row for row in self if any(slug in row.answers for slug in DOMAINS)]

    def with_score(self, method: str) -> list[str]:
        return [slug for slug in DOMAINS if self.found(slug, method).value is not None]


def _parts(rows: list[Row], slug: str, method: str) -> list[Part]:
    if method == "pooled":
        return [(Fraction(1), pool(rows, slug))]
    if method == "mean-of-hisps":
        hisps = {row.hisp: [each for each in rows if each.hisp == row.hisp] for row in rows}
        return [(Fraction(1, len(hisps)), pool(own, slug)) for own in hisps.values()]
    if method == "mean-of-surveys":
        return [(Fraction(1, len(rows)), pool([row], slug)) for row in rows]
    customers = sum(row.customers or 0 for row in rows)
    return [(Fraction(row.customers or 0, customers), pool([row], slug)) for row in rows]
