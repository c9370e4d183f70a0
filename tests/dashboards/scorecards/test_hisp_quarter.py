from html import unescape

import pytest

from reporting.models import Submission
from tests.factories import hisp, published_submission, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State
SECRET = survey(trust=(0, 0, 0, 7777, 0))
OURS = survey(trust=(1, 2, 3, 4, 5))


def text(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")


def test_corrected_figures_say_what_they_replace_and_why(client):
    submission(state=State.SUPERSEDED, surveys=[SECRET])
    published_submission(surveys=[OURS], revision=2, revision_note="Secret.", public_note="Counted once.")
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "Revision 1, published May 1, 2021, was superseded on May 2, 2021: Counted once." in page
    assert "7,777" not in page
    assert "Secret." not in page


def test_revision_that_was_withdrawn_before_this_one_is_told_with_its_reason(client):
    submission(state=State.WITHDRAWN, surveys=[SECRET], public_note="Counted twice.")
    published_submission(surveys=[OURS], revision=2, revision_note="-")
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "Revision 1, published May 1, 2021, was withdrawn on May 2, 2021: Counted twice." in page


def test_withdrawn_figures_are_a_page_that_says_when_and_why_and_shows_none(client):
    withdrawn = submission(
        surveys=[SECRET],
        state=State.WITHDRAWN,
        public_note="Counted twice.",
        reflection="We learned.",
        revision_note="Secret.",
        comment="Between us.",
        contact_email="ann@example.gov",
    )
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "were withdrawn on May 2, 2021" in page
    assert "public since May 1, 2021" in page
    assert "Counted twice." in page
    for hidden in ("7,777", "4.00", "We learned.", "Secret.", "Between us.", "ann@", withdrawn.upload.sha256):
        assert hidden not in page


def test_withdrawn_figures_lead_to_quarters_that_have_some(client):
    for quarter in ("2021-q1", "2021-q3"):
        published_submission("va-vha", quarter, surveys=[OURS])
    submission(state=State.WITHDRAWN)
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert 'href="/hisps/va-vha/2021-q1/"' in page
    assert 'href="/hisps/va-vha/2021-q3/"' in page


def test_reason_of_a_withdrawal_is_escaped(client):
    submission(state=State.WITHDRAWN, public_note="<script>alert(1)</script>")
    assert b"<script" not in client.get("/hisps/va-vha/2021-q2/").content
    assert b"<script" not in client.get("/quarters/2021-q2/").content
    assert b"<script" not in client.get("/hisps/va-vha/").content


def test_provider_says_which_of_its_quarters_were_withdrawn(client):
    submission(state=State.WITHDRAWN, public_note="Counted twice.")
    page = text(client, "/hisps/va-vha/")
    assert "withdrawn on May 2, 2021: Counted twice." in page
    assert 'href="/hisps/va-vha/2021-q2/"' in page


def test_quarter_without_figures_leads_to_those_of_the_provider_that_have_some(client):
    published_submission("va-vha", "2021-q1", surveys=[OURS])
    published_submission("ssa-oo", "2020-q4", surveys=[OURS])
    page = text(client, "/hisps/va-vha/2021-q2/", status=404)
    assert "No figures of Provider va-vha are published for FY2021 Q2." in page
    assert 'href="/hisps/va-vha/2021-q1/"' in page
    assert "2020-q4" not in page


def test_provider_without_any_figures_is_said_to_have_none(client):
    hisp("va-vha")
    page = text(client, "/hisps/va-vha/2021-q2/", status=404)
    assert "No figures of Provider va-vha are published for FY2021 Q2." in page
    assert 'href="/hisps/va-vha/"' in page
