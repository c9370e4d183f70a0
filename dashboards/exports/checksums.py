"""SHA-256 of every whole file, in the form that `sha256sum --check` reads. A file is worked through once for all that
it depends on; after an interruption the work goes on where it was."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import tee

from dashboards.alive import alive
from dashboards.datasets import DATASETS, Dataset, Selection
from dashboards.exports import files, lines
from dashboards.exports.kept import kept
from dashboards.exports.responses import pinned
from dashboards.freshness import Edition, edition

KINDS = ("csv", "json")  # a workbook carries the moment at which it was made
_LINES = 1000  # between two signs of life


def text() -> Iterator[str]:
    """A line for each file. At most 1 query when all are known."""
    now = edition()
    for dataset in DATASETS.values():
        found = _known(dataset, now)
        for kind in KINDS:
            yield f"{found[kind]}  {files.name(dataset, kind, Selection())}\n"


def _known(dataset: Dataset, now: Edition) -> dict[str, str]:
    return kept("checksums", now.tag(dataset.slug), lambda: sums(dataset, pinned(Selection(), now)))


def sums(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """By kind. Every row is made once, for both."""
    for_csv, for_json = tee(dataset.rows(selection))
    found = {kind: sha256() for kind in KINDS}
    in_step = _in_step(lines.csv_lines(dataset, for_csv), lines.json_lines(dataset, for_json))
    for number, (kind, line) in enumerate(in_step):
        found[kind].update(line.encode())
        if number % _LINES == 0:
            alive()
    return {kind: one.hexdigest() for kind, one in found.items()}


def _in_step(in_csv: Iterator[str], in_json: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Line by line, so that few rows wait for the other. The header of the CSV stands before all rows."""
    yield "csv", next(in_csv)
    for line in in_csv:
        yield "csv", line
        yield "json", next(in_json)
    yield from (("json", line) for line in in_json)
