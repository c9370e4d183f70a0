"""The feed against what RFC 4287 asks of one."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.dashboards.acts import publish, withdraw

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://hisp.example.gov"


@pytest.fixture(autouse=True)
def figures(settings):
    settings.SITE_URL = SITE
    publish("va-vha", "2021-q1")
    withdraw(publish("va-vha", "2021-q2"), "Counted twice\x01 & <once>.")


def feed() -> ElementTree.Element:
    answer = Client().get("/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def text(of: ElementTree.Element, name: str) -> str:
    return of.findtext(f"{ATOM}{name}") or ""


def test_feed_has_what_the_standard_requires():
    root = feed()
    assert root.tag == f"{ATOM}feed"
    assert text(root, "id").startswith(SITE)
    assert text(root, "title")
    assert datetime.fromisoformat(text(root, "updated")).tzinfo
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    [own] = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == f"{SITE}/feed.atom"


def test_every_entry_has_an_id_of_its_own_a_title_a_moment_and_a_page():
    entries = feed().findall(f"{ATOM}entry")
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(entries) == 3
    for entry in entries:
        assert text(entry, "title")
        assert datetime.fromisoformat(text(entry, "updated")).tzinfo
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert Client().get((link.get("href") or "").removeprefix(SITE)).status_code == 200


def test_newest_entry_comes_first_and_tells_what_was_withdrawn_and_why():
    [newest, *_, oldest] = feed().findall(f"{ATOM}entry")
    assert text(newest, "title") == "FY2021 Q2: figures of Provider va-vha withdrawn"
    assert "Counted twice\N{REPLACEMENT CHARACTER} & <once>." in text(newest, "summary")
    assert text(oldest, "title") == "FY2021 Q1: figures of Provider va-vha published"


def test_feed_tells_of_the_newest_publications_only(monkeypatch):
    monkeypatch.setattr("dashboards.exports.feed.ENTRIES", 2)
    assert len(feed().findall(f"{ATOM}entry")) == 2


@pytest.mark.parametrize("address", ["/", "/data/", "/data/v/"])
def test_pages_name_the_feed_in_their_head(address):
    page = Client().get(address).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page.partition("</head>")[0]
