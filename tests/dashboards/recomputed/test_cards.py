"""Every figure of every card for other sites equals a recomputation, by every method."""

import pytest

from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import History, Page, based_on, label
from tests.dashboards.recomputed.scores import METHODS
from tests.dashboards.recomputed.test_pages import pages

pytestmark = pytest.mark.django_db


def faults(page: Page) -> list[str]:
    when, box, margin, _ = page.main.every("p")
    found = page.group().found("combined", page.method)
    if page.quarter is None or not when.text.endswith(f", {label(page.quarter)}"):
        page.wrong.append(f"{page.address}: “{when.text}” is not of {page.quarter}")
    page.says(box, f"{words.score(found.value)} of 5", "few answers" if found.few else "")
    based = based_on(found, len(page.group().with_score(page.method)))
    page.says(margin, words.margin(found.margin, at_most=True), METHODS[page.method].lower(), *based)
    return [*page.wrong, *page.forgotten()]


def test_every_card_tells_the_newest_score(past: History):
    wrong = [fault for page in pages(past, "/embed/", past.quarters[-1]) for fault in faults(page)]
    for slug in past.names:
        quarter = max(past.quarters_of(hisp=slug), default=None)
        for page in pages(past, f"/embed/hisps/{slug}/", quarter, hisp=slug):
            if quarter is not None and page.group().found("combined", page.method).value is not None:
                wrong += faults(page)
            else:
                wrong += page.forgotten()
    assert not wrong, words.told(wrong)
