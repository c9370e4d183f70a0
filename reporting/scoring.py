"""The arithmetic of scores: tallies of five answers, their mean, margin of error, and every way to combine them.

All arithmetic is exact (integers and Fraction); a number is rounded once, half up, when it is shown. Nothing here is
stored: counts are stored, scores are derived. The formulas are explained in docs/scores.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

MOST_PEOPLE = 10**10  # more than everybody on earth: a count above it is a slip
FEW_ANSWERS = 30  # under this many answers a score carries the mark “few answers”
Z_95 = Fraction(196, 100)  # two-sided 95 % of the normal distribution
_WHOLE = frozenset([int])  # not bool


@dataclass(frozen=True)
class Tally:
    """How many people gave each answer: n1 strongly disagree .. n5 strongly agree; whole numbers, >= 0."""

    n1: int = 0
    n2: int = 0
    n3: int = 0
    n4: int = 0
    n5: int = 0
    counts: tuple[int, int, int, int, int] = field(init=False, repr=False, compare=False)
    n: int = field(init=False, repr=False, compare=False)  # answers in all

    def __post_init__(self) -> None:
        counts = (self.n1, self.n2, self.n3, self.n4, self.n5)
        if not _WHOLE.issuperset(map(type, counts)) or min(counts) < 0:
            raise ValueError(f"A tally holds whole numbers of people, 0 or more; found {counts}.")
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "n", sum(counts))

    @property
    def mean(self) -> Fraction | None:
        """Exact score, 1 to 5; None when nobody answered."""
        return Fraction(self.points, self.n) if self.n else None

    @property
    def share_positive(self) -> Fraction | None:
        """(n4 + n5) / n, 0 to 1; None when nobody answered."""
        return Fraction(self.n4 + self.n5, self.n) if self.n else None

    @property
    def variance(self) -> Fraction | None:
        """Sample variance (n - 1); None under two answers."""
        return Fraction(self._spread, self.n * (self.n - 1)) if self.n >= 2 else None

    def margin_of_error(self, population: int | None = None) -> Decimal | None:
        """Half-width of the 95 % interval of the mean, in score points; None under two answers.

        `population`: people the answers stand for (offered the survey, or served). When it is known and at
        least n, the finite-population correction sqrt((N - n) / (N - 1)) applies; when all answered the margin is 0.
        """
        if self.n < 2:
            return None
        # Numerator and denominator of z² s² / n, apart: reducing fractions on the way costs more than all the rest.
        above = Z_95.numerator**2 * self._spread
        below = Z_95.denominator**2 * self.n**2 * (self.n - 1)
        if population is not None and population >= self.n:
            above, below = above * (population - self.n), below * (population - 1)
        return (Decimal(above) / Decimal(below)).sqrt()

    @property
    def points(self) -> int:
        """The sum of all answers."""
        return self.n1 + 2 * self.n2 + 3 * self.n3 + 4 * self.n4 + 5 * self.n5

    @property
    def _spread(self) -> int:
        """n times the sum of squared distances from the mean, a whole number."""
        squares = self.n1 + 4 * self.n2 + 9 * self.n3 + 16 * self.n4 + 25 * self.n5
        return self.n * squares - self.points**2


def pool(tallies: Iterable[Tally]) -> Tally:
    """One tally of everybody's answers."""
    tallies = list(tallies)
    if len(tallies) == 1:
        return tallies[0]
    n1 = n2 = n3 = n4 = n5 = 0  # a loop: a page pools thousands, and sums over the turned table take twice as long
    for tally in tallies:
        counts = tally.counts
        n1, n2, n3, n4, n5 = n1 + counts[0], n2 + counts[1], n3 + counts[2], n4 + counts[3], n5 + counts[4]
    return Tally(n1, n2, n3, n4, n5)


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
    answers = sum(survey.tally.n for survey in surveys)
    return Fraction(sum(survey.tally.points for survey in surveys), answers) if answers else None


def _mean_of_surveys(surveys: Sequence[SurveyTally]) -> Fraction | None:
    answered = [survey.tally for survey in surveys if survey.tally.n]
    return _mean([(tally.points, tally.n) for tally in answered], len(answered)) if answered else None


def _mean_of_hisps(surveys: Sequence[SurveyTally]) -> Fraction | None:
    by_hisp: dict[str, list[Tally]] = {}
    for survey in surveys:
        by_hisp.setdefault(survey.hisp, []).append(survey.tally)
    return plain_mean(pool(tallies).mean for tallies in by_hisp.values())


def _weighted_by_customers(surveys: Sequence[SurveyTally]) -> Fraction | None:
    customers = sum(survey.customers or 0 for survey in surveys)
    if not customers:
        return None
    return _mean([(s.tally.points * (s.customers or 0), s.tally.n) for s in surveys if s.tally.n], customers)


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
    """One domain's score over surveys. Surveys without answers are passed over; of a single one every method gives
    its own score."""
    answered = [survey for survey in surveys if survey.tally.n]
    used = [s for s in answered if s.customers] if method == "by-customers" else answered
    return Score(
        value=used[0].tally.mean if len(used) == 1 else METHODS[method].combine(used),
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
    return _mean([(value.numerator, value.denominator) for value in present], len(present)) if present else None


def _mean(parts: Sequence[tuple[int, int]], weight: int) -> Fraction:
    """The sum of these fractions, divided by `weight`; exact. Adding them one after the other would bring each partial
    sum to its lowest terms, which cost more than all else of a page."""
    below = lcm(*(denominator for _, denominator in parts))
    return Fraction(sum(numerator * (below // denominator) for numerator, denominator in parts), below * weight)


def ratio(part: int | None, whole: int | None) -> Fraction | None:
    """part / whole, such as the response rate respondents / offered; None when either is unknown or whole is 0."""
    return Fraction(part, whole) if part is not None and whole else None


def for_display(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """The one rounding of the product: half up, to `places` decimals, which are always kept (4.5 -> 4.50)."""
    numerator, denominator = value.as_integer_ratio()
    whole = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(whole if numerator >= 0 else -whole).scaleb(-places)
