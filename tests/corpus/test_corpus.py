"""Every input of the corpus gets its sentence, and a refused one leaves nothing behind but the upload."""

from collections.abc import Callable
from typing import Any

import pytest

from hisps.models import Hisp
from reporting.intake import receive
from reporting.models import DomainResult, Finding, Quarter, Submission, TouchpointReport, Upload
from tests.corpus.base import Item, items


@pytest.mark.parametrize("item", items(), ids=str)
def test_input_gets_its_sentence(
    item: Item, hisp: Hisp, quarter: Quarter, reporter: Any, record_property: Callable[[str, str], None]
) -> None:
    record_property("family", item.family)
    if item.prepare:
        item.prepare(hisp, quarter)
    rows_before = _business_rows()

    receipt = receive(item.data(), item.name, hisp=hisp, quarter=quarter, by=reporter)

    told = [(p["rule"], f"{p['sheet']}!{p['cell']}", p["message"]) for p in receipt.upload.report]
    assert (receipt.submission is not None) == item.is_accepted, told
    assert not item.rule or any(map(item.is_told_by, receipt.upload.report)), told
    if not item.is_accepted:
        assert _business_rows() == rows_before
        assert receipt.upload == Upload.objects.latest("pk")


def _business_rows() -> list[int]:
    return [model.objects.count() for model in (Submission, TouchpointReport, DomainResult, Finding)]


def test_input_names_are_told_apart() -> None:
    names = [str(item) for item in items()]
    assert len(names) == len(set(names))
