"""Rows as the bytes of a file, a block at a time."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from dashboards.alive import alive
from dashboards.datasets import Dataset, Kind, Row, Value
from hisps.cells import neutral

_LINES_OF_A_BLOCK = 500
_BOOLEANS: dict[Value, str] = {True: "true", False: "false", None: ""}


def blocks(lines: Iterator[str]) -> Iterator[bytes]:
    """Many lines at a time: each piece of a response is compressed and sent by itself."""
    while block := "".join(islice(lines, _LINES_OF_A_BLOCK)):
        alive()
        yield block.encode()


class _Echo:
    """A file that hands back what is written, so that csv.writer makes one line at a time."""

    def write(self, line: str) -> str:
        return line


def csv_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(dataset.names)
    texts = [place for place, column in enumerate(dataset.columns) if column.kind == Kind.TEXT]
    booleans = [place for place, column in enumerate(dataset.columns) if column.kind == Kind.BOOLEAN]
    for row in rows:
        values = list(row)
        for place in texts:
            if values[place]:
                values[place] = neutral(values[place])
        for place in booleans:
            values[place] = _BOOLEANS[values[place]]
        yield write(values)


def json_lines(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    written = json.JSONEncoder(ensure_ascii=False).encode
    opening = "[\n"
    for row in rows:
        values = {column: _plain(value) for column, value in zip(dataset.names, row, strict=True)}
        yield opening + written(values)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
