"""What is read of the inputs that are accepted: the very figures, and text that stays text."""

from html import escape, unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hisps.models import Hisp
from reporting.figures import contents_of
from reporting.intake import receive
from reporting.models import Quarter
from reporting.workbook import parse
from reporting.workbook.cells import NOTE
from tests.corpus import passing, text
from tests.corpus.base import Item
from tests.reporting.workbook.workbooks import contents


@pytest.mark.parametrize("item", passing.ITEMS, ids=str)
def test_figures_are_those_of_the_source(item: Item) -> None:
    parsed = parse.read(item.data())

    assert parsed.contents == passing.FIGURES.get(item.id, contents())
    assert {problem.severity for problem in parsed.problems} <= {NOTE}


@pytest.mark.parametrize("item", [item for item in text.ITEMS if item.id in text.KEPT], ids=str)
def test_stored_text_is_the_cleaned_text(item: Item, hisp: Hisp, quarter: Quarter, reporter: Any) -> None:
    receipt = receive(item.data(), item.name, hisp=hisp, quarter=quarter, by=reporter)

    assert receipt.submission is not None
    assert contents_of(receipt.submission).reflection == text.KEPT[item.id]


@pytest.mark.parametrize("id_", ["script", "out of an attribute", "template"])
def test_page_shows_text_as_text(id_: str, hisp: Hisp, quarter: Quarter, reporter: Any, client: Client) -> None:
    item = next(item for item in text.ITEMS if item.id == id_)
    receipt = receive(item.data(), item.name, hisp=hisp, quarter=quarter, by=reporter)
    assert receipt.submission is not None
    client.force_login(reporter)

    page = client.get(reverse("reporting:submission", args=[receipt.submission.pk])).content.decode()

    assert text.KEPT[id_] in unescape(page)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert escape("{{7*7}}") in page or id_ != "template"
