"""The public pages of revisions and corrections, and the page that asks before a quarter is published: without
anything that axe finds, and no wider than the screen."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.models import Quarter, Submission
from tests import factories, people
from tests.journeys import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Submission.State
PLACE = "/hisps/va-vha/2021-q2/"
WIDTHS = (1280, 390)


@pytest.fixture
def quarter() -> Quarter:
    """One HISP with a superseded and a current revision, one that was withdrawn, one approved."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    before, after = (factories.survey("Outpatient care " * 5, customers=n, trust=(1, 2, 3, 4, n)) for n in (900, 905))
    words = {"revision": 2, "revision_note": "-", "public_note": "Counted once. " * 20}
    factories.submission("va-vha", quarter, state=State.SUPERSEDED, surveys=[before], reflection="We learned. " * 30)
    factories.published_submission("va-vha", quarter, surveys=[after], **words)
    factories.submission("ssa-oo", quarter, state=State.WITHDRAWN)
    factories.submission("gsa-pep", quarter, state=State.APPROVED, surveys=[before])
    factories.expectation("sba-fo", quarter)
    administrator = people.administrator()
    administrator.username = "administrator"
    administrator.save()
    return quarter


def faults(page: Page, address: str) -> list[str]:
    """What axe finds at both widths, in light and in dark, and what is wider than the screen."""
    found = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)  # the desk’s colors would fade from one scheme to the other
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {width} {scheme} {each}" for each in axe.found(page, rules)]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{address} {width} is wider than the screen")
    return found


@pytest.mark.parametrize(
    "address",
    [PLACE, f"{PLACE}revisions/1/", f"{PLACE}revisions/2/", "/hisps/ssa-oo/2021-q2/revisions/1/", "/corrections/"],
)
def test_axe_finds_nothing_on_the_pages_of_revisions(
    someone: Callable[..., Page], quarter: Quarter, address: str
) -> None:
    assert faults(someone(), address) == []


def test_axe_finds_nothing_on_an_empty_log_nor_on_a_missing_revision(someone: Callable[..., Page], db: None) -> None:
    assert faults(someone(), "/corrections/") == []
    factories.hisp("va-vha")
    assert faults(someone(), f"{PLACE}revisions/7/") == []


def test_superseded_figures_say_so_on_paper(someone: Callable[..., Page], quarter: Quarter) -> None:
    page = someone()
    page.goto(f"{PLACE}revisions/1/")
    page.emulate_media(media="print")
    banner = page.get_by_role("region", name="Superseded: these figures no longer count")
    expect(banner).to_be_visible()
    assert banner.bounding_box()["y"] < page.get_by_role("heading", level=1).bounding_box()["y"]


def test_visitor_walks_from_the_quarter_to_what_changed_and_back(
    someone: Callable[..., Page], quarter: Quarter
) -> None:
    page = someone()
    page.goto(PLACE)
    page.get_by_role("link", name="See it and what changed (revision 1)").click()
    expect(page.get_by_role("table", name="Outpatient care")).to_contain_text("905")
    page.get_by_role("link", name="The figures that count").click()
    expect(page).to_have_url(re.compile(f"{PLACE}$"))


def test_administrator_sees_what_will_be_published_before_it_is(
    someone: Callable[..., Page], quarter: Quarter
) -> None:
    page = someone("administrator")
    page.goto(reverse("admin:reporting_quarter_change", args=[quarter.pk]))
    page.get_by_role("button", name="Publish everything approved (1)").click()
    expect(page.get_by_role("heading", name="Publish FY2021 Q2")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("Provider sba-fo")
    assert faults(page, reverse("admin:reporting_quarter_publish", args=[quarter.pk])) == []
    page.get_by_role("button", name="Publish 1 HISP now").click()
    expect(page.locator(".messagelist")).to_contain_text("published Provider gsa-pep.")
    expect(page.get_by_role("heading", name="Publications of this quarter")).to_be_visible()
