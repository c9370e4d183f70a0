"""What the administrator does: opening, reminding, publishing."""

import re

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from reporting.models import Publication, Submission
from tests.journeys.clicks import Cost, Counted
from tests.journeys.offices import (
    IN_TIME,
    LATE,
    SILENT,
)
from tests.journeys.quarter.words import told


def the_quarter_is_opened_in_one_act(administrator: Page) -> Cost:
    desk = Counted(administrator)
    desk.click(administrator.get_by_role("link", name="Open a quarter").first)
    expect(administrator.locator("#content")).to_contain_text("FY2021 Q3 runs from April 1, 2021, to June 30, 2021")
    expect(administrator.locator("#content")).to_contain_text("23 HISPs are designated in it.")
    desk.click(administrator.get_by_role("button", name="Open the quarter"))
    expect(administrator.locator(".messagelist")).to_contain_text("23 HISPs were added to it.")
    expect(pile(administrator, "Nothing yet")).to_contain_text("23")
    call_command("send_mail", verbosity=0)
    assert told("quarter_opened") == {*IN_TIME, *LATE, SILENT}
    cost = desk.spent()
    one_hisp_is_marked_as_not_reporting(administrator)
    return cost


def one_hisp_is_marked_as_not_reporting(administrator: Page) -> None:
    administrator.get_by_role("link", name=re.compile("Not reporting.*Fish and Wildlife")).click()
    administrator.get_by_label("Reason").fill("Its survey has no clearance yet.")
    administrator.get_by_role("button", name="Mark as not reporting").click()
    row = administrator.get_by_role("row").filter(has_text="Fish and Wildlife Service")
    expect(row).to_contain_text("Its survey has no clearance yet.")
    call_command("send_mail", verbosity=0)
    assert told("not_reporting") == {SILENT}
    assert "Reason: Its survey has no clearance yet." in mail.outbox[-1].body


def those_who_sent_nothing_are_reminded(administrator: Page) -> None:
    administrator.get_by_role("link", name="FY2021 Q3").first.click()
    administrator.get_by_role("link", name="Remind who owes figures (5)").click()
    preview = administrator.locator(".mail").filter(has_text="Customs and Border Protection")
    expect(preview).to_contain_text("FY2021 Q3: please send the figures of U.S. Customs and Border Protection")
    expect(preview).to_contain_text("which are due on July 30, 2021")
    assert told("reminder") == set()
    administrator.get_by_role("button", name="Send to those that are ticked").click()
    expect(administrator.locator(".messagelist")).to_contain_text("Reminders are on their way")
    call_command("send_mail", verbosity=0)
    assert told("reminder") == set(LATE)


def the_quarter_is_published_in_one_act(administrator: Page) -> Cost:
    before, desk = Publication.objects.count(), Counted(administrator)
    desk.click(administrator.get_by_role("link", name="FY2021 Q3").first)
    publish_everything(desk, len(IN_TIME))
    expect(pile(administrator, "Published")).to_contain_text("17")
    assert Publication.objects.count() == before + 1
    assert (
        Submission.objects.filter(quarter__number=3, state="published").values("publication").distinct().count() == 1
    )
    call_command("send_mail", verbosity=0)
    assert told("published") == told("approved") == set(IN_TIME)
    return desk.spent()


def publish_everything(desk: Counted, hisps: int) -> None:
    """In one act: what will happen is shown first, then it happens to all of them."""
    desk.click(desk.page.get_by_role("button", name=f"Publish everything approved ({hisps})"))
    expect(desk.page.locator("#content")).to_contain_text(f"{hisps} HISPs will be public at once, in one publication")
    desk.click(desk.page.get_by_role("button", name=f"Publish {hisps} HISPs now"))


def the_correction_replaces_what_was_public(administrator: Page, visitor: Page) -> None:
    visitor.goto("/hisps/usda-fsa/2021-q3/")
    expect(visitor.locator("main")).not_to_contain_text("48,210")
    administrator.get_by_role("link", name="FY2021 Q3").first.click()
    publish_everything(Counted(administrator), 6)
    expect(pile(administrator, "Published")).to_contain_text("22")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("48,210")
    expect(visitor.locator("main")).to_contain_text("The number of customers is known now.")
    visitor.get_by_role("link", name="See it and what changed").click()
    expect(visitor.locator("main")).to_contain_text("Superseded: these figures no longer count")
    expect(visitor.locator("main")).to_contain_text("48,210")
    expect(visitor.locator("main")).to_contain_text("The number of customers is known now.")
    fsa = Submission.objects.filter(hisp__slug="usda-fsa", quarter__number=3).order_by("revision")
    assert list(fsa.values_list("state", flat=True)) == ["superseded", "published"]


def pile(page: Page, name: str):
    return page.locator(".piles").get_by_role("link", name=name)
