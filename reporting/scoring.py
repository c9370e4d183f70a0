"""The arithmetic of scores: tallies of five answers, their mean, margin of error, and every way to combine them.

All arithmetic is exact (integers and Fraction); a number is rounded once, half up, when it is shown. Nothing here is
stored: counts are stored, scores are derived. The formulas are explained in docs/scores.md.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MOST_PEOPLE = 10**10  # more than everybody on earth: a count above it is a slip
FEW_ANSWERS = 30  # under this many answers a score carries the mark “few answers”
Z_95 = Fraction(196, 100)  # two-sided 95 % of the normal distribution


@dataclass(frozen=True)
class Tally:
    """How many people gave each answer: n1 strongly disagree .. n5 strongly agree; whole numbers, >= 0."""

    n1: int = 0
    n2: int = 0
    n3: int = 0
    n4: int = 0
    n5: int = 0

    def __post_init__(self) -> None:
        if any(type(count) is not int or count < 0 for count in self.counts):
            raise ValueError(f"A tally holds whole numbers of people, 0 or more; found {self.counts}.")

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        return (self.n1, self.n2, self.n3, self.n4, self.n5)

    @property
    def n(self) -> int:
        """Answers in all."""
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        """Exact score, 1 to 5; None when nobody answered."""
        return Fraction(self._weighted(1), self.n) if self.n else None

    @property
    def share_positive(self) -> Fraction | None:
        """(n4 + n5) / n, 0 to 1; None when nobody answered."""
        return Fraction(self.n4 + self.n5, self.n) if self.n else None

    @property
    def variance(self) -> Fraction | None:
        """Sample variance (n - 1); None under two answers."""
        if self.n < 2:
            return None
        return (self._weighted(2) - Fraction(self._weighted(1) ** 2, self.n)) / (self.n - 1)

    def margin_of_error(self, population: int | None = None) -> Decimal | None:
        """Half-width of the 95 % interval of the mean, in score points; None under two answers.

        `population`: people the answers stand for (offered the survey, or served). When it is known and at
        least n, the finite-population correction sqrt((N - n) / (N - 1)) applies; when all answered the margin is 0.
        """
        if self.variance is None:
            return None
        squared = Z_95**2 * self.variance / self.n
        if population is not None and population >= self.n:
            squared *= Fraction(population - self.n, population - 1)
        return _square_root(squared)

    def _weighted(self, power: int) -> int:
        return sum(point**power * count for point, count in enumerate(self.counts, start=1))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(a + b for a, b in zip(self.counts, other.counts, strict=True)))


def pool(tallies: Iterable[Tally]) -> Tally:
    """One tally of everybody's answers."""
    return sum(tallies, start=Tally())


@dataclass(frozen=True)
class SurveyTally:
    """One survey's answers to one domain, with what combining needs: its HISP, its customers (None: unknown)."""

    hisp: str
    tally: Tally
    customers: int | None = None


@dataclass(frozen=True)
class Score:
    """A combined score and what it rests on. `value` is None when nothing could be combined."""

    value: Fraction | None
    method: str
    surveys: int
    hisps: int
    answers: int
    left_out: int = 0  # surveys with answers that the method could not use (customers unknown)


def _pooled(surveys: Sequence[SurveyTally]) -> Fraction | None:
    return pool(survey.tally for survey in surveys).mean


def _mean_of_surveys(surveys: Sequence[SurveyTally]) -> Fraction | None:
    return plain_mean(survey.tally.mean for survey in surveys)


def _mean_of_hisps(surveys: Sequence[SurveyTally]) -> Fraction | None:
    hisps = dict.fromkeys(survey.hisp for survey in surveys)
    return plain_mean(pool(s.tally for s in surveys if s.hisp == hisp).mean for hisp in hisps)


def _weighted_by_customers(surveys: Sequence[SurveyTally]) -> Fraction | None:
    customers = sum(survey.customers or 0 for survey in surveys)
    if not customers:
        return None
    return sum((Fraction(s.tally.mean or 0) * (s.customers or 0) for s in surveys), Fraction(0)) / customers


@dataclass(frozen=True)
class Method:
    """A way to combine several surveys' answers to one domain into one score."""

    slug: str
    name: str
    sentence: str
    combine: Callable[[Sequence[SurveyTally]], Fraction | None]


METHODS: dict[str, Method] = {
    method.slug: method
    for method in (
        Method("pooled", "Pooled by responses", "Every answer counts the same.", _pooled),
        Method(
            "mean-of-surveys",
            "Mean of surveys",
            "Every survey counts the same, however many people answered it.",
            _mean_of_surveys,
        ),
        Method(
            "mean-of-hisps",
            "Mean of HISPs",
            "Every HISP counts the same; within a HISP every answer counts the same.",
            _mean_of_hisps,
        ),
        Method(
            "by-customers",
            "Weighted by customers",
            "Every survey counts by the number of customers it stands for.",
            _weighted_by_customers,
        ),
    )
}
DEFAULT_METHOD = "pooled"


def domain_score(surveys: Iterable[SurveyTally], method: str = DEFAULT_METHOD) -> Score:
    """One domain's score over surveys. Surveys without answers are passed over. Raises KeyError: unknown method."""
    answered = [survey for survey in surveys if survey.tally.n]
    used = [s for s in answered if s.customers] if method == "by-customers" else answered
    return Score(
        value=METHODS[method].combine(used),
        method=method,
        surveys=len(used),
        hisps=len({survey.hisp for survey in used}),
        answers=sum(survey.tally.n for survey in used),
        left_out=len(answered) - len(used),
    )


def plain_mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the values that exist; None when there are none. The combined satisfaction score of an entity
    is the plain mean of its available domain scores."""
    present = [value for value in values if value is not None]
    return sum(present, Fraction(0)) / len(present) if present else None


def ratio(part: int | None, whole: int | None) -> Fraction | None:
    """part / whole, such as the response rate respondents / offered; None when either is unknown or whole is 0."""
    return Fraction(part, whole) if part is not None and whole else None


def for_display(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """The one rounding of the product: half up, to `places` decimals, which are always kept (4.5 -> 4.50)."""
    scaled = Fraction(value) * 10**places
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def _square_root(value: Fraction) -> Decimal:
    """To far more digits than are ever shown."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()
