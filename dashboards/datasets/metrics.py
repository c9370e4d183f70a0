"""Operational figures, and index scores on scales of their own."""

from collections.abc import Iterator
from decimal import Decimal

from dashboards.datasets import columns, figures
from dashboards.datasets.columns import Dataset, Row, integer, number, text
from dashboards.datasets.selection import Selection
from dashboards.published import Published
from hisps.models import Service
from reporting.contents import Index, Metric
from reporting.scoring import for_display

COLUMNS = (
    *columns.OF_HISP,
    text("service_name", "The designated service; empty where the figure is of the whole HISP."),
    text("kind", "What it is.", "metric: an operational figure; index: a score on a scale of its own."),
    text("name", "The name of the figure."),
    number("value", "The figure, in its unit."),
    text("unit", "The unit; empty for an index.", "Such as million."),
    number("scale_maximum", "Where the scale of an index ends; it begins at 0.", "Empty for a metric."),
    number("threshold", "The value that the HISP compares an index with.", "Empty for a metric."),
    text("threshold_label", "What a value at or above the threshold is called.", "Such as excellent."),
    text("covers", "What an index measures, or is the average of."),
    text("footnote", "What the HISP says beside it."),
    integer("revision", "Of the HISP’s report for the quarter; above 1 it is a correction."),
    integer("publication", "The number of the publication in which it became public."),
)


def rows(selection: Selection) -> Iterator[Row]:
    service = Service.objects.get(slug=selection.service).name if selection.service else None
    for quarter in figures.by_quarter(selection, operations=True):
        for submission in quarter:
            both: tuple[Metric | Index, ...] = (*submission.metrics, *submission.indexes)
            for figure in both:
                if service in (None, figure.service):
                    yield _row(submission, figure)


def _row(submission: Published, figure: Metric | Index) -> Row:
    return (
        *figures.of_hisp(submission.quarter, submission.hisp),
        figure.service,
        *(_metric(figure) if isinstance(figure, Metric) else _index(figure)),
        figure.footnote,
        submission.revision,
        submission.publication,
    )


def _metric(metric: Metric) -> Row:
    return ("metric", metric.name, _figure(metric.value), metric.unit, None, None, "", "")


def _index(index: Index) -> Row:
    threshold = None if index.threshold is None else _figure(index.threshold)
    values = (_figure(index.value), "", _figure(index.scale_maximum), threshold)
    return ("index", index.name, *values, index.threshold_label, index.covers)


def _figure(value: Decimal) -> Decimal:
    """With its own decimals, four at most, and no needless zeros."""
    return Decimal(f"{for_display(value, 4).normalize():f}")


METRICS = Dataset(
    "metrics",
    "Metrics",
    "One row per operational figure, such as calls or waiting times, and per index score on a scale of its own.",
    COLUMNS,
    ("fiscal_year", "quarter", "hisp", "service"),
    rows,
)
