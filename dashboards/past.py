"""Quarters one after another, for trends: of everything ever published only what a trend shows is read.

Pooled by responses, and every HISP over time, need sums alone, which are kept (reporting.sums). The other methods need
each survey: of the quarters that a trend shows, no more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Subquery

from dashboards import providers, published
from dashboards.surveys import Answers, Group
from reporting import summed
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter, QuarterTotal, Submission
from reporting.scoring import DEFAULT_METHOD, Score
from reporting.summed import Asked, QuarterSum, Sum

MOST_QUARTERS = 24  # of a trend: six years
Past = Mapping[FiscalQuarter, Group]
Parts = dict[str, QuarterSum]  # by HISP
_PLACE = F("quarter__fiscal_year") * 4 + F("quarter__number")


class SummedAnswers(Answers):
    """Pooled answers to one question, of which the surveys are not at hand."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(())
        self.asked = asked
        self.tally = asked.tally

    def score(self, method: str) -> Score:
        _pooled_only(method)
        return Score(self.tally.mean, method, self.asked.surveys, self.asked.hisps, self.tally.n)

    def margin(self, method: str) -> Decimal | None:
        _pooled_only(method)
        return self.tally.margin_of_error(self.asked.population) if self.tally.n else None


class SummedGroup(Group):
    """Surveys that are known by their sums. It has a length, but no members to look at."""

    of: Sum
    common: "tuple[SummedGroup, SummedGroup] | None"

    @classmethod
    def made(cls, of: Sum, common: "tuple[SummedGroup, SummedGroup] | None" = None) -> "SummedGroup":
        group = cls()
        group.of, group.common = of, common
        group.answering, group.hisps = of.answering, of.hisps
        return group

    def __len__(self) -> int:
        return self.of.surveys

    def __bool__(self) -> bool:
        return bool(self.of.surveys)

    def __iter__(self) -> Any:
        raise TypeError("These surveys are known by their sums only.")

    def answers(self, slug: str) -> Answers:
        if slug not in self._answers:
            self._answers[slug] = SummedAnswers(self.of.domains.get(slug, Asked()))
        return self._answers[slug]

    def in_common(self, before: Group) -> tuple[Group, Group]:
        """With the quarter before, whatever is given: that was added up too."""
        return self.common or (Group(), Group())

    def why_silent(self, slug: str) -> set[str]:
        return set(self.of.domains.get(slug, Asked()).no_data)


def government(method: str = DEFAULT_METHOD) -> Past:
    """The quarters of a trend that ends with the latest published one, and the one before them. 1 query when pooled,
    else 4."""
    if method == DEFAULT_METHOD:
        return groups(totals())
    newest = list(Quarter.objects.published().values_list("fiscal_year", "number")[: MOST_QUARTERS + 1])
    return by_quarter(published.read(published.for_quarters(FiscalQuarter(*one) for one in newest)))


def recent(of: "QuerySet[Submission]") -> "QuerySet[Submission]":
    """Those of them that a trend up to the latest published one shows, and the quarter before."""
    return _newest(of.filter(state=Submission.State.PUBLISHED))


def of_department(slug: str, hisps: Collection[int]) -> dict[FiscalQuarter, QuarterSum]:
    """The quarters of a trend that ends with its newest figures, and the one before them. `hisps`: all that ever were
    in it. 1 query; more where none of them reported for it lately."""
    of = QuarterTotal.objects.filter(hisp__in=hisps).annotate(place=_PLACE)
    while True:
        every, own = _by_hisp(_newest(of), slug)
        latest = max(own, default=None)
        if not every or latest == max(every):
            return {at: summed.total(_stayed(parts, own.get(at.previous, {}))) for at, parts in own.items()}
        of = of.filter(place__lte=_place(latest) if latest else _place(min(every)) - 1)


def _by_hisp(of: "QuerySet[QuarterTotal]", department: str) -> tuple[set[FiscalQuarter], dict[FiscalQuarter, Parts]]:
    """All quarters of these totals, and the totals of HISPs that were in the department in the quarter."""
    every, found = set(), defaultdict[FiscalQuarter, Parts](dict)
    columns = (*providers.FIELDS, "quarter__fiscal_year", "quarter__number", "figures")
    for rows in providers.each(of.order_by(*providers.ORDER).values(*columns)):
        quarter = FiscalQuarter(rows[0]["quarter__fiscal_year"], rows[0]["quarter__number"])
        hisp = providers.provider(rows, quarter)
        every.add(quarter)
        if hisp.department_slug == department:
            found[quarter][hisp.slug] = summed.from_json(rows[0]["figures"])
    return every, found


def _stayed(parts: Parts, before: Parts) -> Iterator[QuarterSum]:
    """A HISP that was elsewhere in the quarter before has no survey in common with what the department was then."""
    for hisp, one in parts.items():
        yield one if hisp in before else replace(one, same=Sum(), before=Sum())


def _newest(of: "QuerySet[Any]") -> "QuerySet[Any]":
    placed: QuerySet[Any] = of.annotate(place=_PLACE)
    latest = placed.order_by("-place").values("place")[:1]
    newest: QuerySet[Any] = placed.filter(place__gte=Subquery(latest) - MOST_QUARTERS)
    return newest


def _place(quarter: FiscalQuarter) -> int:
    return quarter.fiscal_year * 4 + quarter.number


def totals() -> dict[FiscalQuarter, QuarterSum]:
    """Of the government, newest quarter first. 1 query."""
    return _read(QuarterTotal.objects.filter(hisp__isnull=True))


def of_hisps(quarters: Sequence[FiscalQuarter], method: str = DEFAULT_METHOD) -> dict[str, Past]:
    """By HISP, the published ones of these quarters, oldest first. 1 query when pooled, else 3."""
    found = defaultdict[str, dict[FiscalQuarter, Group]](dict)
    if method != DEFAULT_METHOD:
        for one in published.read(published.for_quarters(quarters)):
            found[one.hisp.slug][one.quarter] = one.surveys
        return dict(found)
    of = QuarterTotal.objects.annotate(place=_PLACE).filter(hisp__isnull=False, place__in=map(_place, quarters))
    columns = ("hisp__slug", "quarter__fiscal_year", "quarter__number", "figures")
    for hisp, year, number, figures in of.order_by("place").values_list(*columns):
        found[hisp][FiscalQuarter(year, number)] = _group(summed.from_json(figures))
    return dict(found)


def _read(of: "QuerySet[QuarterTotal]") -> dict[FiscalQuarter, QuarterSum]:
    newest = of.order_by("-quarter__fiscal_year", "-quarter__number")
    rows = newest.values_list("quarter__fiscal_year", "quarter__number", "figures")[: MOST_QUARTERS + 1]
    return {FiscalQuarter(year, number): summed.from_json(figures) for year, number, figures in rows}


def groups(sums: Mapping[FiscalQuarter, QuarterSum]) -> Past:
    return {quarter: _group(one) for quarter, one in sums.items()}


def _group(one: QuarterSum) -> SummedGroup:
    return SummedGroup.made(one.every, (SummedGroup.made(one.same), SummedGroup.made(one.before)))


def by_quarter(submissions: Iterable[published.Published]) -> Past:
    """All surveys of each quarter, oldest first as the submissions are."""
    surveys: dict[FiscalQuarter, list[Any]] = {}
    for one in submissions:
        surveys.setdefault(one.quarter, []).extend(one.surveys)
    return {quarter: Group(own) for quarter, own in surveys.items()}


def _pooled_only(method: str) -> None:
    if method != DEFAULT_METHOD:
        raise ValueError(f"Sums are pooled by responses; “{method}” needs every survey.")
