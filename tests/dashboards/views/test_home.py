"""The home page, and the page of a quarter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reporting.models import Submission
from tests import factories
from tests.dashboards.views.reading import VHA, text
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db


def test_home_without_figures_says_so(client):
    assert "No quarter is published yet" in text(client, "/")


def test_home_shows_the_latest_published_quarter(client, vha):
    published_submission("va-vha", "2021-q1", surveys=[VHA])
    submission("va-vha", "2021-q3", state=Submission.State.APPROVED, surveys=[VHA])
    page = text(client, "/")
    assert "government-wide, FY2021 Q2" in page
    assert "FY2021 Q3" not in page


def test_home_shows_the_score_its_n_and_its_method(client, vha):
    page = text(client, "/")
    for words in ("4.70", "Pooled by responses", "320,979 answers", "1,774,363", "9,707,552", "18%"):
        assert words in page


def test_method_of_the_address_is_kept_in_links_to_hisps(client, vha):
    page = text(client, "/?method=mean-of-hisps")
    assert "/hisps/va-vha/2021-q2/?method=mean-of-hisps" in page
    assert 'href="?method=mean-of-hisps" aria-current="true"' in page


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Not submitted"),
        ({"not_reporting": True, "not_reporting_reason": "System change."}, "Not reporting: System change."),
        ({"extended_to": timezone.now() + timedelta(days=9), "extension_reason": "A storm."}, "Not due yet"),
    ],
)
def test_hisp_without_figures_is_listed_with_the_reason(client, vha, fields, reason):
    factories.expectation("ssa-oo", "2021-q2", **fields)
    page = text(client, "/quarters/2021-q2/")
    assert reason in page
    assert "of 2 expected" in page


def test_few_answers_are_marked(client):
    published_submission(surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert "few answers" in text(client, "/")
