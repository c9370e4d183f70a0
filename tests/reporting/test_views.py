"""The reporter's pages: what she sees, and what others do not."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reporting import quarters, review
from reporting.contents import Contents, Question, Survey
from reporting.fiscal import FiscalQuarter
from reporting.forms import field_name
from reporting.models import Comment, Quarter, Submission, Upload
from reporting.scoring import Tally
from reporting.workbook import reader
from tests import factories, people
from tests.reporting.conftest import SERVICE
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def workbook(hisp, quarter):
    def make(respondents=320_979, offered=1_774_363, **more):
        counts = Tally(2302, 3118, 10615, 55358, 249586)
        questions = (Question("satisfaction", "I am satisfied.", counts), Question("trust", "I trust VA.", counts))
        survey = Survey(
            SERVICE,
            "Outpatient care",
            "After a visit",
            "email",
            9_707_552,
            offered,
            respondents,
            "2900-0770",
            "2900-0770",
            questions=questions,
            **more,
        )
        contents = Contents("Pat", "pat@va.example", "We learned much.", surveys=(survey,))
        return fill_from(issued(hisp, quarter), contents)

    return make


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


def send(client, quarter, data, name="vha.xlsx", **extra):
    address = page("upload", "va-vha", quarter.fiscal)
    return client.post(address, {"workbook": SimpleUploadedFile(name, data), **extra})


def draft_of(client, quarter, data):
    send(client, quarter, data)
    return Submission.objects.latest("pk")


def answers(submission):
    findings = submission.findings.filter(severity="explain")
    return {field_name(finding): "It is right." for finding in findings} | {"lock_version": submission.lock_version}


def test_a_reporter_sees_what_is_expected_and_by_when(client, quarter, reporter):
    html = client.get(page("home")).content.decode()
    assert "Veterans Health Administration, FY2021 Q2" in html
    assert "April 30, 2021, 11:59 PM Eastern" in html
    assert "Download the prefilled workbook" in html


def test_the_template_downloads_under_a_name_that_says_what_it_is(client, quarter, reporter):
    response = client.get(page("template", "va-vha", quarter.fiscal))
    assert response["Content-Disposition"] == 'attachment; filename="va-vha-2021-q2-cx-workbook.xlsx"'
    assert response.content.startswith(b"PK")


def test_a_good_workbook_leads_to_its_preview_with_scores(client, quarter, reporter, workbook):
    response = send(client, quarter, workbook())
    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert "Check what you are about to submit" in html
    assert "4.70" in html
    assert "320,979" in html


def test_a_refused_file_gets_its_problems_on_one_page_and_a_way_to_try_again(client, quarter, reporter):
    response = send(client, quarter, b"<html>", "notes.xlsx")
    html = response.content.decode()
    assert response.status_code == 422
    assert "How to fix it" in html
    assert 'type="file"' in html
    assert client.get(page("upload_page", Upload.objects.get().pk)).status_code == 200


def test_a_workbook_that_nothing_can_read_now_is_sent_again_later(client, quarter, reporter, workbook, monkeypatch):
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    response = send(client, quarter, workbook())
    assert response.status_code == 503
    assert "Workbooks cannot be checked right now. Nothing was saved" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [({}, "Choose the workbook"), ({"workbook": ["a", "b"]}, "one file only")],
)
def test_anything_but_one_file_is_answered_with_a_sentence(client, quarter, reporter, files, sentence):
    data = {name: [SimpleUploadedFile(n, b"x") for n in names] for name, names in files.items()}
    response = client.post(page("upload", "va-vha", quarter.fiscal), data)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_an_empty_file_is_named_as_such(client, quarter, reporter):
    response = send(client, quarter, b"")
    assert response.status_code == 422
    assert "empty" in response.content.decode()


def test_a_file_that_is_too_large_is_never_kept(client, quarter, reporter):
    response = send(client, quarter, b"x" * (5 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert "larger than 5 MB" in response.content.decode()
    assert not Upload.objects.exists()


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


def test_days_are_counted_only_as_long_as_figures_are_to_come(client, quarter, reporter, workbook):
    places = (page("home"), page("quarter", "va-vha", quarter.fiscal))

    def counted():
        pages = [client.get(each).content.decode() for each in places]
        return [bool(re.search(r"\((in \d+ day|today|\d+ days? ago)", shown)) for shown in pages]

    draft = draft_of(client, quarter, workbook())
    assert counted() == [True, True]
    client.post(page("submit", draft.pk), answers(draft))
    assert counted() == [False, False]
    review.return_for_changes(draft, by=people.reviewer(), reason="Please check the phone survey.")
    assert counted() == [True, True]


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


def test_no_button_recalls_what_a_closed_quarter_would_not_take_again(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook())
    client.post(page("submit", draft.pk), answers(draft))
    assert "Recall it" in client.get(page("submission", draft.pk)).content.decode()
    quarters.close_quarter(Quarter.objects.get(), by=people.administrator())
    shown = client.get(page("submission", draft.pk)).content.decode()
    assert "Recall it" not in shown
    assert "is closed, so you could not submit these figures again. Ask OMB to return them." in shown


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


def test_an_older_file_after_a_newer_one_is_taken_and_said_to_be_older(client, quarter, reporter, workbook):
    older = workbook()
    for data in (older, workbook(respondents=320_978)):
        send(client, quarter, data)
    html = client.get(send(client, quarter, older).url).content.decode()
    assert "You sent this very file before, on " in html
    assert "and others since. It now stands again, in their place." in html


def test_what_is_missing_is_said_at_the_top_with_a_link_to_its_field(client, quarter, reporter, workbook):
    draft = draft_of(client, quarter, workbook(respondents=300_000))
    html = client.post(page("submit", draft.pk), {"lock_version": draft.lock_version}).content.decode()
    finding = draft.findings.filter(severity="explain").first()
    assert "<title>Error: " in html
    assert html.index(f'href="#id_{field_name(finding)}"') < html.index("Survey 1")


def test_a_refused_newer_file_is_told_before_older_figures_are_submitted(client, quarter, reporter, workbook):
    send(client, quarter, workbook(), "good.xlsx")
    send(client, quarter, b"%PDF-1.7", "newer.xlsx")
    html = client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()
    assert "Your newer file was refused" in html
    assert "“newer.xlsx” cannot be taken as it is" in html
    assert "still has the figures of “good.xlsx”" in html
    assert "Your workbook was read. Check the preview" not in html
    send(client, quarter, workbook(respondents=320_978), "best.xlsx")
    html = client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()
    assert "Your newer file was refused" not in html


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


def test_pages_lead_to_the_checks_and_the_dictionary(client, quarter, reporter, workbook):
    refused = send(client, quarter, b"%PDF-1.7").content.decode()
    for html in (refused, client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()):
        assert f'href="{reverse("dashboards:checks")}"' in html
        assert f'href="{reverse("dashboards:dictionary")}"' in html


def test_a_quarter_that_is_not_over_is_named_before_submitting(client, hisp, reporter):
    running = FiscalQuarter.containing(timezone.localdate())
    opened = factories.quarter(running.slug, opened_at=timezone.now())
    draft = factories.submission(hisp, opened, state="draft")
    assert (
        "Submit once your figures cover the whole quarter."
        in client.get(page("submission", draft.pk)).content.decode()
    )


def test_an_overdue_quarter_is_called_so(client, quarter, reporter):
    assert "Overdue" in client.get(page("home")).content.decode()


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


def test_a_file_that_left_the_storage_is_a_404_and_not_a_crash(client, quarter, reporter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    assert client.get(page("original", submission.upload_id)).status_code == 404


def _addresses(quarter, submission):
    return [
        ("get", page("quarter", "va-vha", quarter.fiscal)),
        ("get", page("template", "va-vha", quarter.fiscal)),
        ("post", page("upload", "va-vha", quarter.fiscal)),
        ("get", page("upload_page", submission.upload_id)),
        ("get", page("original", submission.upload_id)),
        ("get", page("submission", submission.pk)),
        ("post", page("submit", submission.pk)),
        ("post", page("recall", submission.pk)),
        ("post", page("comment", submission.pk)),
    ]


def test_another_hisps_reporter_finds_nothing_here(client, quarter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    client.force_login(people.reporter(factories.hisp("ssa-oo")))
    statuses = {getattr(client, method)(url).status_code for method, url in _addresses(quarter, submission)}
    assert statuses == {404}


def test_a_stranger_is_sent_to_sign_in(client, quarter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    for method, url in [("get", page("home")), *_addresses(quarter, submission)]:
        response = getattr(client, method)(url)
        assert response.status_code == 302
        assert response.url.startswith(reverse("login"))


@pytest.mark.parametrize("role", [people.reviewer, people.administrator, people.superuser])
def test_omb_staff_get_files_but_not_the_reporters_steps(client, quarter, role, settings):
    submission = factories.submission("va-vha", quarter, state="submitted")
    client.force_login(role())
    for method, url in _addresses(quarter, submission):
        allowed = url.endswith(("workbook.xlsx", "original"))
        missing = url.endswith("original")  # allowed, but the factory keeps no file
        assert getattr(client, method)(url).status_code == (404 if missing else 200 if allowed else 403), url
    assert client.get(page("home")).status_code == 403


def test_the_original_comes_back_byte_for_byte_as_an_attachment(client, quarter, reporter, workbook):
    data = workbook()
    send(client, quarter, data)
    response = client.get(page("original", Upload.objects.get().pk))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["a" * 300 + ".xlsx", "../../etc/passwd.xlsx", "a\r\nSet-Cookie: x.xlsx", "‮xslx.exe"])
def test_strange_file_names_do_no_harm(client, quarter, reporter, name):
    assert send(client, quarter, b"x", name).status_code == 422
    assert client.get(page("original", Upload.objects.get().pk)).status_code == 200


def test_crafted_fields_in_a_post_are_ignored(client, quarter, reporter, workbook):
    send(client, quarter, workbook(), state="published", hisp="ssa-oo", submitted_by="1", revision="7")
    draft = Submission.objects.get()
    assert (draft.state, draft.hisp.slug, draft.revision, draft.submitted_by) == ("draft", "va-vha", 1, None)


def test_an_open_quarter_of_nobody_is_an_empty_state(client):
    client.force_login(people.person())
    assert "You do not report for" in client.get(page("home")).content.decode()


@pytest.mark.parametrize(("role", "target"), [(people.person, "/"), (people.reviewer, "/admin/")])
def test_after_signing_in_everybody_lands_where_their_work_is(client, role, target):
    client.force_login(role())
    assert client.get(reverse("after_login")).url == target
