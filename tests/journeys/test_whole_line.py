"""The whole line, as three people walk it: template, problems, fixed, submitted, returned, sent again, public."""

import re
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from hisps.models import Hisp, Membership
from reporting.contents import Contents, Question, Survey
from reporting.models import Submission
from reporting.scoring import Tally
from tests import factories, people
from tests.reporting.workbook.fill import fill_from

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERVICE = "Receiving outpatient services"
SATISFACTION = (2302, 3118, 10615, 55358, 249586)  # the published answers of FY2021 Q2: a score of 4.70


def contents(offered: int = 1_774_363) -> Contents:
    questions = tuple(
        Question(slug, f"The question about {slug}.", Tally(*SATISFACTION)) for slug in ("satisfaction", "trust")
    )
    survey = Survey(
        SERVICE,
        "Outpatient care",
        "After a visit",
        "email",
        9_707_552,
        offered,
        320_979,
        "2900-0770",
        collection_url="https://www.reginfo.gov/public/",
        questions=questions,
    )
    return Contents("Pat Reporter", "pat@va.example", "Veterans write most about waiting.", surveys=(survey,))


@pytest.fixture
def hisp() -> Hisp:
    made = factories.hisp("va-vha", name="Veterans Health Administration", department="Department of Veterans Affairs")
    made.services.create(name=SERVICE, slug="va-vha-outpatient")
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(made, opened)
    Membership.objects.create(user=people.person(username="reporter"), hisp=made)
    for name, role in [("reviewer", people.reviewer()), ("administrator", people.administrator())]:
        role.username = name
        role.save()
    return made


def with_a_slip(workbook: bytes) -> tuple[bytes, str]:
    """The workbook with words where the customers belong, and the address of that cell."""
    book = load_workbook(BytesIO(workbook))
    cell = next(cell for row in book["Touchpoints"].iter_rows() for cell in row if cell.value == 9_707_552)
    cell.value = "9.7 million"
    out = BytesIO()
    book.save(out)
    return out.getvalue(), f"Touchpoints!{cell.coordinate}"


def download(page: Page) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the workbook").click()
    assert started.value.suggested_filename == "va-vha-2021-q2-cx-workbook.xlsx"
    return started.value.path().read_bytes()


def upload(page: Page, data: bytes) -> None:
    page.get_by_label("Your filled workbook").set_input_files(
        {"name": "vha.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Check this file").click()


def test_a_quarters_figures_go_from_the_template_to_the_public_page(someone, hisp):
    reporter = someone("reporter")
    reporter.get_by_role("link", name="Veterans Health Administration, FY2021 Q2").click()
    template = download(reporter)

    wrong, cell = with_a_slip(fill_from(template, contents()))
    upload(reporter, wrong)
    expect(reporter.get_by_role("heading", name="1 thing to fix in your workbook")).to_be_visible()
    problems = reporter.get_by_role("table", name="Must be fixed")
    expect(problems.get_by_role("row", name=re.compile(re.escape(cell)))).to_contain_text("9.7 million")

    upload(reporter, fill_from(template, contents()))
    expect(reporter.get_by_role("heading", name="Check what you are about to submit")).to_be_visible()
    expect(reporter.locator("main")).to_contain_text("4.70")
    reporter.get_by_role("button", name="Submit to OMB").click()
    expect(reporter.get_by_role("heading", name="OMB has your figures")).to_be_visible()

    reviewer = someone("reviewer")
    open_in_queue(reviewer)
    reviewer.get_by_label("What needs to change?").fill("Please check how many were offered the survey.")
    reviewer.get_by_role("button", name="Return for changes").click()
    expect(reviewer.locator("body")).to_contain_text("Returned for changes by")

    reporter.reload()
    expect(reporter.locator("main")).to_contain_text("Please check how many were offered the survey.")
    reporter.get_by_role("link", name="Upload a changed workbook").click()
    upload(reporter, fill_from(template, contents(offered=1_774_364)))
    reporter.get_by_label("What changed since the last revision?").fill("One more person was offered the survey.")
    reporter.get_by_role("button", name="Submit to OMB").click()
    expect(reporter.get_by_role("heading", name="OMB has your figures")).to_be_visible()

    open_in_queue(reviewer)
    expect(reviewer.locator("body")).to_contain_text("One more person was offered the survey.")
    reviewer.get_by_role("button", name="Approve").click()
    expect(reviewer.locator("body")).to_contain_text("Approved by")

    visitor = someone()
    visitor.goto("/")
    expect(visitor.locator("main")).not_to_contain_text("4.70")

    administrator = someone("administrator")
    open_in_queue(administrator)
    administrator.get_by_role("button", name="Publish").click()
    expect(administrator.locator("body")).to_contain_text("Published by")

    visitor.goto("/hisps/va-vha/2021-q2/")
    expect(visitor.locator("main")).to_contain_text("4.70")
    expect(visitor.locator("main")).to_contain_text("320,979")
    expect(visitor.locator("main")).to_contain_text("1,774,364")
    expect(visitor.locator("main")).to_contain_text("Veterans write most about waiting.")
    visitor.goto("/")
    expect(visitor.locator("main")).to_contain_text("4.70")

    assert [s.state for s in Submission.objects.order_by("revision")] == ["returned", "published"]
    acts = hisp.events.order_by("pk").values_list("transition", "by__username")
    assert list(acts) == [
        ("upload_rejected", "reporter"),
        ("upload", "reporter"),
        ("submit", "reporter"),
        ("return", "reviewer"),
        ("upload", "reporter"),
        ("submit", "reporter"),
        ("approve", "reviewer"),
        ("publish", "administrator"),
    ]


def open_in_queue(page: Page) -> None:
    page.goto("/admin/reporting/submission/")
    page.get_by_role("link", name="Veterans Health Administration").first.click()
