"""A reviewer who uses no mouse: from the sign-in page to the decision on two submissions."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reporting.models import Submission
from tests import factories, people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The name that is read out for what has the focus.
FOCUSED = """() => {
  const at = document.activeElement, label = at.labels && at.labels[0];
  return (at.getAttribute("aria-label") || (label || at).textContent).replace(/\\s+/g, " ").trim();
}"""


def tab_to(page: Page, name: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"Tab never reached “{name}” on {page.url}.")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    enter(page)


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def waiting() -> tuple[Submission, Submission]:
    """A clean submission and, sent after it, one to return; of HISPs that are expected to report."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    people.reviewer()
    sent = []
    for slug, name in (("va-vha", "Veterans Health Administration"), ("ssa-oo", "Online Services")):
        expected = factories.expectation(factories.hisp(slug, name=name), quarter)
        survey = factories.survey(satisfaction=(1, 2, 3, 4, 50), trust=(1, 2, 3, 4, 50))
        at = quarter.due_at if sent else None
        sent.append(factories.submission(expected.hisp, quarter, state="submitted", surveys=[survey], at=at))
    return sent[0], sent[1]


def test_two_submissions_are_decided_without_a_mouse(someone, waiting):
    clean, doubtful = waiting
    reviewer = people.reviewer()
    page = someone()
    page.goto("/accounts/login/")
    tab_to(page, "Username")
    page.keyboard.type(reviewer.username)
    tab_to(page, "Password")
    page.keyboard.type("a long passphrase")
    enter(page)
    press(page, "FY2021 Q2")
    expect(page.get_by_role("heading", name="FY2021 Q2", exact=True)).to_be_visible()
    press(page, "Review: Veterans Health Administration")
    press(page, "Skip to the decision")
    press(page, "Approve and open next")
    expect(page.get_by_role("heading", name="Online Services, FY2021 Q2")).to_be_visible()
    expect(page.locator("#message")).to_contain_text("Approved: Veterans Health Administration, FY2021 Q2.")
    tab_to(page, "What needs to change?")
    page.keyboard.type("Please look at the customers again.")
    press(page, "Return for changes")
    expect(page.locator("#message")).to_contain_text("Returned: Online Services, FY2021 Q2.")
    assert [Submission.objects.get(pk=each.pk).state for each in (clean, doubtful)] == ["approved", "returned"]
    assert doubtful.events.get(transition="return").note == "Please look at the customers again."


def test_the_list_is_searched_and_filtered_without_a_mouse(someone, waiting):
    page = someone(people.reviewer().username)
    page.goto("/admin/reporting/submission/")
    tab_to(page, "Search by HISP or contact")
    page.keyboard.type("online")
    enter(page)
    expect(page.get_by_role("link", name="Online Services")).to_be_visible()
    tab_to(page, "FY2021 Q2")
    page.keyboard.press("Space")
    press(page, "Show these quarters")
    expect(page.get_by_role("checkbox", name="FY2021 Q2", exact=True)).to_be_checked()
    assert "q=online" in page.url
    assert "quarter=2021-q2" in page.url
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
