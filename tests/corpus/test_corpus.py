"""Every input of the corpus gets its sentence, and a refused one leaves nothing behind but the upload."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hisps.models import Hisp
from reporting.intake import receive
from reporting.models import DomainResult, Finding, Quarter, Submission, TouchpointReport, Upload
from reporting.workbook import guard, reader
from tests.corpus.base import Item, items
from tests.corpus.xml import was_called

LIMITS = reader.Limits(memory_bytes=512 * 2**20, cpu_seconds=10, wall_seconds=20, workers=2)


@pytest.mark.parametrize("item", items(), ids=str)
def test_input_gets_its_sentence(
    item: Item, hisp: Hisp, quarter: Quarter, reporter: Any, record_property: Callable[[str, str], None]
) -> None:
    record_property("family", item.family)
    if item.prepare:
        item.prepare(hisp, quarter)
    rows_before = _business_rows()

    data = item.data()

    receipt = receive(data, item.name, hisp=hisp, quarter=quarter, by=reporter)

    told = [(p["rule"], f"{p['sheet']}!{p['cell']}", p["message"]) for p in receipt.upload.report]
    assert (receipt.submission is not None) == item.is_accepted, told
    assert not item.rule or any(map(item.is_told_by, receipt.upload.report)), told
    if not item.is_accepted:
        assert _business_rows() == rows_before
        assert receipt.upload == Upload.objects.latest("pk")
    assert not was_called()
    assert not _is_guarded(item) or _stays_small(data)


def _is_guarded(item: Item) -> bool:
    """Whether the guard refuses it, before anything is read."""
    return item.family in "ABCDE" and not item.is_accepted and item.rule != "external_link"


def _business_rows() -> list[int]:
    return [model.objects.count() for model in (Submission, TouchpointReport, DomainResult, Finding)]


ONE_OF_EACH_FAMILY = {
    item.family: item
    for item in items()
    if not (item.is_accepted or item.prepare or item.rule == "file_too_large")  # that one does not get so far
}


@pytest.mark.parametrize("item", ONE_OF_EACH_FAMILY.values(), ids=str)
def test_browser_shows_the_sentence(item: Item, client: Client, hisp: Hisp, quarter: Quarter, reporter: Any) -> None:
    client.force_login(reporter)

    response = client.post(
        reverse("reporting:upload", args=[hisp.slug, quarter.fiscal]),
        {"workbook": SimpleUploadedFile(item.name, item.data())},
    )

    assert response.status_code == 422
    assert item.says in unescape(response.content.decode())
    assert Upload.objects.count() == 1
    assert _business_rows() == [0, 0, 0, 0]


def _stays_small(data: bytes) -> bool:
    """At most 60 MB, at the door and in the child."""
    return guard.refusal_at_the_door(data) is not None or reader.measured(data, LIMITS).peak_bytes <= 60 * 2**20


def test_input_names_are_told_apart() -> None:
    names = [str(item) for item in items()]
    assert len(names) == len(set(names))
