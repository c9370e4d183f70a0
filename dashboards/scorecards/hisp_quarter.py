"""A HISP in a quarter: every figure it reported, with where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import charts, formats, published, remarks, revisions
from dashboards.published import Published
from dashboards.remarks import Remarks
from dashboards.revisions import Former
from dashboards.scorecards.hisp import stored_hisp
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    SurveyCard,
    Volume,
    combined_choices,
    link,
    query_of,
    survey_card,
    volumes,
)
from dashboards.scores import Combined, combined
from reporting.contents import Index, Metric
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
class MetricRow:
    """One operational metric over neighboring quarters; an empty text where it was not reported."""

    name: str
    service: str
    unit: str
    values: tuple[str, ...]
    marks: tuple[int, ...]  # numbers of its footnotes


@dataclass(frozen=True)
class Metrics:
    quarters: tuple[QuarterLink, ...]
    rows: tuple[MetricRow, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class IndexCard:
    """Index scores of one name: a reported value with what it covers, or the plain mean of its service rows."""

    name: str
    value: str
    maximum: str
    how: str
    threshold: str
    reached: str
    covers: tuple[str, ...]
    footnotes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    gauge: charts.Svg
    over_time: tuple[tuple[QuarterLink, str], ...]


@dataclass(frozen=True)
class Ended:
    """An earlier revision: “Revision 1, published May 1, was replaced on May 2: ...”."""

    revision: int
    published_on: str
    how: str
    ended_on: str
    note: str


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
    quarter: QuarterLink
    older: QuarterLink | None
    newer: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    result: Combined
    volumes: tuple[Volume, ...]
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
    file_name: str
    sha256: str
    former: tuple[Ended, ...]


@dataclass(frozen=True)
class WithdrawnPage:
    """A quarter whose figures were withdrawn: when and why, and no figure."""

    slug: str
    name: str
    department: str
    quarter: QuarterLink
    older: QuarterLink | None
    newer: QuarterLink | None
    published_on: str
    withdrawn_on: str
    note: str
    former: tuple[Ended, ...]


def hisp_quarter_page(slug: str, quarter: FiscalQuarter, method: str) -> HispQuarterPage | WithdrawnPage:
    """Raises Missing when there is no such HISP, or nothing of it is or was public in the quarter."""
    of = Submission.objects.filter(hisp__slug=slug)
    by_quarter = {one.quarter: one for one in published.read(of, operations=True)}
    former = revisions.read(of.for_quarter(quarter))
    if quarter in by_quarter:
        return _page(by_quarter, quarter, method, former)
    if former:
        return _withdrawn_page(sorted(by_quarter), quarter, former)
    name = stored_hisp(slug).name
    raise Missing(
        f"No figures of {name} are published for {quarter.label}.",
        hisp=slug,
        quarters=sorted(by_quarter, reverse=True),
    )


def _page(
    by_quarter: Mapping[FiscalQuarter, Published], quarter: FiscalQuarter, method: str, former: Sequence[Former]
) -> HispQuarterPage:
    one, quarters = by_quarter[quarter], sorted(by_quarter)
    position = quarters.index(quarter)
    older = by_quarter[quarters[position - 1]] if position else None
    told = remarks.remarks(one, by_quarter.get(quarter.previous))
    neighbors = [by_quarter[q] for q in quarters[max(0, position - _NEIGHBORS) : position + _NEIGHBORS + 1]]
    return HispQuarterPage(
        slug=one.hisp.slug,
        name=one.hisp.name,
        abbreviation=one.hisp.abbreviation,
        department=one.hisp.department,
        quarter=link(quarter),
        older=link(older.quarter) if older else None,
        newer=link(quarters[position + 1]) if position + 1 < len(quarters) else None,
        methods=combined_choices(one.surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(one.surveys, method, older.surveys if older else None),
        volumes=volumes([survey.survey for survey in one.surveys]),
        surveys=formats.count(len(one.surveys)),
        services=_services(one, method, told),
        odd=_odd(told),
        metrics=_metrics(one, neighbors),
        indexes=_indexes(one, neighbors),
        reflection=one.reflection,
        documents=_documents(one),
        indicator=one.indicator,
        late=_late(one),
        revision=one.revision,
        published_on=formats.day(one.published_at),
        file_name=one.file_name,
        sha256=one.sha256,
        former=_ended(former),
    )


def _withdrawn_page(
    published_quarters: Sequence[FiscalQuarter], quarter: FiscalQuarter, former: Sequence[Former]
) -> WithdrawnPage:
    *earlier, last = former
    older = [each for each in published_quarters if each < quarter][-1:]
    newer = [each for each in published_quarters if each > quarter][:1]
    return WithdrawnPage(
        slug=last.hisp.slug,
        name=last.hisp.name,
        department=last.hisp.department,
        quarter=link(quarter),
        older=link(older[0]) if older else None,
        newer=link(newer[0]) if newer else None,
        published_on=formats.day(last.published_at),
        withdrawn_on=formats.day(last.ended_at),
        note=last.note,
        former=_ended(earlier),
    )


def _ended(former: Sequence[Former]) -> tuple[Ended, ...]:
    """Newest first."""
    return tuple(
        Ended(
            revision=one.revision,
            published_on=formats.day(one.published_at),
            how="withdrawn" if one.withdrawn else "replaced",
            ended_on=formats.day(one.ended_at),
            note=one.note,
        )
        for one in reversed(former)
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


def _metrics(one: Published, neighbors: Sequence[Published]) -> Metrics | None:
    """The quarter's metrics in their order, beside the same metrics of neighboring quarters that have any."""
    if not one.metrics:
        return None
    shown = [each for each in neighbors if each.metrics]
    footnotes = list(dict.fromkeys(m.footnote for each in shown for m in each.metrics if m.footnote))
    values = [{_key(metric): metric for metric in each.metrics} for each in shown]
    order = dict.fromkeys(_key(metric) for each in (one, *shown) for metric in each.metrics)
    return Metrics(
        quarters=tuple(link(each.quarter) for each in shown),
        rows=tuple(_metric_row(key, values, footnotes) for key in order),
        footnotes=tuple(footnotes),
    )


MetricKey = tuple[str, str, str]  # name, service, unit


def _key(metric: Metric) -> MetricKey:
    return (metric.name, metric.service, metric.unit)


def _metric_row(key: MetricKey, values: Sequence[Mapping[MetricKey, Metric]], footnotes: Sequence[str]) -> MetricRow:
    own = [each.get(key) for each in values]
    noted = {metric.footnote for metric in own if metric and metric.footnote}
    name, service, unit = key
    return MetricRow(
        name=name,
        service=service,
        unit=unit,
        values=tuple(formats.plain(metric.value) if metric else "" for metric in own),
        marks=tuple(number for number, note in enumerate(footnotes, start=1) if note in noted),
    )


def _indexes(one: Published, neighbors: Sequence[Published]) -> tuple[IndexCard, ...]:
    return tuple(_index_card(name, one, neighbors) for name in dict.fromkeys(index.name for index in one.indexes))


def _index_card(name: str, one: Published, neighbors: Sequence[Published]) -> IndexCard:
    own = [index for index in one.indexes if index.name == name]
    first, value = own[0], index_value(own)
    text, maximum = formats.plain(value), formats.plain(first.scale_maximum)
    single = len(own) == 1
    covers = [part.strip() for part in first.covers.replace("\n", ";").split(";")] if single else []
    return IndexCard(
        name=name,
        value=text,
        maximum=maximum,
        how="As reported" if single else f"Plain mean of {len(own)} services, computed here",
        threshold=_threshold(first),
        reached="" if first.threshold is None else "At or above it" if value >= first.threshold else "Below it",
        covers=tuple(filter(None, covers or ([first.service] if single else []))),
        footnotes=tuple(dict.fromkeys(index.footnote for index in own if index.footnote)),
        rows=() if single else tuple((each.service or each.covers, formats.plain(each.value)) for each in own),
        gauge=charts.gauge(value, first.scale_maximum, first.threshold, f"{name}: {text} of {maximum}"),
        over_time=tuple(
            (link(each.quarter), formats.plain(index_value(same)))
            for each in neighbors
            if (same := [index for index in each.indexes if index.name == name])
        ),
    )


def index_value(rows: Sequence[Index]) -> Fraction:
    """A single reported value as it is; of several services their plain mean."""
    return sum((Fraction(row.value) for row in rows), Fraction(0)) / len(rows)


def _threshold(index: Index) -> str:
    if index.threshold is None:
        return ""
    label = f" is “{index.threshold_label}”" if index.threshold_label else ""
    return f"{formats.plain(index.threshold)} or above{label}"


def _documents(one: Published) -> tuple[Document, ...]:
    documents = SupportingDocument.objects.filter(
        hisp__slug=one.hisp.slug,
        quarter__fiscal_year=one.quarter.fiscal_year,
        quarter__number=one.quarter.number,
    )
    return tuple(Document(document.title, document.get_kind_display(), document.url) for document in documents)
