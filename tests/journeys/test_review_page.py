"""The review page in a browser: few clicks, by keyboard alone, on a phone, and without a fault that axe knows."""

import pytest
from playwright.sync_api import expect

from reporting import comments
from reporting.models import DomainResult, Submission, TouchpointReport
from tests import factories, people
from tests.journeys import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNTS = {"satisfaction": (2302, 3118, 10615, 55358, 249586), "trust": (1, 1, 1, 1, 96)}


@pytest.fixture
def reviewer():
    made = people.reviewer()
    made.username = "reviewer"
    made.save()
    return made


@pytest.fixture
def waiting(reviewer):
    """A second revision with much to look at, and a clean submission after it."""
    factories.published_submission("va-vha", "2021-q1", surveys=[factories.survey(customers=100_000, **COUNTS)])
    made = {"wordings": {"trust": "I trust VA to do what is right."}, **COUNTS}
    first = factories.submission("va-vha", state="returned", surveys=[factories.survey(**made)], reflection="Long.")
    comments.say(first, by=reviewer, text="Did so few come?", cell="Touchpoints!F5")
    comments.settle(comments.say(first, by=reviewer, text="Who writes?"), by=reviewer)
    survey = factories.survey(customers=9_000, **made)
    fields = {"revision": 2, "revision_note": "Customers corrected.", "surveys": [survey], "reflection": "Longer."}
    again = factories.submission("va-vha", state="submitted", **fields)
    TouchpointReport.objects.filter(submission=again).update(source="Touchpoints!A5")
    DomainResult.objects.filter(report__submission=again).update(source="Responses!F5")
    due = again.quarter.due_at
    following = factories.submission("ssa-oo", "2021-q2", state="submitted", at=due, surveys=[factories.survey()])
    return again, following


def address(submission: Submission) -> str:
    return f"/admin/reporting/submission/{submission.pk}/change/"


def test_clean_submission_costs_two_clicks_after_the_queue(someone, waiting):
    page = someone("reviewer")
    page.goto("/admin/reporting/submission/?state__exact=submitted")
    page.get_by_role("link", name="Provider va-vha").click()
    expect(page.get_by_text("1 of 2 waiting for review")).to_be_visible()
    page.get_by_role("button", name="Approve and open next").click()
    expect(page.get_by_role("heading", name="Provider ssa-oo, FY2021 Q2")).to_be_visible()
    expect(page.locator("#message")).to_contain_text("Approved: Provider va-vha, FY2021 Q2.")
    assert [each.state for each in Submission.objects.filter(pk__in=[each.pk for each in waiting])].count(
        "approved"
    ) == 1


def test_whole_review_goes_by_keyboard_and_the_message_gets_the_focus(someone, waiting):
    page = someone("reviewer")
    page.goto(address(waiting[0]))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the decision")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#decide")).to_be_focused()
    reason = page.get_by_label("What needs to change?")
    for _ in range(8):
        page.keyboard.press("Tab")
        if reason.evaluate("field => field === document.activeElement"):
            break
    expect(reason).to_be_focused()
    page.keyboard.type("Please look at the customers again.")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Return for changes":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text("Returned: Provider va-vha")
    expect(page.locator("#message")).to_be_focused()


def test_comment_is_asked_for_and_settled_at_its_figure(someone, waiting):
    page = someone("reviewer")
    page.goto(address(waiting[0]))
    page.get_by_role("link", name="Comment on Satisfaction, Responses!F5").click()
    expect(page.get_by_label("About which cell?")).to_have_value("Responses!F5")
    page.get_by_label("Your comment").fill("Is this the whole quarter?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator("#message")).to_be_focused()
    page.get_by_role("link", name="Back to Responses!F5").click()
    thread = page.locator("#at-responses-f5")
    expect(thread).to_contain_text("Is this the whole quarter?")
    thread.get_by_role("button", name="Settle").click()
    expect(page.locator("#message")).to_contain_text("This is settled.")


@pytest.mark.parametrize("width", [1280, 390])
def test_page_has_no_fault_and_fits_in_every_state(someone, waiting, width):
    full, empty = waiting
    page = someone("reviewer")
    page.set_viewport_size({"width": width, "height": 900})
    for target in (f"{address(full)}?cell=Responses!F5#comment", address(empty)):
        page.goto(target)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert axe.found(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Return for changes", exact=True).click()
    expect(page.locator("#message")).to_contain_text("Please say what needs to change")
    expect(page.locator("#message")).to_be_focused()
    assert axe.found(page) == []
    Submission.objects.filter(pk=empty.pk).update(lock_version=9)
    page.get_by_label("What needs to change?").fill("My reasons.")
    page.get_by_role("button", name="Return for changes", exact=True).click()
    expect(page.locator("#message")).to_contain_text("Somebody changed this submission after you opened it")
    expect(page.get_by_label("What needs to change?")).to_have_value("My reasons.")
    assert axe.found(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_reporters_page_with_remarks_has_no_fault_and_fits(someone, waiting, width):
    again = waiting[0]
    reporter = people.reporter(again.hisp)
    page = someone(reporter.username)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/reporting/submissions/{again.pk}/")
    page.get_by_text("Answer the comments about Touchpoints!F5").click()
    assert axe.found(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Your answer").fill("The office was closed.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Your comment was added.")
    expect(page.locator("#at-touchpoints-f5")).to_contain_text("The office was closed.")
