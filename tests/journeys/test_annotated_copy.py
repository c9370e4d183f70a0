"""A workbook filled in and saved by LibreOffice goes wrong, comes back with its problems marked, and is put right."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from reporting.models import Submission, Upload
from reporting.workbook import spec
from tests.journeys.test_whole_line import contents, download, upload
from tests.journeys.test_whole_line import hisp as hisp
from tests.reporting.workbook.fill import fill_from, filled
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.workbooks import cell_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
CHANNEL = cell_of(spec.TOUCHPOINTS, "channel")
TRUST = [cell_of(spec.RESPONSES, n, 1) for n in spec.COUNTS]


def marked_copy(page: Page) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name="Download your workbook with the problems marked").click()
    assert started.value.suggested_filename == "vha - checked.xlsx"
    return started.value.path().read_bytes()


def cell(book: Any, place: str) -> Any:
    sheet, _, address = place.partition("!")
    return book[sheet][address]


def test_a_workbook_of_libreoffice_is_marked_corrected_and_submitted(someone, hisp) -> None:
    reporter = someone("reporter")
    reporter.get_by_role("link", name="Veterans Health Administration, FY2021 Q2").click()
    right = fill_from(download(reporter), contents())
    slips = {CUSTOMERS: "9.7 million", CHANNEL: "e-mial", **dict.fromkeys(TRUST, "20%")}

    upload(reporter, saved_again(filled(right, slips)))
    expect(reporter.get_by_role("heading", name="3 things to fix in your workbook")).to_be_visible()
    summary = reporter.get_by_role("group", name="Please fix these first")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("5 cells: Responses!F6 to J6")

    summary.get_by_role("link", name=CUSTOMERS).press("Enter")
    in_the_grid = reporter.locator("#touchpoints-f5")
    expect(in_the_grid).to_be_in_viewport()
    expect(in_the_grid).to_contain_text("9.7 million")
    expect(in_the_grid).to_contain_text("Must be fixed:")

    annotated = marked_copy(reporter)
    book = load_workbook(BytesIO(annotated))
    assert book.sheetnames[0] == "Problems"
    assert all(cell(book, place).comment.text.startswith("Must be fixed") for place in (CUSTOMERS, CHANNEL, *TRUST))
    corrections = dict(zip(TRUST, (2302, 3118, 10615, 55358, 249586), strict=True))

    upload(reporter, saved_again(filled(annotated, {CUSTOMERS: 9_707_552, CHANNEL: "Email", **corrections})))
    expect(reporter.get_by_role("heading", name="Check what you are about to submit")).to_be_visible()
    expect(reporter.locator("main")).to_contain_text("9,707,552")
    expect(reporter.locator("main")).to_contain_text("4.70")
    reporter.get_by_role("button", name="Submit to OMB").click()
    expect(reporter.get_by_role("heading", name="OMB has your figures")).to_be_visible()

    assert [each.outcome for each in Upload.objects.order_by("pk")] == ["refused", "accepted"]
    assert [problem for problem in Upload.objects.latest("pk").report if problem["rule"] == "sheet_unknown"] == []
    assert Submission.objects.get().state == "submitted"


def test_the_problems_of_a_workbook_can_be_read_on_a_phone(someone, hisp) -> None:
    reporter = someone("reporter")
    reporter.set_viewport_size({"width": 390, "height": 844})
    reporter.get_by_role("link", name="Veterans Health Administration, FY2021 Q2").click()
    upload(reporter, filled(fill_from(download(reporter), contents()), {CUSTOMERS: "9.7 million"}))

    reporter.get_by_role("group", name="Please fix this first").get_by_role("link", name=CUSTOMERS).click()
    expect(reporter.locator("#touchpoints-f5 .cell__fix")).to_be_in_viewport(ratio=1)
    assert reporter.evaluate("document.documentElement.scrollWidth") == 390
