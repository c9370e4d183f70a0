"""The corrections log."""

from html import unescape

import pytest

from dashboards import paging
from dashboards.scorecards import corrections
from reporting import review
from reporting.models import Submission
from tests import factories, people
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State


def text(client, address: str = "/corrections/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\xa0", " ")


def test_log_without_corrections_says_so(client):
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])
    assert "Nothing that was published has been corrected or withdrawn so far." in text(client)


def test_log_tells_what_was_replaced_with_its_note_links_and_number_of_changes(client):
    submission(state=State.SUPERSEDED, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    corrected = survey(customers=12_345, trust=(1, 2, 3, 4, 50))
    published_submission(surveys=[corrected], revision=2, revision_note="-", public_note="Counted once.")
    page = text(client)
    for words in (
        "1 correction",
        "May 2, 2021 · publication 1",
        "Provider va-vha, FY2021 Q2",
        "2 figures or texts changed.",
        "Counted once.",
        'href="/hisps/va-vha/2021-q2/revisions/1/"',
        'href="/hisps/va-vha/2021-q2/revisions/2/"',
    ):
        assert words in page


def test_log_tells_what_was_withdrawn_without_a_figure(client):
    submission(state=State.WITHDRAWN, surveys=[survey(trust=(0, 0, 0, 7777, 0))], public_note="Counted twice.")
    page = text(client)
    assert "was withdrawn." in page
    assert "Counted twice." in page
    assert "7,777" not in page
    assert "changed." not in page


def test_newest_act_comes_first(client):
    administrator = people.administrator()
    for slug in ("ssa-oo", "va-vha"):
        first = review.publish(submission(slug, state=State.APPROVED), by=administrator)
        review.withdraw(first, by=administrator, reason="Counted twice.")
    rows = corrections.corrections_page("1").rows
    assert [(one.slug, one.number) for one in rows] == [("va-vha", "4"), ("ssa-oo", "2")]


def test_correction_that_was_withdrawn_later_is_listed_without_what_it_changed(client):
    submission(state=State.SUPERSEDED, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    submission(state=State.WITHDRAWN, revision=2, revision_note="Secret.", surveys=[survey(trust=(9, 2, 3, 4, 5))])
    newest, oldest = corrections.corrections_page("1").rows
    assert (newest.revision, newest.withdrawn, newest.changed) == (2, True, "")
    assert (oldest.revision, oldest.next, oldest.changed, oldest.note) == (1, 2, "", "")


def test_unpublished_correction_is_not_listed(client):
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])
    submission(state=State.APPROVED, revision=2, revision_note="CANARY", surveys=[survey(trust=(1, 2, 3, 4, 6))])
    page = text(client)
    assert "CANARY" not in page
    assert "va-vha" not in page


@pytest.fixture
def many():
    quarter = factories.quarter()
    for number in range(paging.ON_A_PAGE + 3):
        submission(f"va-{number:03}", quarter, state=State.WITHDRAWN)


def test_log_has_pages_of_fifty(client, many):
    first = text(client)
    assert "53 corrections, page 1 of 2" in first
    assert first.count("was withdrawn.") == 50
    assert 'href="?page=2"' in first
    assert text(client, "/corrections/?page=2").count("was withdrawn.") == 3


@pytest.mark.parametrize("page", ["0", "-1", "3", "99", "x", "1e3", "9" * 3000, "%00", "%FF"])
def test_page_that_is_none_is_404_and_says_how_many_there_are(client, many, page):
    answer = client.get(f"/corrections/?page={page}")
    assert answer.status_code == 404
    assert "It has 2\N{NO-BREAK SPACE}pages." in answer.content.decode()


def test_page_without_a_number_is_the_first(client, many):
    assert "53 corrections, page 1 of 2" in text(client, "/corrections/?page=")


def test_every_page_leads_to_the_log(client):
    assert 'href="/corrections/"' in text(client, "/methods/")
    assert text(client, "/data/").count('href="/corrections/"') == 2
