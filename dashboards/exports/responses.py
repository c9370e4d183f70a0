"""A file as the answer to a request: what it is called, until when it may be kept, and none of it when the reader has
it already."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from dashboards.datasets import Dataset, Selection
from dashboards.exports import files
from dashboards.freshness import ALWAYS_ASK, Edition, edition


def response(request: HttpRequest, dataset: Dataset, kind: str, selection: Selection) -> HttpResponseBase:
    """Of what is public now, or of `selection.publication` where it names one. No row is read for 304 and HEAD. Raises
    workbooks.TooLong."""
    now = edition()
    tag = now.tag(dataset.slug, kind, str(selection), settings.SITE_URL)
    asked = pinned(selection, now)
    return conditional(request, tag, now.changed_at, lambda: _answer(request, dataset, kind, asked, tag))


def pinned(selection: Selection, now: Edition) -> Selection:
    """To one publication, so that no file holds figures of two."""
    number = selection.publication or now.publication
    return replace(selection, publication=number, is_past=number < now.publication)


def conditional(
    request: HttpRequest, etag: str, changed_at: datetime | None, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 or 412 where the reader's conditions say so, else the answer; with what the next such request needs."""
    modified = int(changed_at.timestamp()) if changed_at else None
    known: HttpResponseBase | None = get_conditional_response(request, etag, modified)
    found = known if known is not None else answer()
    found["ETag"] = etag
    found["Cache-Control"] = ALWAYS_ASK
    if modified is not None:
        found["Last-Modified"] = http_date(modified)
    return found


def _answer(request: HttpRequest, dataset: Dataset, kind: str, selection: Selection, tag: str) -> HttpResponseBase:
    blocks: Iterable[bytes] = ()
    if request.method != "HEAD":
        blocks = files.content(dataset, kind, selection, tag)
    answer = StreamingHttpResponse(blocks, content_type=files.KINDS[kind])
    name = files.name(dataset, kind, selection)
    answer["Content-Disposition"] = f'{"inline" if kind == "json" else "attachment"}; filename="{name}"'
    return answer
