"""Axe looks at one text of each look, and finds every look that is too pale."""

import pytest

from tests.journeys import axe

pytestmark = pytest.mark.browser
PALE = "color: #bbb; background: white"
PAGE = f"""<html lang="en"><title>Texts</title><main><h1>Texts</h1>
<p class="good">Read me.</p> <p class="good">Read me, too.</p> <p class="good" style="{PALE}">Pale by itself.</p>
<div style="background: #555"><p class="good">On a gray ground.</p></div>
<p class="pale" style="{PALE}">Pale.</p> <p class="pale" style="{PALE}">As pale, and alike.</p>
</main></html>"""


def test_of_texts_that_look_alike_one_is_told_and_of_others_each(browser):
    page = browser.new_page()
    page.set_content(PAGE)
    told = axe.found(page, ["color-contrast"])
    assert [each.split(">")[1].split("<")[0] for each in told] == ["Pale by itself.", "On a gray ground.", "Pale."]
    page.close()
