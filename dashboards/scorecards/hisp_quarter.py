"""A HISP in a quarter: every figure it reported, with where it came from."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards import concentration, formats, published, remarks, revisions
from dashboards.published import Published
from dashboards.remarks import Remarks
from dashboards.revisions import Former, Revision
from dashboards.scorecards.hisp import stored_hisp
from dashboards.scorecards.operations import IndexCard, Metrics, indexes_of, metrics_of
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    SurveyCard,
    Volume,
    Volumes,
    combined_choices,
    link,
    query_of,
    survey_card,
    volumes,
)
from dashboards.scorecards.withdrawn import Ended, WithdrawnPage, ended, withdrawn_page
from dashboards.scores import Combined, combined
from reporting.fiscal import FiscalQuarter
from reporting.indicator import Indicator
from reporting.models import Submission, SupportingDocument
from reporting.scoring import METHODS

_NEIGHBORS = 2  # quarters to each side in the table of operational metrics


@dataclass(frozen=True)
class ServiceGroup:
    slug: str
    name: str
    result: Combined
    volumes: tuple[Volume, ...]
    surveys: tuple[SurveyCard, ...]


@dataclass(frozen=True)
class Document:
    title: str
    kind: str
    url: str


@dataclass(frozen=True)
class HispQuarterPage:
    slug: str
    name: str
    abbreviation: str
    department: str
    department_slug: str
    quarter: QuarterLink
    older: QuarterLink | None
    newer: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    result: Combined
    weight: str
    volumes: Volumes
    surveys: str
    services: tuple[ServiceGroup, ...]
    odd: str
    metrics: Metrics | None
    indexes: tuple[IndexCard, ...]
    reflection: str
    documents: tuple[Document, ...]
    indicator: Indicator
    late: str
    revision: int
    published_on: str
    publication: int
    file_name: str
    sha256: str
    former: tuple[Ended, ...]


def hisp_quarter_page(slug: str, quarter: FiscalQuarter, method: str) -> HispQuarterPage | WithdrawnPage:
    """Raises Missing when there is no such HISP, or nothing of it is or was public in the quarter."""
    known, place = _quarters(slug), revisions.of_place(slug, quarter)
    if quarter in known:
        return _page(_around(slug, quarter, known), quarter, method, revisions.former(place))
    if place:
        return withdrawn_page(known, quarter, revisions.former(place))
    name = stored_hisp(slug).name
    raise Missing(
        f"No figures of {name} are published for {quarter.label}.", hisp=slug, quarters=list(reversed(known))
    )


def current_page(slug: str, quarter: FiscalQuarter, method: str, place: list[Revision]) -> HispQuarterPage:
    """Of a quarter that has public figures. `place`: all of its revisions. Raises Missing when they were withdrawn
    since those were read."""
    by_quarter = _around(slug, quarter, _quarters(slug))
    if quarter not in by_quarter:
        raise Missing(f"The figures of {place[-1].hisp.name} for {quarter.label} were withdrawn just now.", hisp=slug)
    return _page(by_quarter, quarter, method, revisions.former(place))


def superseded_figures(one: Published, method: str) -> HispQuarterPage:
    """A former revision by itself: the figures beside it may have changed since, too."""
    return _page({one.quarter: one}, one.quarter, method, [], documents=False)


def _quarters(slug: str) -> list[FiscalQuarter]:
    """All with published figures of the HISP, oldest first. 1 query."""
    of = Submission.objects.published().filter(hisp__slug=slug).order_by("quarter__fiscal_year", "quarter__number")
    return [FiscalQuarter(*one) for one in of.values_list("quarter__fiscal_year", "quarter__number")]


def _around(slug: str, quarter: FiscalQuarter, known: Sequence[FiscalQuarter]) -> Mapping[FiscalQuarter, Published]:
    """Figures of the quarter and of its neighbors among those known. 5 queries."""
    place = bisect_left(known, quarter)
    near = published.for_quarters(known[max(0, place - _NEIGHBORS) : place + _NEIGHBORS + 1])
    return {one.quarter: one for one in published.read(near.filter(hisp__slug=slug), operations=True)}


def _page(
    by_quarter: Mapping[FiscalQuarter, Published],
    quarter: FiscalQuarter,
    method: str,
    former: Sequence[Former],
    *,
    documents: bool = True,
) -> HispQuarterPage:
    one, quarters = by_quarter[quarter], sorted(by_quarter)
    position = quarters.index(quarter)
    older = by_quarter[quarters[position - 1]] if position else None
    told = remarks.remarks(one, by_quarter.get(quarter.previous))
    neighbors = [by_quarter[each] for each in quarters]
    return HispQuarterPage(
        slug=one.hisp.slug,
        name=one.hisp.name,
        abbreviation=one.hisp.abbreviation,
        department=one.hisp.department,
        department_slug=one.hisp.department_slug,
        quarter=link(quarter),
        older=link(older.quarter) if older else None,
        newer=link(quarters[position + 1]) if position + 1 < len(quarters) else None,
        methods=combined_choices(one.surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(one.surveys, method, older.surveys if older else None),
        weight=concentration.sentence(one.surveys),
        volumes=volumes([survey.survey for survey in one.surveys]),
        surveys=formats.count(len(one.surveys)),
        services=_services(one, method, told),
        odd=_odd(told),
        metrics=metrics_of(one, neighbors),
        indexes=indexes_of(one, neighbors),
        reflection=one.reflection,
        documents=_documents(one) if documents else (),
        indicator=one.indicator,
        late=_late(one),
        revision=one.revision,
        published_on=formats.day(one.published_at),
        publication=one.publication,
        file_name=one.file_name,
        sha256=one.sha256,
        former=ended(former),
    )


def _late(one: Published) -> str:
    if not one.days_late:
        return ""
    return f"Submitted {formats.counted(one.days_late, 'day')} after it was due on {formats.day(one.due_at)}"


def _services(one: Published, method: str, told: Remarks) -> tuple[ServiceGroup, ...]:
    groups = []
    for slug in dict.fromkeys(survey.service for survey in one.surveys):
        own = one.surveys.part([survey for survey in one.surveys if survey.service == slug])
        groups.append(
            ServiceGroup(
                slug=slug,
                name=own[0].survey.service,
                result=combined(own, method),
                volumes=volumes([survey.survey for survey in own]),
                surveys=tuple(survey_card(survey, told) for survey in own),
            )
        )
    return tuple(groups)


def _odd(told: Remarks) -> str:
    if not told:
        return ""
    return f"Our checks found something odd in {formats.counted(len(told), 'survey')}, so read the scores with care."


def _documents(one: Published) -> tuple[Document, ...]:
    documents = SupportingDocument.objects.filter(
        hisp__slug=one.hisp.slug,
        quarter__fiscal_year=one.quarter.fiscal_year,
        quarter__number=one.quarter.number,
    )
    return tuple(Document(document.title, document.get_kind_display(), document.url) for document in documents)
