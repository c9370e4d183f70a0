"""A quarter over the whole government: the page the public sees first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from dashboards import formats, providers, published, revisions, rows
from dashboards.providers import Row, Rows
from dashboards.published import Published
from dashboards.revisions import Former
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
from dashboards.surveys import Group, PublishedSurvey
from reporting.fiscal import FiscalQuarter
from reporting.indicator import GREY, RED, Indicator
from reporting.models import Expectation, Submission
from reporting.scoring import METHODS

_MOST_ANSWERS = Fraction(9, 10)


@dataclass(frozen=True)
class HispRow:
    """One HISP of a quarter. Without published figures `reason` says why and `result` is None."""

    slug: str
    name: str
    department: str
    result: Combined | None = None
    rate: str = ""
    indicator: Indicator | None = None
    reason: str = ""
    late: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class QuarterPage:
    """Government-wide scores of a quarter and every HISP in it. `published_on` is empty when all was withdrawn."""

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
    """The latest published quarter; None while nothing is published."""
    quarters = published_quarters()
    return _page(quarters[0], quarters, _withdrawn(quarters[0]), method) if quarters else None


def quarter_page(quarter: FiscalQuarter, method: str) -> QuarterPage:
    """Of a quarter whose figures were all withdrawn too. Raises Missing."""
    quarters = published_quarters()
    withdrawn = _withdrawn(quarter)
    if quarter not in quarters and not withdrawn:
        raise Missing(f"No figures are published for {quarter.label}.", quarters=quarters)
    return _page(quarter, quarters, withdrawn, method)


def _withdrawn(quarter: FiscalQuarter) -> list[HispRow]:
    return [_withdrawn_row(one) for one in revisions.withdrawn(Submission.objects.for_quarter(quarter))]


def _page(
    quarter: FiscalQuarter, quarters: Sequence[FiscalQuarter], withdrawn: Sequence[HispRow], method: str
) -> QuarterPage:
    older = next((each for each in quarters if each < quarter), None)
    newer = next((each for each in reversed(quarters) if each > quarter), None)
    everything = published.read(published.for_quarters(filter(None, [quarter, older])))
    submissions = [one for one in everything if one.quarter == quarter]
    surveys = Group(survey for one in submissions for survey in one.surveys)
    before = Group(survey for one in everything if one.quarter != quarter for survey in one.surveys)
    told = {one.hisp.slug for one in submissions}
    others = {row.slug: row for row in (*_missing(quarter), *withdrawn) if row.slug not in told}.values()
    return QuarterPage(
        quarter=link(quarter),
        latest=quarter in quarters[:1],
        older=link(older) if older else None,
        newer=link(newer) if newer else None,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(surveys, method, before),
        volumes=volumes([one.survey for one in surveys]),
        hisps=formats.count(len(submissions)),
        expected=f"of {len(submissions) + len(others)} expected" if others else "",
        surveys=formats.count(len(surveys)),
        weight=_weight(surveys),
        rows=tuple(sorted((*(_row(one, method) for one in submissions), *others), key=lambda row: row.name)),
        published_on=formats.day(max((one.published_at for one in submissions), default=None)),
    )


def _row(one: Published, method: str) -> HispRow:
    return HispRow(
        slug=one.hisp.slug,
        name=one.hisp.name,
        department=one.hisp.department,
        result=combined(one.surveys, method),
        rate=volumes([survey.survey for survey in one.surveys])[-1].text,
        indicator=one.indicator,
        late=one.days_late > 0,
    )


def _missing(quarter: FiscalQuarter) -> list[HispRow]:
    """Every HISP that owes figures for the quarter, with the reason why none would be there."""
    expected = Expectation.objects.filter(quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number)
    return [_missing_row(own, quarter) for own in providers.each(rows.expectations(expected))]


def _withdrawn_row(one: Former) -> HispRow:
    reason = f"Withdrawn on {formats.day(one.ended_at)}: {one.note}"
    return HispRow(one.hisp.slug, one.hisp.name, one.hisp.department, reason=reason, withdrawn=True)


def _missing_row(own: Rows, quarter: FiscalQuarter) -> HispRow:
    hisp, reason, indicator = providers.provider(own, quarter), *_why_missing(own[0])
    return HispRow(hisp.slug, hisp.name, hisp.department, indicator=indicator, reason=reason)


def _why_missing(expectation: Row) -> tuple[str, Indicator | None]:
    """In a kind of “no data”. That figures were returned is between OMB and the provider: they are under review."""
    if expectation["not_reporting"]:
        return f"Not reporting: {expectation['not_reporting_reason']}", Indicator(RED)
    if expectation["in_review"]:
        return formats.reason("under_review"), None
    if (expectation["extended_to"] or expectation["quarter__due_at"]) > timezone.now():
        return formats.reason("not_due"), Indicator(GREY)
    return formats.reason("not_submitted"), Indicator(RED)


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
