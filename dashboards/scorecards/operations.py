"""What a HISP counts itself, beside its surveys: operational metrics, and index scores on scales of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import charts, formats
from dashboards.published import Published
from dashboards.scorecards.parts import QuarterLink, link
from reporting.contents import Index, Metric


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


def metrics_of(one: Published, neighbors: Sequence[Published]) -> Metrics | None:
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


def indexes_of(one: Published, neighbors: Sequence[Published]) -> tuple[IndexCard, ...]:
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
