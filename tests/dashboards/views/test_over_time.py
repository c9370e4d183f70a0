"""HISPs, services and domains over the quarters."""

from decimal import Decimal

import pytest
from django.utils import timezone

from reporting.contents import Index
from tests import factories
from tests.dashboards.views.reading import VHA, text
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


def test_hisp_over_time_keeps_the_missing_quarter_as_a_gap(client, vha):
    published_submission("va-vha", "2020-q4", surveys=[VHA])
    page = text(client, "/hisps/va-vha/")
    assert "Nothing is published for this quarter" in page
    assert "FY21 Q1: no score" in page


def test_hisp_without_figures_has_a_page(client):
    factories.hisp("ssa-oo")
    assert "Nothing is published for this provider yet" in text(client, "/hisps/ssa-oo/")


def test_hisp_page_tells_change_volumes_concentration_scale_and_leads_to_a_comparison(client):
    published_submission("va-vha", "2021-q1", surveys=[VHA])
    ten = survey("Phone", trust=(0, 0, 0, 0, 9), fields={"scale": "ten_point", "conversion": "Halved."})
    published_submission("va-vha", "2021-q2", surveys=[VHA, ten, survey("Web", satisfaction=(0, 0, 0, 0, 9))])
    page = text(client, "/hisps/va-vha/")
    for words in (
        "since FY2021 Q1",
        "over 1 survey present in both",
        "9,727,552",
        "1 of 2 surveys holds 100% of the answers on satisfaction",
        "Answered on: five-point and ten-point",
        "“Halved.”",
        'href="/compare/?of=va-vha"',
    ):
        assert words in page


def test_hisp_page_has_the_newest_index_with_its_threshold_over_time(client):
    index = Index("ForeSee index", Decimal(85), threshold=Decimal(80), threshold_label="excellent")
    published_submission("ssa-oo", "2019-q1", indexes=[Index("ForeSee index", Decimal(83))])
    published_submission("ssa-oo", "2019-q2", indexes=[index])
    published_submission("ssa-oo", "2019-q3", surveys=[VHA])
    page = text(client, "/hisps/ssa-oo/")
    for words in ("From <a", "FY2019 Q2", "80 or above is “excellent”", "FY2019 Q1", "83"):
        assert words in page


def test_service_page_shows_its_surveys(client, vha):
    assert "Outpatient survey" in text(client, "/services/va-vha-outpatient-care/")


def test_domain_page_shows_every_hisp(client, vha):
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    page = text(client, "/domains/satisfaction/")
    assert "Provider va-vha" in page
    assert "Provider ssa-oo" in page


def test_domain_page_says_when_its_quarter_is_not_complete(client):
    published_submission("ssa-oo", "2021-q1", surveys=[VHA])
    published_submission(when=factories.quarter("2021-q2", opened_at=timezone.now()), surveys=[VHA])
    factories.expectation("ssa-oo", "2021-q2")
    page = text(client, "/domains/trust/")
    assert 'FY2021 Q2 is not complete yet; <a href="/quarters/2021-q1/">FY2021 Q1</a> is the last complete' in page
