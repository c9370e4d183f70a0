"""The queue and the review page: what they show, who may take which step there, and that figures cannot be edited."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import Comment, Event, Finding, Submission
from tests import factories, people
from tests.reporting.admin.conftest import OUTPATIENT
from tests.reporting.admin.desk import QUEUE, page, settle, signed_in, state, take, text

pytestmark = pytest.mark.django_db


# What is shown


def test_page_shows_what_is_needed_to_decide(client, submitted):
    Finding.objects.create(
        submission=submitted,
        rule="r",
        severity="explain",
        sheet="Responses",
        cell="F7",
        found="Answers exceed respondents.",
        explanation="Two people answered twice.",
    )
    shown = text(signed_in(client, people.reviewer()).get(page(submitted)))
    for words in (
        "Veterans Health Administration, FY2021 Q2",
        "4.70",
        "249,586",
        "About satisfaction",
        "Phones were slow.",
        "Ann Lee",
        "Responses!F7",
        "Two people answered twice.",
        submitted.upload.sha256,
        reverse("reporting:original", args=[submitted.upload.pk]),
        "Response rate",
    ):
        assert words in shown


def test_page_says_why_a_submission_is_only_partly_complete(client, hisp):
    surveys = [factories.survey(satisfaction=(1, 1, 1, 1, 1), offered=None, respondents=None)]
    submission = factories.submission(hisp, state="submitted", surveys=surveys)
    shown = text(signed_in(client, people.reviewer()).get(page(submission)))
    assert "Partly complete" in shown
    assert "Number offered the survey is missing for Outpatient survey." in shown


def test_page_names_lateness_and_forgives_it_with_an_extension(client, hisp):
    quarter = factories.quarter("2021-q2")
    submission = factories.submission(hisp, quarter, state="submitted", at=quarter.due_at + timedelta(days=3))
    signed_in(client, people.reviewer())
    assert "3 days late" in text(client.get(page(submission)))
    factories.expectation(hisp, quarter, extended_to=quarter.due_at + timedelta(days=10), extension_reason="Storm.")
    assert "days late" not in text(client.get(page(submission)))


def test_what_comes_back_is_as_late_as_it_first_came(client, hisp):
    quarter = factories.quarter("2021-q2")
    factories.submission(hisp, quarter, state="returned", at=quarter.due_at - timedelta(days=1))
    later = {"at": quarter.due_at + timedelta(days=6), "revision": 2, "revision_note": "As asked."}
    again = factories.submission(hisp, quarter, state="submitted", **later)
    signed_in(client, people.reviewer())
    assert "days late" not in text(client.get(page(again)))
    queue = client.get("/admin/reporting/submission/?state__exact=submitted")
    assert "6 days" not in text(queue)


def test_text_from_reporters_is_escaped(client, hisp):
    submission = factories.submission(hisp, state="submitted", reflection="<script>alert(1)</script>")
    assert "<script>alert" not in text(signed_in(client, people.reviewer()).get(page(submission)))


def test_an_unknown_submission_is_not_found(client):
    signed_in(client, people.reviewer())
    assert client.get(reverse("admin:reporting_submission_change", args=[999])).status_code == 404
    assert client.get("/admin/reporting/submission/nonsense/change/").status_code == 404


def test_queue_begins_with_what_has_waited_longest(client, hisp):
    quarters = [factories.quarter(f"2021-q{n}") for n in (1, 2, 3)]
    factories.published_submission(hisp, quarters[0])
    factories.submission(hisp, quarters[2], state="submitted", at=quarters[2].due_at)
    factories.submission(factories.hisp("ssa-oo"), quarters[1], state="submitted", at=quarters[1].due_at)
    listed = signed_in(client, people.reviewer()).get(reverse(QUEUE)).context["cl"].result_list
    assert [str(each.quarter) for each in listed] == ["FY2021 Q2", "FY2021 Q3", "FY2021 Q1"]


def test_queue_filters_by_state_and_quarter_and_searches(client, submitted):
    factories.published_submission(factories.hisp("ssa-oo"), "2021-q3")
    signed_in(client, people.reviewer())
    for query in ("state__exact=submitted", f"quarter__id__exact={submitted.quarter_id}", "q=va-vha", "q=lee"):
        assert list(client.get(f"{reverse(QUEUE)}?{query}").context["cl"].result_list) == [submitted]


def test_queue_takes_as_many_queries_for_fifty_submissions_as_for_five(client, django_assert_num_queries):
    signed_in(client, people.reviewer())
    client.get(reverse(QUEUE))
    _several(range(5))
    with _counted() as five:
        client.get(reverse(QUEUE))
    _several(range(5, 50))
    with _counted() as fifty:
        client.get(reverse(QUEUE))
    assert len(fifty) == len(five) <= 20


def _several(numbers):
    for number in numbers:
        hisp = factories.hisp(f"va-h{number}")
        factories.submission(hisp, state="submitted", surveys=[factories.survey(**OUTPATIENT)])


def _counted():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


# Steps


def test_reviewer_approves_and_is_offered_the_next_one(client, submitted):
    following = factories.submission(factories.hisp("ssa-oo"), "2021-q2", state="submitted")
    reviewer = people.reviewer()
    response = take(signed_in(client, reviewer), submitted, "approve")
    assert state(submitted) == "approved"
    assert Event.objects.get(submission=submitted).by == reviewer
    assert page(following) in text(client.get(response.url))


def test_review_begins_and_is_not_offered_again(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "begin")
    assert Submission.objects.get(pk=submitted.pk).review_begun_at
    assert "steps/begin/" not in text(client.get(page(submitted)))


def test_return_without_a_reason_is_refused_in_place(client, submitted):
    response = take(signed_in(client, people.reviewer()), submitted, "return", reason="  ")
    assert response.status_code == 422
    assert "Please say what needs to change" in text(response)
    assert state(submitted) == "submitted"


def test_return_keeps_the_reason(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "return", reason="Row 7 adds up to 99.")
    assert state(submitted) == "returned"
    assert Event.objects.get(submission=submitted).note == "Row 7 adds up to 99."


def test_administrator_publishes_then_withdraws_with_a_public_reason(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "approve")
    submitted.refresh_from_db()
    take(signed_in(client, people.administrator()), submitted, "publish")
    submitted.refresh_from_db()
    assert submitted.state == "published"
    assert take(client, submitted, "withdraw").status_code == 422
    take(client, submitted, "withdraw", reason="Counted twice.")
    submitted.refresh_from_db()
    assert (submitted.state, submitted.public_note) == ("withdrawn", "Counted twice.")


def test_second_reviewer_is_told_what_happened(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "begin")
    response = take(signed_in(client, people.reviewer()), submitted, "approve")
    assert response.status_code == 409
    assert "Somebody changed this submission after you opened it" in text(response)
    assert "<strong>Review begun</strong> by" in text(response)
    assert state(submitted) == "submitted"


def test_a_double_click_changes_nothing_more(client, submitted):
    signed_in(client, people.reviewer())
    take(client, submitted, "approve")
    response = take(client, submitted, "approve")
    assert response.status_code == 409
    assert "This submission is approved now" in text(response)
    assert Event.objects.filter(submission=submitted).count() == 1


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (people.administrator, "approve"),
        (people.administrator, "begin"),
        (people.superuser, "approve"),
        (people.superuser, "publish"),
        (people.superuser, "withdraw"),
        (people.reviewer, "publish"),
        (people.reviewer, "withdraw"),
        (people.reviewer, "nonsense"),
    ],
)
def test_a_step_outside_the_role_is_forbidden(client, submitted, make, step):
    assert take(signed_in(client, make()), submitted, step, reason="x").status_code == 403
    assert state(submitted) == "submitted"


@pytest.mark.parametrize("step", ["approve", "publish", "withdraw", "return", "begin"])
def test_reporter_and_stranger_take_no_step(client, submitted, reporter, step):
    assert take(client, submitted, step, reason="x").status_code == 302
    assert take(signed_in(client, reporter), submitted, step, reason="x").status_code == 403
    assert state(submitted) == "submitted"


def test_who_uploaded_does_not_decide_and_reads_why(client, hisp):
    reviewer = people.reviewer()
    submission = factories.submission(hisp, state="submitted", uploaded_by=reviewer)
    shown = text(signed_in(client, reviewer).get(page(submission)))
    assert "another person must decide" in shown
    assert "steps/approve/" not in shown
    assert take(client, submission, "approve").status_code == 403
    assert take(client, submission, "return", reason="x").status_code == 403


def test_steps_are_posts(client, submitted):
    address = reverse("admin:reporting_submission_step", args=[submitted.pk, "approve"])
    assert signed_in(client, people.reviewer()).get(address).status_code == 405
    assert state(submitted) == "submitted"


def test_a_forged_form_is_refused(submitted):
    client = signed_in(Client(enforce_csrf_checks=True), people.reviewer())
    assert take(client, submitted, "approve").status_code == 403
    assert state(submitted) == "submitted"


def test_comment_is_kept_and_seen(client, submitted):
    address = reverse("admin:reporting_submission_comment", args=[submitted.pk])
    signed_in(client, people.reviewer()).post(address, {"text": "Is row 7 right?"})
    assert "Is row 7 right?" in text(client.get(page(submitted)))
    assert "Write a comment first." in text(client.post(address, {"text": " "}, follow=True))
    assert Comment.objects.count() == 1


def test_every_form_of_the_page_is_taken_from_a_browser(hisp, submitted, reporter):
    Comment.objects.create(submission=submitted, text="We corrected it.", by=reporter)
    client = signed_in(Client(enforce_csrf_checks=True), people.reviewer())
    shown = text(client.get(page(submitted)))
    forms = [form.partition("</form>")[0] for form in shown.split("<form ")[1:] if 'method="post"' in form]
    assert len(forms) == 8  # approve, begin, return, indicator, settle, answer, comment, log out
    assert [form for form in forms if 'name="csrfmiddlewaretoken" value="' not in form] == []


def test_comment_about_a_cell_names_it(client, submitted):
    address = reverse("admin:reporting_submission_comment", args=[submitted.pk])
    signed_in(client, people.reviewer()).post(address, {"text": "Is this right?", "cell": " Responses!H14 "})
    assert Comment.objects.get().cell == "Responses!H14"
    assert "about <code>Responses!H14</code>" in text(client.get(page(submitted)))
    client.post(address, {"text": "Too long.", "cell": "H" * 61})
    assert Comment.objects.count() == 1


def test_reviewer_settles_a_comment_once(client, submitted, reporter):
    comment = Comment.objects.create(submission=submitted, text="We corrected it.", by=reporter)
    signed_in(client, people.reviewer())
    assert ">Settle<" in text(client.get(page(submitted)))
    shown = text(settle(client, submitted, comment.pk))
    assert "Settled" in shown
    assert ">Settle<" not in shown
    settled_at = Comment.objects.get().settled_at
    assert "was settled already" in text(settle(client, submitted, comment.pk))
    assert Comment.objects.get().settled_at == settled_at


def test_a_comment_is_settled_on_its_own_submission_at_the_desk(client, submitted, reporter):
    other = factories.submission("ssa-oo", state="submitted")
    comment = Comment.objects.create(submission=submitted, text="We corrected it.", by=reporter)
    assert settle(signed_in(client, people.reviewer()), other, comment.pk).status_code == 404
    assert client.get(reverse("admin:reporting_submission_settle", args=[submitted.pk, comment.pk])).status_code == 405
    assert settle(signed_in(client, reporter), submitted, comment.pk).status_code == 403
    assert Comment.objects.get().settled_at is None


# The indicator


def test_reviewer_sets_the_indicator_and_the_page_says_why(client, submitted):
    signed_in(client, people.reviewer())
    assert "Set the indicator" in text(client.get(page(submitted)))
    take(client, submitted, "indicator", indicator="yellow", reason="The volumes came by letter.")
    shown = text(client.get(page(submitted)))
    for words in (
        "Partly complete",
        "The volumes came by letter.",
        "Set in review. Computed: complete.",
        "Indicator set",
    ):
        assert words in shown


@pytest.mark.parametrize("fields", [{"indicator": "green", "reason": " "}, {"reason": "So."}, {"indicator": "x"}])
def test_an_indicator_without_color_or_reason_is_asked_for_again(client, submitted, fields):
    response = take(signed_in(client, people.reviewer()), submitted, "indicator", **fields)
    assert response.status_code == 422
    assert '<details class="step" open>' in text(response)
    assert Submission.objects.get().indicator_override == ""


def test_the_indicator_is_the_reviewers(client, submitted):
    client = signed_in(client, people.administrator())
    assert "Set the indicator" not in text(client.get(page(submitted)))
    assert take(client, submitted, "indicator", indicator="green", reason="So.").status_code == 403


# Figures are read-only


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
def test_no_crafted_request_edits_a_figure(client, submitted, make):
    crafted = {
        "state": "published",
        "hisp": factories.hisp("ssa-oo").pk,
        "reflection": "Changed",
        "reports-0-customers": "1",
        "form-0-state": "published",
        "_save": "Save",
    }
    before = Submission.objects.values().get(pk=submitted.pk)
    signed_in(client, make())
    assert client.post(page(submitted), crafted).status_code == 403
    client.post(reverse(QUEUE), {**crafted, "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1})
    assert client.get(reverse("admin:reporting_submission_add")).status_code == 403
    assert client.post(reverse("admin:reporting_submission_add"), crafted).status_code == 403
    assert Submission.objects.values().get(pk=submitted.pk) == before


def test_a_step_takes_nothing_but_its_own_fields(client, submitted, hisp):
    other = factories.hisp("ssa-oo")
    take(signed_in(client, people.reviewer()), submitted, "approve", state="published", hisp=other.pk, submitted_by=1)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.hisp) == ("approved", hisp)
