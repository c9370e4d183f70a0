"""The card that other sites frame."""

from html import unescape

import pytest
from django.test import Client

from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
SITE = "https://hisp.example.gov"
CARDS = ("/embed/", "/embed/hisps/va-vha/")


@pytest.fixture(autouse=True)
def vha(settings):
    settings.SITE_URL = SITE
    published_submission("va-vha", "2021-q1", surveys=[survey(trust=(0, 0, 9, 0, 0))])
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 1, 3, 17, 78)), survey("B")])


def text(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")


@pytest.mark.parametrize("address", CARDS)
def test_card_says_the_score_its_margin_its_n_its_method_and_its_quarter(address):
    page = text(address)
    for words in (
        "<strong>4.70</strong> of 5",
        "Margin of error",
        "± 0.1",
        "(95%)",
        "pooled by responses",
        "100 answers",
        "FY2021 Q2",
    ):
        assert words in page


def test_card_leads_to_where_it_comes_from():
    assert f'href="{SITE}/quarters/2021-q2/" target="_top"' in text("/embed/")
    address = "/embed/hisps/va-vha/?method=mean-of-surveys"
    assert f'href="{SITE}/hisps/va-vha/2021-q2/?method=mean-of-surveys"' in text(address)


@pytest.mark.parametrize("address", [*CARDS, "/embed/hisps/nobody/"])
def test_only_cards_may_be_framed_and_they_run_nothing(address):
    for _ in range(2):  # a page that is kept has the same headers
        answer = Client().get(address)
        policy = answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert b"<script" not in answer.content
    page = Client().get("/hisps/va-vha/")
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_few_answers_are_marked():
    assert "few answers" not in text("/embed/hisps/va-vha/")
    published_submission("ssa-oo", "2021-q2", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert "few answers" in text("/embed/hisps/ssa-oo/")


def test_card_without_a_score_says_why():
    published_submission("ssa-oo", "2021-q2", surveys=[survey()])
    assert "FY2021 Q2: no combined score. No question has a score that may be shown." in text("/embed/hisps/ssa-oo/")
    factories.hisp("gsa-pep")
    assert "No figures are published yet." in text("/embed/hisps/gsa-pep/")


def test_missing_hisp_is_said_in_a_card():
    page = text("/embed/hisps/nobody/", status=404)
    assert "There is no HISP “nobody”." in page
    assert "css/embed.css" in page


def test_unknown_method_is_400():
    assert "There is no method “best”." in text("/embed/?method=best", status=400)


def test_data_page_offers_the_card_as_text_to_copy():
    page = Client().get("/data/").content.decode()
    assert f'&lt;iframe src="{SITE}/embed/" title="Customer feedback: Federal services"' in page


def test_page_of_a_hisp_offers_its_card_and_its_files():
    page = Client().get("/hisps/va-vha/").content.decode()
    assert f'&lt;iframe src="{SITE}/embed/hisps/va-vha/" title="Customer feedback: Provider va-vha"' in page
    for name in ("scores", "responses", "collections"):
        assert f'href="/data/{name}.csv?hisp=va-vha"' in page
