"""Two groups of surveys side by side: how far their scores are apart, and whether that is more than their margins of
error. Like is compared with like. The formulas are explained in docs/comparisons.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboards import margins
from dashboards.surveys import Group, PublishedSurvey
from reporting.domains import SEVEN_DOMAINS
from reporting.scoring import DEFAULT_METHOD, FEW_ANSWERS, plain_mean


@dataclass(frozen=True)
class Estimate:
    """A score, 1 to 5, with the half-width of its 95 % interval; None where there is no score, or no margin."""

    value: Fraction | None
    margin: Decimal | None


@dataclass(frozen=True)
class Difference:
    """`value`: the one score less the other, in score points. `margin`: None where one of them has none."""

    value: Fraction
    margin: Decimal | None

    @property
    def is_clear(self) -> bool:
        """Larger than its margin of error."""
        return self.margin is not None and abs(self.value) > Fraction(self.margin)


def difference(one: Estimate, other: Estimate) -> Difference | None:
    """Of two scores that rest on different people, so the squares of their margins add up. None where one is not."""
    if one.value is None or other.value is None:
        return None
    known = one.margin is not None and other.margin is not None
    margin = ((one.margin or Decimal(0)) ** 2 + (other.margin or Decimal(0)) ** 2).sqrt() if known else None
    return Difference(one.value - other.value, margin)


def domain_estimate(group: Group, slug: str, method: str = DEFAULT_METHOD) -> Estimate:
    of = group.answers(slug)
    return Estimate(of.score(method).value, of.margin(method))


def combined_estimate(group: Group, method: str = DEFAULT_METHOD, of: Sequence[str] | None = None) -> Estimate:
    """The mean of the domains that have a score, or of those given, with the most that its margin can be."""
    slugs = domains_of(group, method) if of is None else of
    estimates = [domain_estimate(group, slug, method) for slug in slugs]
    return Estimate(
        plain_mean(one.value for one in estimates),
        margins.mean_margin([one.margin for one in estimates if one.value is not None]),
    )


def domains_of(group: Group, method: str = DEFAULT_METHOD) -> tuple[str, ...]:
    """Those that have a score."""
    return tuple(one.slug for one in SEVEN_DOMAINS if group.answers(one.slug).score(method).value is not None)


@dataclass(frozen=True)
class LikeForLike:
    """The surveys that two quarters have in common, as they are now and as they were."""

    now: Group
    before: Group

    def change(self, method: str = DEFAULT_METHOD) -> Difference | None:
        """Of the combined score."""
        return difference(combined_estimate(self.now, method), combined_estimate(self.before, method))

    def is_firm(self, method: str = DEFAULT_METHOD, least: int = FEW_ANSWERS) -> bool:
        """The same domains have a score in both quarters, each over at least so many answers both times."""
        domains = domains_of(self.now, method)
        return (
            bool(domains)
            and domains == domains_of(self.before, method)
            and all(
                group.answers(slug).score(method).answers >= least
                for group in (self.now, self.before)
                for slug in domains
            )
        )


def like_for_like(now: Sequence[PublishedSurvey], before: Sequence[PublishedSurvey]) -> LikeForLike:
    """The same touchpoint over the same channel, in both."""
    present, past = Group(now), Group(before)
    common = {one.identity for one in present} & {one.identity for one in past}
    return LikeForLike(
        now=present.part([one for one in present if one.identity in common]),
        before=past.part([one for one in past if one.identity in common]),
    )
