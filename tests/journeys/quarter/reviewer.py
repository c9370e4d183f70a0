"""What the reviewer does, and what each submission costs her."""

from collections import defaultdict

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from reporting.models import Submission
from tests.journeys.clicks import Cost, Counted
from tests.journeys.offices import (
    IN_TIME,
    LATE,
)
from tests.journeys.quarter.words import A_COMMENT, ADMINISTRATOR, RETURNED, REVIEWER, WHAT_CHANGED, told


def the_desk_tells_the_reviewer_what_waits() -> None:
    call_command("remind", verbosity=0)
    call_command("send_mail", verbosity=0)
    assert told("overdue") == set(LATE)
    for digest, to in zip(mail.outbox[-2:], (REVIEWER, ADMINISTRATOR), strict=True):
        assert digest.to == [to]
        assert digest.subject == "Review desk, August 2, 2021: 17 to review, 5 overdue"


def the_reviewer_settles_what_came(reviewer: Page) -> dict[str, list[Cost]]:
    """What each clean one costs, and the return of each of the others."""
    desk, costs = Counted(reviewer), defaultdict(list)
    desk.click(reviewer.get_by_role("link", name="17 waiting for review"))
    desk.click(reviewer.locator("#result_list tbody th a").first)
    for place in range(1, len(IN_TIME) + 1):
        slug = hisp_on(reviewer)
        if slug in RETURNED:
            the_reviewer_returns(desk, slug)
        else:
            the_reviewer_approves(desk, is_last=place == len(IN_TIME))
        costs[slug if slug in RETURNED else "clean"].append(desk.spent())
    return costs


def the_reviewer_approves(desk: Counted, *, is_last: bool) -> None:
    name = "Approve" if is_last else "Approve and open next"
    desk.click(desk.page.get_by_role("button", name=name, exact=True))
    expect(desk.page.locator("#message")).to_contain_text("Nothing else waits." if is_last else "Approved: ")


def hisp_on(page: Page) -> str:
    return Submission.objects.get(pk=page.url.split("/submission/")[1].split("/")[0]).hisp.slug


def the_reviewer_returns(desk: Counted, slug: str) -> None:
    page = desk.page
    if slug in A_COMMENT:
        cell, words = A_COMMENT[slug]
        desk.click(page.get_by_role("link", name=f", {cell}").first)
        desk.write(page.get_by_label("Your comment"), words)
        desk.click(page.get_by_role("button", name="Add the comment"))
        expect(page.locator("#message")).to_contain_text("Your comment was added.")
    desk.write(page.get_by_label("What needs to change?"), RETURNED[slug])
    desk.click(page.get_by_role("button", name="Return for changes and open next"))
    expect(page.locator("#message")).to_contain_text("Returned: ")


def the_reviewer_sees_what_changed(reviewer: Page) -> dict[str, Cost]:
    """Each figure beside what it was; an open comment is settled first."""
    desk, costs = Counted(reviewer), {}
    desk.click(reviewer.get_by_role("link", name="3 waiting for review"))
    desk.click(reviewer.locator("#result_list tbody th a").first)
    for place in range(1, len(RETURNED) + 1):
        slug = hisp_on(reviewer)
        for words in WHAT_CHANGED[slug]:
            expect(reviewer.locator(".desk-main")).to_contain_text(words)
        if slug in A_COMMENT:
            desk.click(reviewer.get_by_role("button", name=f"Settle the comments about {A_COMMENT[slug][0]}").first)
            expect(reviewer.locator("#message")).to_contain_text("This is settled.")
        the_reviewer_approves(desk, is_last=place == len(RETURNED))
        costs[slug] = desk.spent()
    return costs


def the_reviewer_approves_them_together(reviewer: Page) -> None:
    reviewer.get_by_role("link", name="6 waiting for review").click()
    reviewer.locator("#action-toggle").check()
    reviewer.get_by_label("Action:").select_option(label="Approve selected")
    reviewer.get_by_role("button", name="Go", exact=True).click()
    expect(reviewer.locator(".messagelist .success")).to_contain_text("6 of 6 approved.")
    expect(reviewer.locator(".messagelist .outcomes a")).to_have_count(6)
