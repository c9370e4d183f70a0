"""Datasets as files that stream: CSV for spreadsheets, JSON for programs; both hold the same rows.

In CSV a text that a spreadsheet would run as a formula begins with an apostrophe. In JSON numbers are numbers, and
what is unknown is null.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse

from dashboards import published
from dashboards.datasets import DATASETS, Dataset, Row, Value
from dashboards.scorecards.parts import Missing, QuarterLink, link, published_quarters
from hisps.cells import neutral
from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission

__all__ = ["DATASETS", "KINDS", "choices", "response"]

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def response(dataset: Dataset, kind: str, quarter: FiscalQuarter | None, hisp: str) -> StreamingHttpResponse:
    """All of a dataset, or one quarter's or one HISP's part. Raises Missing for an unknown HISP."""
    of = Submission.objects.published()
    if quarter is not None:
        of = of.for_quarter(quarter)
    if hisp:
        if not Hisp.objects.filter(slug=hisp).exists():
            raise Missing(f"There is no HISP “{hisp}”.")
        of = of.filter(hisp__slug=hisp)
    rows = dataset.rows(published.read(of))
    lines = csv_lines(dataset, rows) if kind == "csv" else json_lines(dataset, rows)
    answer = StreamingHttpResponse(lines, content_type=KINDS[kind])
    name = "-".join(filter(None, ["hisp", dataset.slug, hisp, quarter.slug if quarter else ""]))
    answer["Content-Disposition"] = f'{"attachment" if kind == "csv" else "inline"}; filename="{name}.{kind}"'
    return answer


def choices() -> tuple[tuple[QuarterLink, ...], tuple[tuple[str, str], ...]]:
    """What the downloads can be narrowed to: published quarters, and HISPs by name."""
    hisps = Hisp.objects.filter(submissions__state=Submission.State.PUBLISHED).distinct().order_by("name")
    return tuple(link(quarter) for quarter in published_quarters()), tuple(hisps.values_list("slug", "name"))


class _Echo:
    """A file that hands back what is written, so that csv.writer makes one line at a time."""

    def write(self, line: str) -> str:
        return line


def csv_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(dataset.columns)
    texts = [column in dataset.texts for column in dataset.columns]
    for row in rows:
        yield write([neutral(value) if is_text else value for value, is_text in zip(row, texts, strict=True)])


def json_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    opening = "[\n"
    for row in rows:
        values = {column: _number(value) for column, value in zip(dataset.columns, row, strict=True)}
        yield opening + json.dumps(values, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _number(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else value
