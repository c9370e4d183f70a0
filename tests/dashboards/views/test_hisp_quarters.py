"""What one HISP reported for one quarter."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reporting.contents import Index, Metric
from reporting.models import SupportingDocument
from tests import factories
from tests.dashboards.views.reading import VHA, text
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


def test_hisp_in_a_quarter_shows_scores_volumes_reasons_and_source(client, vha):
    page = text(client, "/hisps/va-vha/2021-q2/")
    for words in (
        "4.70",
        "Left out: ",
        "Not asked in this survey",
        "Asked, but no answers were reported",
        "95% positive",
        "Veterans want speed.",
        "Revision 1, published",
        "va-vha.xlsx",
        vha.upload.sha256,
    ):
        assert words in page


def test_unknown_volume_is_unknown_with_its_reason(client):
    unknown = survey(offered=None, fields={"volume_notes": {"offered": "Typed as 0."}})
    published_submission(surveys=[unknown])
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "Unknown" in page
    assert "Typed as 0." in page


def test_index_scores_stand_on_their_own_scale_with_threshold_scope_and_footnote(client):
    index = Index(
        "ForeSee index",
        Decimal(85),
        threshold=Decimal(80),
        threshold_label="excellent",
        covers="Average of eight services",
        footnote="Rounded.",
    )
    published_submission("ssa-oo", "2019-q1", indexes=[Index("ForeSee index", Decimal(83))])
    published_submission("ssa-oo", "2019-q2", indexes=[index])
    page = text(client, "/hisps/ssa-oo/2019-q2/")
    for words in ("85", "of 100", "80 or above is “excellent”", "Average of eight services", "Rounded.", "83"):
        assert words in page
    assert "never averaged with scores from 1 to 5" in page


def test_index_of_several_services_is_their_plain_mean(client):
    rows = [Index("ForeSee", Decimal(80), service="iClaim"), Index("ForeSee", Decimal(85), service="iAppeals")]
    published_submission("ssa-oo", indexes=rows)
    page = text(client, "/hisps/ssa-oo/2021-q2/")
    assert "82.5" in page
    assert "Plain mean of 2 services, computed here" in page


def test_operational_metrics_stand_beside_those_of_the_neighboring_quarter(client):
    for quarter, value in (("2019-q1", 48), ("2019-q2", 49)):
        published_submission(
            "ssa-oo", quarter, metrics=[Metric("Transactions", Decimal(value), "million", footnote="Note.")]
        )
    page = text(client, "/hisps/ssa-oo/2019-q1/")
    for words in ("Transactions", "million", ">48<", ">49<", "FY2019 Q2", "Note."):
        assert words in page


def test_supporting_documents_are_links(client, vha):
    SupportingDocument.objects.create(
        hisp=vha.hisp, quarter=vha.quarter, title="Plan", url="https://example.gov/plan.pdf"
    )
    assert 'href="https://example.gov/plan.pdf"' in text(client, "/hisps/va-vha/2021-q2/")


def test_late_submission_is_marked_late(client):
    quarter = factories.quarter()
    published_submission("va-vha", quarter, surveys=[VHA], at=quarter.due_at + timedelta(days=12, hours=1))
    assert "Submitted 13 days after it was due on April 30, 2021" in text(client, "/hisps/va-vha/2021-q2/")


def test_days_late_are_those_of_the_review_desk(client):
    eight_days_of_24_hours_and_one_of_25 = timedelta(days=9, minutes=30)
    quarter = factories.quarter("2021-q4")
    published_submission("va-vha", quarter, surveys=[VHA], at=quarter.due_at + eight_days_of_24_hours_and_one_of_25)
    assert "Submitted 9 days after it was due on October 30, 2021" in text(client, "/hisps/va-vha/2021-q4/")


def test_survey_that_may_not_be_published_says_so_instead_of_a_score(client):
    hidden = survey(
        satisfaction=(0, 0, 0, 0, 7777), fields={"publishable": False, "publishable_reason": "Old clearance."}
    )
    published_submission(surveys=[hidden])
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "does not allow its answers to be published. Old clearance." in page
    assert "7,777" not in page


def test_address_of_a_collection_is_a_link_only_when_it_is_a_web_address(client):
    published_submission(surveys=[survey(fields={"collection_url": "javascript:alert(1)"})])
    assert "javascript:" not in text(client, "/hisps/va-vha/2021-q2/")


def test_each_of_several_addresses_of_a_collection_is_a_link(client):
    both = "https://www.reginfo.gov/a\t\n https://www.reginfo.gov/b"
    published_submission(surveys=[survey(fields={"collection_url": both})])
    page = text(client, "/hisps/va-vha/2021-q2/")
    for address in ("a", "b"):
        assert f'href="https://www.reginfo.gov/{address}"' in page
