"""Datasets as files that stream: CSV for spreadsheets, JSON for programs; both hold the same rows.

In CSV a text that a spreadsheet would run as a formula begins with an apostrophe. In JSON numbers are numbers, and
what is unknown is null.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
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

_LINES_OF_A_BLOCK = 500
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
    answer = StreamingHttpResponse(_blocks(lines), content_type=KINDS[kind])
    name = "-".join(filter(None, ["hisp", dataset.slug, hisp, quarter.slug if quarter else ""]))
    answer["Content-Disposition"] = f'{"attachment" if kind == "csv" else "inline"}; filename="{name}.{kind}"'
    return answer


def choices() -> tuple[tuple[QuarterLink, ...], tuple[tuple[str, str], ...]]:
    """What the downloads can be narrowed to: published quarters, and HISPs by name."""
    hisps = Hisp.objects.filter(submissions__state=Submission.State.PUBLISHED).distinct().order_by("name")
    return tuple(link(quarter) for quarter in published_quarters()), tuple(hisps.values_list("slug", "name"))


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    """Many lines at a time: each piece of a response is encoded, compressed and sent by itself."""
    while block := "".join(islice(lines, _LINES_OF_A_BLOCK)):
        yield block


class _Echo:
    """A file that hands back what is written, so that csv.writer makes one line at a time."""

    def write(self, line: str) -> str:
        return line


def csv_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(dataset.columns)
    texts = [place for place, column in enumerate(dataset.columns) if column in dataset.texts]
    for row in rows:
        values = list(row)
        for place in texts:
            if values[place]:
                values[place] = neutral(values[place])
        yield write(values)


def json_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    written = json.JSONEncoder(ensure_ascii=False).encode
    opening = "[\n"
    for row in rows:
        values = {column: _number(value) for column, value in zip(dataset.columns, row, strict=True)}
        yield opening + written(values)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _number(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else value
