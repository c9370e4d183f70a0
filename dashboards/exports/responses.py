"""A file as the answer to a request: what it is called, until when it may be kept, and none of it when the reader has
it already."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from dashboards.datasets import Dataset, Selection
from dashboards.exports.lines import content
from dashboards.exports.stamps import stamp

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
ALWAYS_ASK = "public, max-age=0, must-revalidate"  # kept by everybody, and asked about each time: a 304 is cheap


def response(request: HttpRequest, dataset: Dataset, kind: str, selection: Selection) -> HttpResponseBase:
    """Of what is public now, or of `selection.publication` where it names one. No row is read for 304 and HEAD."""
    now = stamp()
    is_past = 0 < selection.publication < now.publication
    pinned = replace(selection, publication=selection.publication or now.publication, is_past=is_past)
    name = file_name(dataset, kind, selection)
    etag = now.etag(dataset.slug, kind, str(selection))
    return conditional(request, etag, now.changed_at, lambda: _answer(name, kind, content(dataset, kind, pinned)))


def file_name(dataset: Dataset, kind: str, selection: Selection) -> str:
    publication = f"publication-{selection.publication}" if selection.publication else ""
    parts = ("hisp", dataset.slug, *selection.words.values(), publication)
    return f"{'-'.join(part for part in parts if part)}.{kind}"


def conditional(
    request: HttpRequest, etag: str, changed_at: datetime | None, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 or 412 where the reader's conditions say so, else the answer; with what the next such request needs."""
    modified = int(changed_at.timestamp()) if changed_at else None
    found: HttpResponseBase | None = get_conditional_response(request, etag, modified)
    found = found if found is not None else answer()
    found["ETag"] = etag
    found["Cache-Control"] = ALWAYS_ASK
    if modified is not None:
        found["Last-Modified"] = http_date(modified)
    return found


def _answer(name: str, kind: str, blocks: Iterator[bytes]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(blocks, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'{"inline" if kind == "json" else "attachment"}; filename="{name}"'
    return answer
