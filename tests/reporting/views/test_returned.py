"""Figures that are with OMB, and those that came back."""

import pytest

from reporting import review
from tests import people
from tests.reporting.views.sending import answers, draft_of, page, send

pytestmark = pytest.mark.django_db


def test_an_upload_while_omb_has_the_figures_is_refused_with_the_way_out(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    response = send(client, quarter, workbook(respondents=320_978))
    assert response.status_code == 409
    assert "recall the submission first" in response.content.decode()


def test_the_reason_of_a_return_is_shown_and_the_next_upload_is_revision_2(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    review.return_for_changes(draft, by=people.reviewer(), reason="Please check the phone survey.")
    assert "Please check the phone survey." in client.get(page("submission", draft.pk)).content.decode()
    second = draft_of(client, quarter, workbook(respondents=320_978))
    assert second.revision == 2
    assert "What changed since the last revision?" in client.get(page("submission", second.pk)).content.decode()


def test_a_returned_quarter_opens_with_the_reason_and_leads_to_what_was_sent(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    review.return_for_changes(draft, by=people.reviewer(), reason="Please check the phone survey.")
    html = client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()
    assert html.index("Please check the phone survey.") < html.index("Download your workbook")
    assert page("submission", draft.pk) in html


def test_the_very_file_that_was_returned_is_taken_with_a_question(client, quarter, reporter, workbook):
    data = workbook()
    draft = draft_of(client, quarter, data)
    client.post(page("submit", draft.pk), answers(draft))
    review.return_for_changes(draft, by=people.reviewer(), reason="Please check the phone survey.")
    response = client.get(send(client, quarter, data).url)
    assert "the very file that OMB returned" in response.content.decode()
