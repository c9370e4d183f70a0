"""A workbook is put right on the page itself: with the keyboard, and without JavaScript."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from reporting.models import Submission, Upload
from reporting.workbook import spec
from tests.journeys import axe
from tests.journeys.test_whole_line import contents, download, upload
from tests.journeys.test_whole_line import hisp as hisp
from tests.reporting.workbook.fill import fill_from, filled
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.workbooks import cell_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
CHANNEL = cell_of(spec.TOUCHPOINTS, "channel")
TRUST = [cell_of(spec.RESPONSES, n, 1) for n in spec.COUNTS]


@pytest.fixture
def page(browser: Browser, live_server, hisp) -> Page:
    """Of the reporter, signed in, without JavaScript."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    opened.goto("/accounts/login/")
    opened.get_by_label("Username").fill("reporter")
    opened.get_by_label("Password").fill("a long passphrase")
    opened.get_by_role("button", name="Sign in").click()
    yield opened
    context.close()


def sent_with_slips(page: Page) -> None:
    page.get_by_role("link", name="Veterans Health Administration, FY2021 Q2").click()
    slips = {CUSTOMERS: "9.7 million", CHANNEL: "e-mial", **dict.fromkeys(TRUST, "20%")}
    upload(page, saved_again(filled(fill_from(download(page), contents()), slips)))
    expect(page.get_by_role("heading", name="3 things to fix in your workbook")).to_be_visible()


def test_values_are_corrected_on_the_page_and_submitted(page) -> None:
    sent_with_slips(page)
    first = Upload.objects.get()

    use = page.get_by_role("button", name="Use 9700000")
    use.focus()
    page.keyboard.press("Enter")
    customers = page.get_by_label("Customers, Touchpoints!F5")
    expect(customers).to_have_value("9700000")
    expect(customers).to_be_focused()
    expect(customers).to_be_in_viewport(ratio=1)
    expect(page.locator("#touchpoints-f5")).to_contain_text("In your file: 9.7 million")
    assert Upload.objects.get() == first

    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("9707552")
    page.get_by_label("Channel, Touchpoints!E5").select_option(label="Email")
    page.keyboard.press("Tab")
    customers.focus()
    page.keyboard.press("Enter")  # presses the first button, “Check again with these corrections”

    expect(page.get_by_role("heading", name="1 thing to fix in your workbook")).to_be_visible()
    expect(page.get_by_role("heading", name="Corrected in the browser by reporter: 2 values")).to_be_visible()
    for place, count in zip(TRUST, (2302, 3118, 10615, 55358, 249586), strict=True):
        page.locator(f"#box-{place.lower().replace('!', '-')}").fill(str(count))
    page.get_by_role("button", name="Check again with these corrections").click()

    expect(page.get_by_role("heading", name="Check what you are about to submit")).to_be_visible()
    expect(page.locator("main")).to_contain_text("9,707,552")
    expect(page.locator("main")).to_contain_text("4.70")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the corrected workbook").click()
    assert started.value.suggested_filename == "vha - corrected.xlsx"
    book = load_workbook(BytesIO(saved_again(started.value.path().read_bytes())), data_only=True)
    assert book["Touchpoints"]["F5"].value == 9_707_552
    assert book["Responses"]["K6"].value == 320_979  # the total, computed again by LibreOffice

    page.get_by_role("button", name="Submit to OMB").click()
    expect(page.get_by_role("heading", name="OMB has your figures")).to_be_visible()
    assert [(each.outcome, len(each.corrections)) for each in Upload.objects.order_by("pk")] == [
        ("refused", 0),
        ("refused", 2),
        ("accepted", 5),
    ]
    assert Submission.objects.get().state == "submitted"


# Both at one moment: the page may still be scrolling.
BESIDE_THE_BAR = """box => [box, document.querySelector(".correct-bar")]
  .map(one => one.getBoundingClientRect().toJSON())"""


def test_boxes_can_be_filled_in_on_a_phone(page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sent_with_slips(page)

    page.get_by_role("group", name="Please fix these first").get_by_role("link", name=CUSTOMERS).click()
    expect(page.get_by_label("Customers, Touchpoints!F5")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Use 9700000").click()
    expect(page.get_by_label("Customers, Touchpoints!F5")).to_have_value("9700000")
    box, bar = page.get_by_label("Customers, Touchpoints!F5").evaluate(BESIDE_THE_BAR)
    assert box["top"] >= bar["bottom"] or box["bottom"] <= bar["top"]
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 390])
def test_no_problem_is_out_of_sight_wherever_in_the_row_it_stands(someone, hisp, width) -> None:
    page = someone("reporter")
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("link", name="Veterans Health Administration, FY2021 Q2").click()
    spread = {
        CHANNEL: "e-mial",
        CUSTOMERS: "9.7 million",
        cell_of(spec.TOUCHPOINTS, "control_number"): "2900-77",
        cell_of(spec.TOUCHPOINTS, "collection_url"): "reginfo.gov",
        cell_of(spec.RESPONSES, "n1"): "20%",
        cell_of(spec.RESPONSES, "n5", 1): "249,58",
        cell_of(spec.RESPONSES, "asked", 2): "Nope",
        cell_of(spec.RESPONSES, "n4", 3): "many",
    }
    upload(page, filled(fill_from(download(page), contents()), spread))
    for place in spread:
        cell = page.locator(f"#{place.lower().replace('!', '-')}")
        sides = cell.evaluate("e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]")
        assert 0 <= sides[0] < sides[1] <= width, place
        heading = cell.locator(".grid__label")
        expect(heading).to_be_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('main *')].every(e => e.scrollWidth <= document.body.clientWidth)"
    )
    assert axe.found(page) == []
