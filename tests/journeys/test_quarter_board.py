"""The quarter board in a browser: by keyboard, at phone width, and without anything that axe finds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.models import Comment, Expectation, Finding, Mail, Quarter
from tests import factories, people
from tests.journeys import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FULL = {"satisfaction": (1, 2, 3, 4, 50), "trust": (1, 2, 3, 4, 50)}


@pytest.fixture
def quarter() -> Quarter:
    """A HISP in every state, and an administrator and a reviewer to look at them."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now() - timedelta(days=60))
    for state in ("draft", "returned", "approved", "published", "withdrawn", "submitted"):
        expectation = factories.expectation(factories.hisp(f"va-{state}", name=f"Office {state}"), quarter)
        with_reporter(expectation)
        sent = factories.submission(
            f"va-{state}", quarter, state=state, surveys=[factories.survey(offered=None, **FULL)]
        )
        if state == "submitted":
            for words in ("", "A new survey."):
                Finding.objects.create(submission=sent, rule="r", severity="explain", found="Odd.", explanation=words)
    with_reporter(factories.expectation(factories.hisp("ssa-silent", name="Silent Office"), quarter))
    factories.expectation("ssa-alone", quarter)
    factories.expectation("ssa-out", quarter, not_reporting=True, not_reporting_reason="No survey yet.")
    for name, role in [("reviewer", people.reviewer()), ("administrator", people.administrator())]:
        role.username = name
        role.save()
        Comment.objects.create(submission=sent, text="Please look.", by=role)
    return quarter


def with_reporter(expectation: Expectation) -> None:
    reporter = people.reporter(expectation.hisp)
    reporter.email = f"{reporter.username}@agency.example"
    reporter.save()


def of(quarter: Quarter, step: str = "change") -> str:
    return reverse(f"admin:reporting_quarter_{step}", args=[quarter.pk])


def faults(page: Page) -> list[str]:
    """What axe finds on the page."""
    return [f"{page.url} {each}" for each in axe.found(page)]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", ["administrator", "reviewer"])
def test_axe_finds_nothing_on_the_board_in_any_of_its_states(someone, quarter, who, width):
    page = someone(who)
    page.set_viewport_size({"width": width, "height": 900})
    empty = factories.quarter("2021-q3", opened_at=timezone.now())
    board = of(quarter)
    states = [board, f"{board}?show=overdue&sort=-due", f"{board}?q=nobody", f"{board}?show=x&p=x", of(empty)]
    found = []
    for address in [*states, reverse("admin:index")]:
        page.goto(address)
        found += faults(page)
        assert overflow(page) == 0, address
    assert found == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_pages_that_ask(someone, quarter, width):
    page = someone("administrator")
    page.set_viewport_size({"width": width, "height": 900})
    expectation = Expectation.objects.get(hisp__slug="ssa-silent")
    alone = Expectation.objects.get(hisp__slug="ssa-alone")
    out = Expectation.objects.get(hisp__slug="ssa-out")
    extend_chosen = of(quarter, "extend_chosen")
    asking = [
        reverse("admin:reporting_quarter_add"),
        of(quarter, "close"),
        f"{extend_chosen}?chosen={expectation.pk}&chosen={alone.pk}",
        reverse("admin:reporting_quarter_extend", args=[expectation.pk]),
        reverse("admin:reporting_quarter_not_reporting", args=[expectation.pk]),
        reverse("admin:reporting_quarter_expect_again", args=[out.pk]),
    ]
    found = []
    for address in [*asking, of(quarter, "remind"), f"{extend_chosen}?chosen={out.pk}"]:  # the last one refuses
        page.goto(address)
        found += faults(page)
        assert overflow(page) == 0, address
    for address in asking[2:]:  # sent empty: the form says what is missing
        page.goto(address)
        page.locator("form.step button[type=submit]").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        found += faults(page)
    assert found == []


def test_on_a_phone_a_hisp_takes_little_more_room_than_on_a_desk(someone, quarter):
    page = someone("administrator")
    heights = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(of(quarter))
        heights[width] = page.locator(".board-hisps tbody").evaluate("(rows) => rows.offsetHeight")
    assert heights[390] < 2 * heights[1280]


def test_the_administrator_reminds_by_keyboard_alone(someone, quarter):
    page = someone("administrator")
    page.goto(f"{of(quarter)}?show=missing&sort=name")
    page.get_by_role("checkbox", name="Select Silent Office").focus()
    page.keyboard.press("Space")
    tab_to(page, "Remind")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Remind HISPs of FY2021 Q2")).to_be_visible()
    tab_to(page, "Send to those that are ticked")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Reminders are on their way: Silent Office.")).to_be_visible()
    assert Mail.objects.get().hisp.slug == "ssa-silent"


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until a button of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button') && document.activeElement.innerText") == name:
            return
    raise AssertionError(f"Tab never reached “{name}”.")
