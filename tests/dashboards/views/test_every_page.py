"""What holds on every public page: its head, its links, and no word that becomes markup."""

import re
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from reporting.contents import Index, Metric
from tests import factories
from tests.dashboards.views.reading import SCRIPT, VHA, text
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


def test_texts_of_reporters_are_escaped_everywhere(client):
    hostile = survey(
        SCRIPT, SCRIPT, trust=(1, 1, 1, 1, 1), wordings={"trust": SCRIPT}, fields={"metrics_text": SCRIPT}
    )
    published_submission(
        factories.hisp(name=SCRIPT),
        surveys=[hostile],
        reflection=SCRIPT,
        metrics=[Metric(SCRIPT, Decimal(1), SCRIPT, footnote=SCRIPT)],
        indexes=[Index(SCRIPT, Decimal(1), covers=SCRIPT, footnote=SCRIPT)],
    )
    for address in ("/", "/hisps/", "/hisps/va-vha/", "/hisps/va-vha/2021-q2/", "/domains/trust/", "/data/"):
        assert SCRIPT not in client.get(address).content.decode()


def test_header_leads_everybody_to_their_work(client):
    assert "Sign in" in text(client, "/methods/")
    client.force_login(get_user_model().objects.create_user("ann"))
    assert "My reporting" in text(client, "/methods/")
    client.force_login(get_user_model().objects.create_user("omb", is_staff=True))
    assert "Review desk" in text(client, "/methods/")


def test_sign_in_page_says_when_the_password_is_wrong(client):
    answer = client.post(reverse("login"), {"username": "ann", "password": "wrong"})
    assert "do not match an account" in answer.content.decode()


def test_pages_carry_no_inline_script_or_style(client, vha):
    for address in (
        "/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/domains/trust/",
        "/methods/",
        "/data/",
    ):
        page = client.get(address).content.decode()
        assert "<script" not in page
        assert "style=" not in page
        assert "<style" not in page


@pytest.mark.parametrize(
    "address",
    [
        "about",
        "accessibility",
        "compare",
        "corrections",
        "data",
        "departments",
        "hisps",
        "methods",
        "quarters",
        "search",
    ],
)
def test_header_or_footer_leads_to_every_room(client, address):
    assert f'href="/{address}/"' in text(client, "/methods/")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/about/",
        "/accessibility/",
        "/compare/?of=va-vha",
        "/departments/",
        "/departments/va/",
        "/domains/trust/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/methods/",
        "/quarters/",
        "/quarters/2021-q2/",
        "/search/",
        "/services/va-vha-outpatient-care/",
    ],
)
def test_page_has_one_heading_a_title_of_its_own_crumbs_and_a_canonical_address(client, settings, vha, address):
    settings.SITE_URL = "https://hisp.example.gov"
    page = text(client, address)
    assert page.count("<h1") == 1
    assert "<title>Customer feedback on Federal services |" not in page
    assert ('aria-label="Breadcrumbs"' in page) is (address != "/")
    assert f'<link rel="canonical" href="https://hisp.example.gov{address}">' in page


def test_all_ways_to_combine_have_one_canonical_address(client, vha):
    assert '/hisps/va-vha/">' in text(client, "/hisps/va-vha/?method=mean-of-hisps")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/departments/",
        "/departments/va/",
        "/domains/satisfaction/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/quarters/",
        "/quarters/2021-q2/",
        "/services/va-vha-outpatient-care/",
    ],
)
def test_links_from_page_to_page_keep_the_method(client, address):
    """All links to pages with a combined score; header, footer and files of the data go their own way."""
    published_submission("va-vha", "2021-q1", surveys=[VHA, survey(provided="Phone", satisfaction=(1, 1, 1, 1, 1))])
    published_submission("va-vha", "2021-q2", surveys=[VHA, survey(provided="Phone", satisfaction=(1, 1, 1, 1, 1))])
    page = text(client, f"{address}?method=mean-of-surveys")
    body = page[page.index('class="page"') : page.index("<footer")]
    rooms = r'href="(/|/(?:departments|domains|hisps|quarters|services)/[^"]*)"'
    pages = [found for found in re.findall(rooms, body) if "/charts/" not in found]
    assert pages
    assert [found for found in pages if not found.partition("#")[0].endswith("?method=mean-of-surveys")] == []
