"""A quarter over the whole government: the page the public sees first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef
from django.utils import timezone

from dashboards import formats, published
from dashboards.published import Published, PublishedSurvey
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    Volume,
    combined_choices,
    link,
    published_quarters,
    query_of,
    volumes,
)
from dashboards.scores import Combined, combined
from reporting.fiscal import FiscalQuarter
from reporting.indicator import GREY, RED, Indicator
from reporting.models import Expectation, Submission
from reporting.scoring import METHODS

_RED: Indicator | None = Indicator(RED)
_MOST_ANSWERS = Fraction(9, 10)


@dataclass(frozen=True)
class HispRow:
    """One HISP of a quarter. Without published figures `reason` says why and `result` is None."""

    slug: str
    name: str
    department: str
    result: Combined | None
    rate: str
    indicator: Indicator | None
    reason: str
    late: bool


@dataclass(frozen=True)
class QuarterPage:
    """Government-wide scores of a quarter and every HISP in it."""

    quarter: QuarterLink
    latest: bool
    older: QuarterLink | None
    newer: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    result: Combined
    volumes: tuple[Volume, ...]
    hisps: str
    expected: str
    surveys: str
    weight: str
    rows: tuple[HispRow, ...]
    published_on: str


def latest_page(method: str) -> QuarterPage | None:
    """The latest published quarter; None while nothing is published. 7 queries."""
    quarters = published_quarters()
    return _page(quarters[0], quarters, method) if quarters else None


def quarter_page(quarter: FiscalQuarter, method: str) -> QuarterPage:
    """Raises Missing. 7 queries."""
    quarters = published_quarters()
    if quarter not in quarters:
        raise Missing(f"No figures are published for {quarter.label}.")
    return _page(quarter, quarters, method)


def _page(quarter: FiscalQuarter, quarters: Sequence[FiscalQuarter], method: str) -> QuarterPage:
    position = quarters.index(quarter)
    older = quarters[position + 1] if position + 1 < len(quarters) else None
    everything = published.read(published.for_quarters(filter(None, [quarter, older])))
    submissions = [one for one in everything if one.quarter == quarter]
    surveys = [survey for one in submissions for survey in one.surveys]
    before = [survey for one in everything if one.quarter != quarter for survey in one.surveys]
    missing = _missing(quarter, {one.hisp.slug for one in submissions})
    return QuarterPage(
        quarter=link(quarter),
        latest=position == 0,
        older=link(older) if older else None,
        newer=link(quarters[position - 1]) if position else None,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(surveys, method, before),
        volumes=volumes([one.survey for one in surveys]),
        hisps=formats.count(len(submissions)),
        expected=f"of {len(submissions) + len(missing)} expected" if missing else "",
        surveys=formats.count(len(surveys)),
        weight=_weight(surveys),
        rows=tuple(sorted((*(_row(one, method) for one in submissions), *missing), key=lambda row: row.name)),
        published_on=formats.day(max(one.published_at for one in submissions)),
    )


def _row(one: Published, method: str) -> HispRow:
    return HispRow(
        slug=one.hisp.slug,
        name=one.hisp.name,
        department=one.hisp.department,
        result=combined(one.surveys, method),
        rate=volumes([survey.survey for survey in one.surveys])[-1].text,
        indicator=one.indicator,
        reason="",
        late=one.days_late > 0,
    )


def _missing(quarter: FiscalQuarter, have: set[str]) -> list[HispRow]:
    """HISPs that owe figures for the quarter and have none published, each with the reason."""
    in_review = Submission.objects.filter(
        hisp=OuterRef("hisp"),
        quarter=OuterRef("quarter"),
        state__in=[Submission.State.SUBMITTED, Submission.State.APPROVED],
    )
    expectations = (
        Expectation.objects.filter(quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number)
        .select_related("hisp__department", "quarter")
        .annotate(in_review=Exists(in_review))
    )
    return [_missing_row(one, one.in_review) for one in expectations if one.hisp.slug not in have]


def _missing_row(expectation: Expectation, in_review: bool) -> HispRow:
    due = expectation.due_at <= timezone.now()
    reason, indicator = formats.reason("not_submitted"), _RED
    if expectation.not_reporting:
        reason = f"Not reporting: {expectation.not_reporting_reason}"
    elif in_review:
        reason, indicator = formats.reason("under_review"), None
    elif not due:
        reason, indicator = formats.reason("not_due"), Indicator(GREY)
    return HispRow(
        slug=expectation.hisp.slug,
        name=expectation.hisp.name,
        department=expectation.hisp.department.name,
        result=None,
        rate="",
        indicator=indicator,
        reason=reason,
        late=False,
    )


def _weight(surveys: Sequence[PublishedSurvey]) -> str:
    """How few surveys hold nine tenths of the answers: what a pooled score mostly describes."""
    sizes = sorted((one.survey.tally("satisfaction").n for one in surveys), reverse=True)
    total, running = sum(sizes), 0
    for number, size in enumerate(sizes, start=1):
        running += size
        if total and running >= _MOST_ANSWERS * total:
            held = formats.share(Fraction(running, total))
            answering = sum(1 for one in sizes if one)
            return f"{number} of {answering} surveys hold {held} of the answers on satisfaction"
    return ""
