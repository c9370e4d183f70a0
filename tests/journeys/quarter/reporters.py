"""What reporters do: over HTTP, and three of them in a browser."""

from dataclasses import replace

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from reporting.models import Submission, Upload
from tests.journeys.offices import (
    EXPLANATION,
    IN_TIME,
    LATE,
    Office,
    address,
    with_surveys,
)
from tests.journeys.quarter.words import A_COMMENT, RETURNED, told
from tests.reporting.workbook.fill import fill_from

BY_BROWSER = ("va-vha", "multi-rec", "sba-fo")


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
