"""A quarter's page lists every HISP that owes figures or withdrew them, each with the kind of reason."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from hisps.models import Department, Designation
from reporting.models import Submission
from tests import factories
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State
SECRET = survey(trust=(0, 0, 0, 7777, 0))


@pytest.fixture(autouse=True)
def vha():
    return published_submission("va-vha", surveys=[survey(trust=(1, 2, 3, 4, 5))])


def row(client, name: str = "Provider ssa-oo") -> str:
    """What the table says of a provider, tags and all; empty when it is not listed."""
    page = unescape(client.get("/quarters/2021-q2/").content.decode()).replace("\xa0", " ")
    assert "7,777" not in page
    return next((line for line in page.split("<tr>") if name in line), "")


def test_withdrawn_provider_without_an_expectation_is_listed_with_the_public_reason(client):
    submission("ssa-oo", state=State.WITHDRAWN, surveys=[SECRET], public_note="Counted twice.")
    assert "Withdrawn on May 2, 2021: Counted twice." in row(client)
    assert "/hisps/ssa-oo/2021-q2/" in row(client)


def test_withdrawn_provider_with_an_expectation_is_not_called_missing(client):
    factories.expectation("ssa-oo", "2021-q2")
    submission("ssa-oo", state=State.WITHDRAWN, surveys=[SECRET])
    assert "Withdrawn on" in row(client)
    assert "indicator--red" not in row(client)
    assert "Not submitted" not in row(client)


def test_withdrawn_provider_that_published_again_is_listed_once_with_its_figures(client):
    submission("ssa-oo", state=State.WITHDRAWN, surveys=[SECRET])
    published_submission("ssa-oo", revision=2, revision_note="-", surveys=[survey(trust=(0, 0, 0, 0, 40))])
    assert "5.00" in row(client)
    assert "Withdrawn" not in row(client)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.RETURNED])
def test_what_is_with_omb_or_was_returned_is_under_review_and_nothing_more(client, state):
    factories.expectation("ssa-oo", "2021-q2")
    submission("ssa-oo", state=state, surveys=[SECRET])
    assert "Under review" in row(client)
    assert "indicator" not in row(client)
    assert "eturned" not in row(client)


def test_returned_revision_with_a_new_draft_is_still_under_review(client):
    factories.expectation("ssa-oo", "2021-q2")
    submission("ssa-oo", state=State.RETURNED, surveys=[SECRET])
    submission("ssa-oo", state=State.DRAFT, revision=2, surveys=[SECRET])
    assert "Under review" in row(client)


def test_draft_is_not_submitted(client):
    factories.expectation("ssa-oo", "2021-q2")
    submission("ssa-oo", state=State.DRAFT, surveys=[SECRET])
    assert "Not submitted" in row(client)
    assert "indicator--red" in row(client)


def test_department_of_a_missing_provider_is_the_one_of_that_time(client):
    then = Department.objects.create(name="Then", abbreviation="T", slug="then")
    expected = factories.expectation("ssa-oo", "2021-q2")
    Designation.objects.create(hisp=expected.hisp, department=then, first_day=date(2018, 10, 1))
    factories.designation("ssa-oo", expected.quarter.fiscal.last_day + timedelta(days=1))
    assert "Then" in row(client)


def test_provider_that_is_not_due_yet_is_not_called_late(client):
    later = timezone.now() + timedelta(days=9)
    factories.expectation("ssa-oo", "2021-q2", extended_to=later, extension_reason="A storm.")
    assert "Not due yet" in row(client)


def test_quarter_of_which_everything_was_withdrawn_has_a_page_that_says_so(client):
    submission("ssa-oo", "2021-q3", state=State.WITHDRAWN, surveys=[SECRET], public_note="Counted twice.")
    answer = client.get("/quarters/2021-q3/")
    page = unescape(answer.content.decode()).replace("\xa0", " ")
    assert answer.status_code == 200
    assert "All figures of this quarter were withdrawn" in page
    assert "Withdrawn on August 1, 2021: Counted twice." in page
    assert "7,777" not in page
    assert "/quarters/2021-q2/" in page


def test_quarter_of_which_everything_was_withdrawn_is_not_the_latest(client):
    submission("ssa-oo", "2021-q3", state=State.WITHDRAWN, surveys=[SECRET])
    assert "FY2021 Q3" not in client.get("/").content.decode()


def test_quarter_without_figures_leads_to_those_that_have_some(client):
    published_submission("va-vha", "2020-q4", surveys=[survey()])
    answer = client.get("/quarters/2021-q1/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "No figures are published for FY2021 Q1." in page
    assert 'href="/quarters/2020-q4/"' in page
    assert 'href="/quarters/2021-q2/"' in page
