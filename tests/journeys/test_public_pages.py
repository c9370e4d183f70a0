"""Every public page in a browser, on a full and on an empty site: axe, 320 px, dark and forced colors, the keyboard,
print, and nothing from elsewhere. One page of each template, found by walking; and the ways of a visitor without a
script."""

from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page

from tests.journeys import axe
from tests.public import private
from tests.public.walk import everything, one_of_each, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Of what axe looks for, only these can differ between widths, and between colors.
BY_WIDTH = ["target-size", "color-contrast", "scrollable-region-focusable", "link-name"]
BY_COLOR = ["color-contrast"]
WIDER = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
# What can be used can be reached, and is seen to be; what scrolls can be scrolled without a mouse.
KEYBOARD = """() => {
  const faults = [], shown = each => each.checkVisibility({visibilityProperty: true});
  const used = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  for (const each of used.filter(shown).filter(each => each.type !== "hidden" && !each.disabled)) {
    each.focus();
    const style = getComputedStyle(each), seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    if (document.activeElement !== each) faults.push(`cannot be reached: ${each.outerHTML.slice(0, 120)}`);
    else if (!seen && style.boxShadow === "none") faults.push(`no focus to be seen: ${each.outerHTML.slice(0, 120)}`);
  }
  for (const each of document.querySelectorAll("main *")) {
    const across = getComputedStyle(each).overflowX;
    if (["auto", "scroll"].includes(across) && each.scrollWidth > each.clientWidth + 1 && each.tabIndex < 0)
      faults.push(`scrolls for a mouse only: ${each.outerHTML.slice(0, 120)}`);
  }
  return faults;
}"""
# On paper: no navigation, nothing cut off, and no region that would have to be scrolled.
PRINTED = """() => [
  ...[...document.querySelectorAll(".site-nav, .pager, form, .usa-skipnav")]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && each.getBoundingClientRect().height > 1)
    .map(each => `printed: ${each.outerHTML.slice(0, 100)}`),
  ...[...document.querySelectorAll("main *")]
    .filter(each => ["auto", "scroll", "hidden"].includes(getComputedStyle(each).overflowX))
    .filter(each => each.scrollWidth > each.clientWidth + 1 && !each.closest("svg, .visually-hidden"))
    .map(each => `cut off on paper: ${each.outerHTML.slice(0, 100)}`),
]"""


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with one page, in every way in which it is looked at."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    found = [f"1280: {each}" for each in axe.found(page)]
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    if page.locator("nav").count() and first != "#main-content":  # a card for other sites has nothing to skip
        found.append("Tab does not lead to the link over the navigation first")
    found += page.evaluate(KEYBOARD)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in axe.found(page, BY_COLOR)]
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += [f"forced colors: {each}" for each in axe.found(page, BY_COLOR)]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 800})
    found += [f"320: {each}" for each in axe.found(page, BY_WIDTH)]
    found += [f"320: wider by {wider}" for wider in [page.evaluate(WIDER)] if wider > 0]
    page.set_viewport_size({"width": 720, "height": 1000})  # about a sheet of paper
    page.emulate_media(media="print")
    found += page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    return [f"{address} {each}" for each in found]


@pytest.fixture
def visitor(someone: Any) -> tuple[Page, list[str]]:
    """A page, and the addresses of everything that it asked for."""
    page = someone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def looked_at(visitor: tuple[Page, list[str]], addresses: list[str], site: str) -> list[str]:
    page, asked = visitor
    found = [fault for address in addresses for fault in faults(page, address)]
    return found + [f"from elsewhere: {url}" for url in asked if not url.startswith((site, "data:"))]


def test_every_public_page_of_a_full_site(visitor, live_server, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        private.made(3)
    shown = [each for each in one_of_each(everything(Client(raise_request_exception=False))) if each.status == 200]
    of_template = {each.template: each.address for each in sorted(shown, key=lambda each: len(each.body))}
    addresses = [address for template, address in of_template.items() if template.startswith("dashboards/")]
    assert len(addresses) > 20
    found = looked_at(visitor, addresses, live_server.url)
    assert not found, "\n".join(found)


def test_every_public_page_of_an_empty_site_and_pages_of_errors(visitor, live_server):
    answers = one_of_each(walk(Client(raise_request_exception=False)))
    addresses = [each.address for each in answers if each.template.startswith("dashboards/")]
    assert len(addresses) > 8
    found = looked_at(visitor, [*addresses, "/?method=none", "/hisps/nobody/"], live_server.url)
    assert not found, "\n".join(found)


def test_visitor_without_a_script_switches_compares_searches_and_downloads(browser: Browser, live_server, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        private.made(4)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto("/")
    page.locator("nav.methods").get_by_role("link", name="Mean of surveys").click()
    assert page.url.endswith("?method=mean-of-surveys")
    page.goto("/search/")
    page.get_by_role("main").get_by_role("searchbox").fill("dos-ca")
    page.get_by_role("main").locator("form button").first.click()
    assert page.locator("main a[href*='/hisps/dos-ca/']").count()
    page.goto("/compare/?of=dos-ca&of=sba-fo")
    assert page.get_by_role("heading", level=1).inner_text() == "Provider dos-ca and Provider sba-fo"
    page.goto("/data/")
    with page.expect_download() as download:
        page.locator("main a[href$='.csv']").first.click()
    assert download.value.path().stat().st_size > 0
    assert page.pdf()[:5] == b"%PDF-"
    context.close()
