"""The 95 % margin of error of a combined score, by the method that combined it.

Pooled: the margin of the pooled tally. The other methods are weighted means of independent parts (surveys, or HISPs),
so the margin is the root of the sum of (weight x margin of the part) squared. Every part needs two answers. The
formulas are explained in docs/scores.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import cached_property  # that of functools takes a lock before Python 3.12

from reporting.scoring import SurveyTally, Tally, pool


@dataclass(frozen=True)
class Sample(SurveyTally):
    """With the number offered the survey (None: unknown), which tells how many people the answers stand for."""

    offered: int | None = None

    @cached_property
    def population(self) -> int | None:
        """Customers served; the number offered where that is unknown. Never fewer than answered."""
        known = (number for number in (self.customers, self.offered) if number and number >= self.tally.n)
        return next(known, None)

    @cached_property
    def margin(self) -> Decimal | None:
        return self.tally.margin_of_error(self.population)


def margin(samples: Iterable[Sample], method: str) -> Decimal | None:
    """In score points; None when a part has fewer than two answers, or nothing was combined."""
    answered = [sample for sample in samples if sample.tally.n]
    if method == "by-customers":
        answered = [sample for sample in answered if sample.customers]
    if len(answered) == 1:
        return answered[0].margin
    if method == "mean-of-surveys":
        return _weighted([(Fraction(1, len(answered)), sample.margin) for sample in answered])
    if method == "by-customers":
        customers = sum(sample.customers or 0 for sample in answered)
        return _weighted([(Fraction(sample.customers or 0, customers), sample.margin) for sample in answered])
    if method == "mean-of-hisps":
        by_hisp: dict[str, list[Sample]] = {}
        for sample in answered:
            by_hisp.setdefault(sample.hisp, []).append(sample)
        return _weighted([(Fraction(1, len(by_hisp)), _pooled(own)) for own in by_hisp.values()])
    return _pooled(answered)


def mean_margin(margins: Sequence[Decimal | None]) -> Decimal | None:
    """The most that the margin of a plain mean of scores can be, however the scores depend on one another (the same
    people answer all the questions): the plain mean of their margins. None when one is unknown."""
    known = [one for one in margins if one is not None]
    return sum(known, Decimal(0)) / len(known) if known and len(known) == len(margins) else None


def _weighted(parts: Sequence[tuple[Fraction, Decimal | None]]) -> Decimal | None:
    """Of parts with their weight and margin."""
    squares = Decimal(0)
    for weight, own in parts:
        if own is None:
            return None
        squares += (own * weight.numerator / weight.denominator) ** 2
    return squares.sqrt() if parts else None


def _pooled(samples: Sequence[Sample]) -> Decimal | None:
    return samples[0].margin if len(samples) == 1 else of_pool(pool(sample.tally for sample in samples), samples)


def of_pool(tally: Tally, samples: Sequence[Sample]) -> Decimal | None:
    """Of everybody's answers to these samples, all of which have some. The people that they stand for are known when
    those of each sample are."""
    populations = [sample.population for sample in samples]
    known = [number for number in populations if number is not None]
    return tally.margin_of_error(sum(known) if known and len(known) == len(populations) else None)
