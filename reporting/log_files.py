"""The log as a file that streams: CSV for spreadsheets, JSON lines for programs.

A line of JSON has everything that its hash seals, so that anybody can check the chain without this application:
docs/log.md has the program for it.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from hisps.cells import neutral
from reporting.models import Event

_LINES_OF_A_BLOCK = 500


def response(events: QuerySet[Event], kind: str) -> StreamingHttpResponse:
    """`kind`: csv or jsonl. In the order of the chain."""
    content_type, lines = KINDS[kind]
    rows = events.order_by("pk").select_related("quarter", "hisp", "by").iterator(chunk_size=1000)
    answer = StreamingHttpResponse(_blocks(lines(rows)), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="hisp-quarterly-log.{kind}"'
    return answer


def csv_lines(events: Iterable[Event]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(COLUMNS)
    for event in events:
        yield write([neutral(column(event)) for column in COLUMNS.values()])


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        sealed = {"id": event.pk, "facts": event.facts(), "previous_hash": event.previous_hash, "hash": event.hash}
        names = {name: COLUMNS[name](event) for name in ("by", "hisp", "quarter")}
        yield json.dumps({**sealed, "names": names}, ensure_ascii=False) + "\n"


KINDS: dict[str, tuple[str, Callable[[Iterable[Event]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_lines),
    "jsonl": ("application/jsonl", json_lines),
}

COLUMNS: dict[str, Callable[[Event], Any]] = {
    "id": lambda event: event.pk,
    "at": lambda event: event.facts()["at"],
    "act": lambda event: event.transition,
    "by": lambda event: str(event.by or ""),
    "hisp": lambda event: event.hisp.slug if event.hisp else "",
    "quarter": lambda event: event.quarter.slug if event.quarter else "",
    "submission": lambda event: event.submission_id or "",
    "from_state": lambda event: event.from_state,
    "to_state": lambda event: event.to_state,
    "note": lambda event: event.note,
    "before": lambda event: json.dumps(event.before, ensure_ascii=False),
    "after": lambda event: json.dumps(event.after, ensure_ascii=False),
    "address": lambda event: event.address or "",
    "request_id": lambda event: event.request_id,
    "previous_hash": lambda event: event.previous_hash,
    "hash": lambda event: event.hash,
}


class _Echo:
    """A file that hands back what is written, so that csv.writer makes one line at a time."""

    def write(self, line: str) -> str:
        return line


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    while block := "".join(islice(lines, _LINES_OF_A_BLOCK)):
        yield block
