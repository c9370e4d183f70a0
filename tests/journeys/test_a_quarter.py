"""The review desk through one whole quarter, FY2021 Q3: opened in one act, 25 workbooks, returns, publication, and a
correction; with what each submission costs the reviewer in clicks. The figures are those that were published.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from hisps.models import Hisp, Membership
from reporting.demo import read
from reporting.fiscal import EASTERN
from reporting.history.publish import Batch, File, publish
from reporting.models import Mail, Publication, Submission, Upload
from tests import people
from tests.journeys.clicks import Cost, Counted
from tests.journeys.offices import (
    EXPLANATION,
    IN_TIME,
    LATE,
    QUARTER,
    SILENT,
    Office,
    address,
    satisfaction,
    with_surveys,
)
from tests.reporting.workbook.fill import fill_from

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BY_BROWSER = ("va-vha", "multi-rec", "sba-fo")
OF_ALL_IN_TIME = {"pooled": "4.35", "mean-of-surveys": "4.02", "mean-of-hisps": "4.14", "by-customers": "3.62"}
RETURNED = {
    "ssa-oo": "Please look at the comment beside the customers.",
    "opm-rs": "Please write what you learned this quarter.",
    "multi-rec": "Please tell us how many people gave each answer.",
}
A_COMMENT = {
    "ssa-oo": ("Touchpoints!F5", "More people were offered the survey than there were customers. Is a digit missing?"),
    "multi-rec": ("Responses!F5", "These look like percentages."),
}
WHAT_CHANGED = {  # as the reviewer sees it when they are back
    "ssa-oo": ("5,374,503", "53,745,031", A_COMMENT["ssa-oo"][1]),
    "opm-rs": ("Changed as OMB asked.", "What Retirement Services learned in this quarter."),
    "multi-rec": ("The reflection says what the counts are.", "They are: our provider gives us nothing else."),
}
REVIEWER, ADMINISTRATOR = "reviewer@omb.example", "administrator@omb.example"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The day after the quarter has ended; it goes on from there."""
    with time_machine.travel(eastern(2021, 7, 1), tick=True) as traveller:
        yield traveller


@pytest.fixture
def registry(clock) -> None:
    """The HISPs with what was public of the quarter before, a reporter of each, and two people at OMB."""
    call_command("load_registry", verbosity=0)
    known = {hisp.slug: hisp for hisp in Hisp.objects.all()}
    publish([*published_before(known)], File("surveys.csv", b"all"))
    for hisp in known.values():
        Membership.objects.create(user=people.person(username=hisp.slug, email=address(hisp.slug)), hisp=hisp)
    for role, username in ((people.reviewer(), "reviewer"), (people.administrator(), "administrator")):
        role.username, role.email = username, f"{username}@omb.example"
        role.save()


def published_before(known: dict[str, Hisp]) -> Iterator[Batch]:
    for (slug, quarter), contents in read.surveys().items():
        if quarter.next == QUARTER:
            yield Batch(known[slug], quarter, contents, "the table")


def eastern(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=EASTERN).astimezone(UTC)


def test_two_people_at_omb_run_a_whole_quarter(someone, registry, clock) -> None:
    opening = the_quarter_is_opened_in_one_act(someone("administrator"))

    clock.move_to(eastern(2021, 7, 16))
    everybody_else_is_told_that_figures_are_due()
    offices = {slug: Office(Hisp.objects.get(slug=slug)) for slug in (*IN_TIME, *LATE)}
    workbooks_come_in_over_http(offices)
    three_come_in_by_browser(someone, offices)

    clock.move_to(eastern(2021, 7, 27))
    those_who_sent_nothing_are_reminded(someone("administrator"))

    clock.move_to(eastern(2021, 8, 2))
    the_desk_tells_the_reviewer_what_waits()
    first_time = the_reviewer_settles_what_came(someone("reviewer"))

    clock.move_to(eastern(2021, 8, 5))
    returned_ones_come_back(someone, offices)
    second_time = the_reviewer_sees_what_changed(someone("reviewer"))

    clock.move_to(eastern(2021, 8, 10))
    publishing = the_quarter_is_published_in_one_act(someone("administrator"))
    visitor = someone()
    everybody_sees_the_scores(visitor, {slug: offices[slug].contents for slug in IN_TIME}, OF_ALL_IN_TIME)

    clock.move_to(eastern(2021, 8, 20))
    late_ones_and_a_correction_come(offices)
    the_reviewer_approves_them_together(someone("reviewer"))
    the_correction_replaces_what_was_public(someone("administrator"), visitor)
    everybody_sees_the_scores(visitor, {slug: office.contents for slug, office in offices.items()})

    every_mail_went_to_whom_it_concerns()
    call_command("verify_audit", verbosity=0)
    nothing_costs_more_than_it_did(opening, publishing, first_time, second_time)


def nothing_costs_more_than_it_did(
    opening: Cost, publishing: Cost, first_time: dict[str, list[Cost]], second_time: dict[str, Cost]
) -> None:
    """Printed with `pytest -s`. A clean submission is to cost at most 4 clicks."""
    first_clean, *clean = first_time["clean"]
    with_comment = first_time["ssa-oo"][0]
    print(f"\nOpening the quarter: {opening}. Publishing it: {publishing}.")
    print(f"A clean submission, from the front page of the desk: {first_clean}; each next one: {clean[0]}.")
    print(f"Returning one: {first_time['opm-rs'][0]}; with a comment at a cell: {with_comment}.")
    print(f"What came back, from the front page, a comment to settle: {second_time['ssa-oo']};", end=" ")
    print(f"without one, the next in the queue: {second_time['opm-rs']}.")
    assert (opening, publishing) == (Cost(2, 2), Cost(3, 3))
    assert first_clean == Cost(3, 3)
    assert {str(cost) for cost in clean} == {"1 click, 1 page load"}
    assert (with_comment, second_time["ssa-oo"]) == (Cost(5, 3), Cost(4, 4))


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


def everybody_else_is_told_that_figures_are_due() -> None:
    call_command("remind", verbosity=0)
    assert told("due_14") == {*IN_TIME, *LATE}
    assert Mail.objects.filter(kind="digest").count() == 0


def workbooks_come_in_over_http(offices: dict[str, Office]) -> None:
    """As they are, but for a control number with words in it, customers that lack a digit, and no reflection."""
    slips = {
        "doc-uspto": with_surveys(offices["doc-uspto"].contents, control_number="OMB Control Number"),
        "ssa-oo": with_surveys(offices["ssa-oo"].contents, customers=5_374_503),
        "opm-rs": replace(offices["opm-rs"].contents, reflection=""),
    }
    for slug in IN_TIME:
        if slug in BY_BROWSER:
            continue
        office = offices[slug]
        answer = office.send(office.workbook(slips.get(slug)))
        if slug == "doc-uspto":
            assert answer.status_code == 422
            assert "OMB Control Number" in answer.content.decode()
            answer = office.send(office.workbook())
        assert answer.status_code == 200, (slug, answer.content.decode())
        assert "OMB has your figures" in office.submit(answer).content.decode(), slug
    explained = Submission.objects.filter(findings__rule="average_as_count", findings__explanation=EXPLANATION)
    assert set(explained.values_list("hisp__slug", flat=True)) == {"dos-ca"}


def three_come_in_by_browser(someone, offices: dict[str, Office]) -> None:
    slips = with_surveys(offices["va-vha"].contents, customers="9.1 million", channel="mixed")
    figures_are_corrected_in_place(sent_by_browser(someone, offices["va-vha"], slips))
    percentages_are_explained(sent_by_browser(someone, offices["multi-rec"], offices["multi-rec"].contents))
    unknown = with_surveys(offices["sba-fo"].contents, offered=0)
    zero_for_unknown_is_taken_back(sent_by_browser(someone, offices["sba-fo"], unknown), offices["sba-fo"])
    assert Submission.objects.filter(state="submitted").count() == len(IN_TIME)


def sent_by_browser(someone, office: Office, contents) -> Page:
    page = someone(office.hisp.slug)
    page.get_by_role("link", name=f"{office.hisp.name}, FY2021 Q3").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the workbook").click()
    upload(page, fill_from(started.value.path().read_bytes(), contents))
    return page


def upload(page: Page, workbook: bytes) -> None:
    file = {"name": "figures.xlsx", "mimeType": "application/octet-stream", "buffer": workbook}
    page.get_by_label("Your filled workbook").set_input_files(file)
    page.get_by_role("button", name="Check this file").click()


def figures_are_corrected_in_place(page: Page) -> None:
    expect(page.get_by_role("heading", name="2 things to fix in your workbook")).to_be_visible()
    page.get_by_label("Customers, Touchpoints!F5").fill("9085572")
    page.get_by_label("Channel, Touchpoints!E5").select_option(label="Email")
    page.get_by_role("button", name="Check again with these corrections").first.click()
    expect(page.get_by_role("heading", name="Check what you are about to submit")).to_be_visible()
    submit(page)


def percentages_are_explained(page: Page) -> None:
    expect(page.locator(".submit-form")).to_contain_text("add up to about 100 while there were 18,366 respondents")
    page.get_by_role("button", name="Submit to OMB").click()
    expect(page.get_by_role("alert")).to_contain_text("Please explain this in a sentence.")
    page.get_by_label("Your explanation").fill("Our provider gives us percentages.")
    submit(page)


def zero_for_unknown_is_taken_back(page: Page, office: Office) -> None:
    expect(page.get_by_role("heading", name="1 thing to fix in your workbook")).to_be_visible()
    expect(page.get_by_role("table", name="Must be fixed")).to_contain_text("Leave the number offered blank")
    upload(page, office.workbook())
    page.get_by_label("Your explanation").fill("The clearance is under way.")
    submit(page)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit to OMB").click()
    expect(page.get_by_role("heading", name="OMB has your figures")).to_be_visible()


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


def returned_ones_come_back(someone, offices: dict[str, Office]) -> None:
    call_command("send_mail", verbosity=0)
    assert told("returned") == set(RETURNED)
    for slug, wanted in RETURNED.items():
        (letter,) = [each for each in mail.outbox if each.to == [address(slug)] and "asks" in each.subject]
        assert wanted in letter.body
        assert all(part in letter.body for part in A_COMMENT.get(slug, ()))
    for slug in ("ssa-oo", "opm-rs"):
        office = offices[slug]
        answer = office.send(office.workbook())
        assert "OMB has your figures" in office.submit(answer, "Changed as OMB asked.").content.decode()
    percentages_come_back(someone, offices["multi-rec"])


def percentages_come_back(someone, office: Office) -> None:
    page = someone(office.hisp.slug)
    page.get_by_role("link", name=f"{office.hisp.name}, FY2021 Q3").click()
    expect(page.locator("main")).to_contain_text(RETURNED["multi-rec"])
    page.get_by_role("link", name="See what you sent, and comment on it").click()
    page.get_by_text("Answer the comments about Responses!F5").click()
    page.get_by_label("Your answer").fill("They are: our provider gives us nothing else.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("link", name="Upload a changed workbook").click()
    office.contents = replace(office.contents, reflection="The counts are percentages of 18,366 respondents.")
    upload(page, office.workbook(office.contents))
    page.get_by_label("Your explanation").fill("Our provider gives us percentages.")
    page.get_by_label("What changed since the last revision?").fill("The reflection says what the counts are.")
    submit(page)


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


def everybody_sees_the_scores(visitor: Page, reports: dict, published: dict[str, str] | None = None) -> None:
    by_hand = satisfaction(reports)
    assert by_hand == (published or by_hand)
    shown = {}
    for method in by_hand:
        visitor.goto(f"/quarters/2021-q3/?method={method}")
        row = visitor.locator("details tr").filter(has=visitor.locator("th[scope=row]", has_text="Satisfaction"))
        shown[method] = row.locator(".lead-col").text_content()
    assert shown == by_hand
    expect(visitor.locator("main")).to_contain_text("Fish and Wildlife Service")


def late_ones_and_a_correction_come(offices: dict[str, Office]) -> None:
    blocked = {slug for slug in LATE if was_blocked_first(offices[slug])}
    assert blocked == {"dhs-cbp", "usda-nrcs"}
    office = offices["usda-fsa"]
    office.contents = with_surveys(office.contents, customers=48_210, volume_notes={})
    preview = office.send(office.workbook())
    assert "the public will see your words" in preview.content.decode()
    assert "OMB has your figures" in office.submit(preview, "The number of customers is known now.").content.decode()
    assert Upload.objects.filter(outcome="accepted", by__isnull=False).count() == 25 + 1


def was_blocked_first(office: Office) -> bool:
    """Whether the channel was left blank, as it really was; then one is chosen."""
    answer = office.send(office.workbook())
    is_blocked = answer.status_code == 422
    if is_blocked:
        assert "The channel is blank." in answer.content.decode()
        office.contents = with_surveys(office.contents, channel="website")
        answer = office.send(office.workbook())
    assert "OMB has your figures" in office.submit(answer).content.decode(), office.hisp
    return is_blocked


def the_reviewer_approves_them_together(reviewer: Page) -> None:
    reviewer.get_by_role("link", name="6 waiting for review").click()
    reviewer.locator("#action-toggle").check()
    reviewer.get_by_label("Action:").select_option(label="Approve selected")
    reviewer.get_by_role("button", name="Go", exact=True).click()
    expect(reviewer.locator(".messagelist .success")).to_contain_text("6 of 6 approved.")
    expect(reviewer.locator(".messagelist .outcomes a")).to_have_count(6)


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


def every_mail_went_to_whom_it_concerns() -> None:
    call_command("send_mail", verbosity=0)
    assert len(mail.outbox) == Mail.objects.count()
    assert {each.to for each in Mail.objects.filter(hisp=None)} == {REVIEWER, ADMINISTRATOR}
    about = Mail.objects.exclude(hisp=None).select_related("hisp")
    assert [each for each in about if each.to != address(each.hisp.slug) or each.hisp.name not in each.body] == []


def told(kind: str) -> set[str]:
    """The HISPs whose reporters were sent such a mail."""
    return set(Mail.objects.filter(kind=kind).values_list("hisp__slug", flat=True))


def pile(page: Page, name: str):
    return page.locator(".piles").get_by_role("link", name=name)
