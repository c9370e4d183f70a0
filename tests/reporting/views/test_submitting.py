"""The preview and its form: explaining, submitting, recalling."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reporting import quarters, review
from reporting.fiscal import FiscalQuarter
from reporting.forms import field_name
from reporting.models import Comment, Quarter
from tests import factories, people
from tests.reporting.views.sending import answers, draft_of, page, send

pytestmark = pytest.mark.django_db


def test_submitting_needs_every_explanation(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    response = client.post(page("submit", draft.pk), {"lock_version": draft.lock_version})
    assert response.status_code == 422
    assert "Please explain this in a sentence." in response.content.decode()
    response = client.post(page("submit", draft.pk), answers(draft), follow=True)
    assert "OMB has your figures" in response.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by) == ("submitted", reporter)


def test_a_double_click_on_submit_submits_once(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    form = answers(draft)
    client.post(page("submit", draft.pk), form)
    response = client.post(page("submit", draft.pk), form, follow=True)
    assert "already submitted. Nothing changed." in response.content.decode()
    assert draft.events.filter(transition="submit").count() == 1


def test_submitting_an_outdated_preview_is_refused(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    form = answers(draft)
    send(client, quarter, workbook(respondents=320_978))
    response = client.post(page("submit", draft.pk), form | answers(draft) | {"lock_version": form["lock_version"]})
    assert response.status_code == 409
    assert "You changed this submission after you opened that page (workbook replaced)" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_submission_can_be_recalled_before_review_begins(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    response = client.post(page("recall", draft.pk), follow=True)
    assert "Recalled." in response.content.decode()


def test_no_button_recalls_what_a_closed_quarter_would_not_take_again(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    assert "Recall it" in client.get(page("submission", draft.pk)).content.decode()
    quarters.close_quarter(Quarter.objects.get(), by=people.administrator())
    shown = client.get(page("submission", draft.pk)).content.decode()
    assert "Recall it" not in shown
    assert "is closed, so you could not submit these figures again. Ask OMB to return them." in shown


def test_what_is_missing_is_said_at_the_top_with_a_link_to_its_field(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    html = client.post(page("submit", draft.pk), {"lock_version": draft.lock_version}).content.decode()
    finding = draft.findings.filter(severity="explain").first()
    assert "<title>Error: " in html
    assert html.index(f'href="#id_{field_name(finding)}"') < html.index("Survey 1")


def test_what_was_explained_is_read_again_after_submitting(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    client.post(page("submit", draft.pk), answers(draft))
    html = client.get(page("submission", draft.pk)).content.decode()
    said = html[html.index("What you explained") :]
    for finding in draft.findings.filter(severity="explain"):
        assert finding.sheet + "!" + finding.cell in said
    assert "It is right." in said
    assert "What you explained" not in client.post(page("recall", draft.pk), follow=True).content.decode()


def test_words_typed_beside_an_older_preview_stay_with_their_findings(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    form = answers(draft) | {"explanation_of_what_is_gone": "The line was down."}
    send(client, quarter, workbook(respondents=300_000, offered=1_774_362))
    response = client.post(page("submit", draft.pk), form)
    assert response.status_code == 409
    finding = draft.findings.filter(severity="explain").first()
    assert response.context["form"][field_name(finding)].value() == "It is right."
    assert "beside findings that are no longer there" in response.content.decode()
    assert "The line was down." in response.content.decode()


def test_what_is_wrong_with_an_explanation_is_told_in_plain_words_with_its_cell(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    finding = draft.findings.filter(severity="explain").first()
    for words, told in [
        ("x" * 2001, "more than 2,000 characters. Shorten it."),
        ("a\0b", "cannot be kept"),
        ("", "in a sentence"),
    ]:
        html = client.post(page("submit", draft.pk), answers(draft) | {field_name(finding): words}).content.decode()
        assert f"{finding.sheet}!{finding.cell}: " in html
        assert told in html
        assert "Ensure this value" not in html


def test_reporter_recalled_it_herself_and_is_told_so(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    form = answers(draft)
    client.post(page("submit", draft.pk), form)
    client.post(page("recall", draft.pk))
    html = client.post(page("submit", draft.pk), form).content.decode()
    assert "You changed this submission after you opened that page (recalled)" in html


def test_preview_tells_how_answers_were_converted(client, quarter, reporter, workbook):
    words = "Stars 1 to 4 were put on five points by the agency."
    draft = draft_of(client, quarter, workbook(scale="ten_point", conversion=words))
    assert words in client.get(page("submission", draft.pk)).content.decode()


def test_hash_of_a_file_is_folded_away_and_not_told_with_what_happened(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    html = client.get(page("submission", draft.pk)).content.decode()
    assert html.count("SHA-256") == 1
    assert draft.upload.sha256 in html[html.index("<summary>Facts about the file</summary>") :]
    assert "SHA-256" not in client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()


def test_a_quarter_that_is_not_over_is_named_before_submitting(client, hisp, reporter):
    running = FiscalQuarter.containing(timezone.localdate())
    opened = factories.quarter(running.slug, opened_at=timezone.now())
    draft = factories.submission(hisp, opened, state="draft")
    assert (
        "Submit once your figures cover the whole quarter."
        in client.get(page("submission", draft.pk)).content.decode()
    )


def test_words_of_the_reporter_are_escaped(client, quarter, reporter):
    submission = factories.submission("va-vha", quarter, state="submitted", reflection="<script>alert(1)</script>")
    html = client.get(page("submission", submission.pk)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_comment_is_kept_with_who_said_it(client, quarter, reporter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    client.post(page("comment", submission.pk), {"text": "The phone line was down in March."})
    client.post(page("comment", submission.pk), {"text": " "})
    assert [(c.by, c.text) for c in Comment.objects.all()] == [(reporter, "The phone line was down in March.")]


def test_people_are_named_on_the_page_of_a_submission(client, quarter, reporter, workbook):
    User.objects.filter(pk=reporter.pk).update(first_name="Rosa", last_name="Reporter")
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    reviewer = people.reviewer()
    User.objects.filter(pk=reviewer.pk).update(first_name="Vera", last_name="Reviewer")
    assert "by Rosa Reporter. File" in client.get(page("submission", draft.pk)).content.decode()
    review.return_for_changes(draft, by=reviewer, reason="Please check the phone survey.")
    assert (
        '<p class="usa-alert__text muted">Vera Reviewer, ' in client.get(page("submission", draft.pk)).content.decode()
    )
