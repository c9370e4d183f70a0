"""One survey as the public may see it, and surveys that are looked at together, with the scores made of them.

A page and a file ask for the same scores many times: beside a change, for each method, for a HISP that has but one
service. Each is made once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import cached_property

from dashboards import margins
from dashboards.margins import Sample
from reporting.contents import Survey
from reporting.domains import SEVEN_DOMAINS
from reporting.scoring import DEFAULT_METHOD, Score, Tally, domain_score, plain_mean, pool


@dataclass(frozen=True)
class PublishedSurvey:
    """`touchpoint` tells the same survey in another quarter."""

    hisp: str  # slug
    service: str  # slug
    touchpoint: int
    survey: Survey

    @property
    def identity(self) -> tuple[int, str]:
        return (self.touchpoint, self.survey.channel)

    @property
    def slug(self) -> str:
        """The same in an address, where it lasts: touchpoints are renamed, but neither deleted nor numbered anew."""
        return f"{self.touchpoint}-{self.survey.channel}" if self.survey.channel else str(self.touchpoint)

    @cached_property
    def samples(self) -> Mapping[str, Sample]:
        """By question that the report speaks of; with an empty tally where there are no answers."""
        people = (self.survey.customers, self.survey.offered)
        return {one.domain: Sample(self.hisp, one.tally or Tally(), *people) for one in self.survey.questions}

    @cached_property
    def has_answers(self) -> bool:
        """To any of the seven domains."""
        return any(domain.slug in self.samples and self.samples[domain.slug].tally.n for domain in SEVEN_DOMAINS)


class Answers:
    """What several surveys found out about one question."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.samples = samples
        self._scores: dict[str, Score] = {}
        self._margins: dict[str, Decimal | None] = {}

    @cached_property
    def tally(self) -> Tally:
        """Everybody's answers."""
        return pool(sample.tally for sample in self.samples)

    def score(self, method: str) -> Score:
        if method not in self._scores:
            self._scores[method] = domain_score(self.samples, method)
        return self._scores[method]

    def margin(self, method: str) -> Decimal | None:
        if method not in self._margins:
            self._margins[method] = self._margin(method)
        return self._margins[method]

    def _margin(self, method: str) -> Decimal | None:
        answered = [sample for sample in self.samples if sample.tally.n]
        if method == DEFAULT_METHOD and len(answered) > 1:
            return margins.of_pool(self.tally, answered)  # as the method says, and added up already
        return margins.margin(answered, method)


class Group(tuple[PublishedSurvey, ...]):
    """Surveys that are looked at together: of a service, a HISP, a department, the government in a quarter."""

    _answers: dict[str, Answers]
    _means: dict[str, Fraction | None]

    def __new__(cls, surveys: Iterable[PublishedSurvey] = ()) -> "Group":
        """A group stays the group that it is, with what was made of it."""
        if isinstance(surveys, Group):
            return surveys
        group = super().__new__(cls, surveys)
        group._answers, group._means = {}, {}
        return group

    def part(self, surveys: Sequence[PublishedSurvey]) -> "Group":
        """These of its surveys; the group itself when that is all of them."""
        return self if len(surveys) == len(self) else Group(surveys)

    def answers(self, slug: str) -> Answers:
        """To one question."""
        if slug not in self._answers:
            self._answers[slug] = Answers([one.samples[slug] for one in self if slug in one.samples])
        return self._answers[slug]

    def mean_of_domains(self, method: str = DEFAULT_METHOD) -> Fraction | None:
        """The combined score, exact."""
        if method not in self._means:
            values = (self.answers(domain.slug).score(method).value for domain in SEVEN_DOMAINS)
            self._means[method] = plain_mean(values)
        return self._means[method]

    @cached_property
    def with_answers(self) -> "Group":
        return self.part([one for one in self if one.has_answers])

    @cached_property
    def answering(self) -> int:
        """How many surveys have answers to any of the seven domains."""
        return len(self.with_answers)

    @cached_property
    def hisps(self) -> int:
        """How many HISPs have answers here."""
        return len({one.hisp for one in self.with_answers})

    def in_common(self, before: "Group") -> "tuple[Group, Group]":
        """The surveys that both have, as they are here and as they were before, so that like is compared with like."""
        if not self:  # a quarter without figures, after one that may be known by its sums only
            return self, Group()
        common = {one.identity for one in self} & {one.identity for one in before}
        return (
            self.part([one for one in self if one.identity in common]),
            before.part([one for one in before if one.identity in common]),
        )

    def why_silent(self, slug: str) -> set[str]:
        """Every kind of reason why surveys here have no answers to a question."""
        found = {question.no_data for one in self if (question := one.survey.question(slug))}
        return found | {"not_publishable" for one in self if not one.survey.publishable}
