"""What search engines are told."""

import pytest
from django.conf import settings
from django.test import Client

from reporting.models import Submission
from tests.dashboards.downloads import body
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db


def test_sitemap_names_every_kind_of_page_by_its_lasting_address(client: Client) -> None:
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    told = client.get("/sitemap.xml")
    assert told["Content-Type"] == "application/xml; charset=utf-8"
    for path in ("/", "/hisps/va-vha/", "/hisps/va-vha/2021-q2/", "/quarters/2021-q2/", "/domains/trust/"):
        assert f"<loc>{settings.SITE_URL}{path}</loc>" in told.content.decode()


def test_every_page_of_the_sitemap_is_there(client: Client) -> None:
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    found = body("/sitemap.xml").decode().split("<loc>")[1:]
    paths = [one.partition("</loc>")[0].removeprefix(settings.SITE_URL) for one in found]
    assert len(paths) > 20
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_sitemap_leaves_out_files_cards_revisions_and_what_is_not_published(client: Client) -> None:
    submission("ssa-oo", "2021-q3", state=Submission.State.SUBMITTED)
    told = body("/sitemap.xml").decode()
    for part in (".csv", "/embed/", "/revisions/", "/search/", "2021-q3"):
        assert part not in told


def test_robots_are_led_to_the_sitemap_and_away_from_what_asks_for_a_sign_in(client: Client) -> None:
    told = client.get("/robots.txt").content.decode()
    assert told.splitlines()[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert told.endswith(f"\nSitemap: {settings.SITE_URL}/sitemap.xml\n")
