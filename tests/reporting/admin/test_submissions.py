"""The queue and the review page: what they show, who may take which step there, and that figures cannot be edited."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reporting import comments, events, review
from reporting.models import Comment, Event, Finding, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db

QUEUE = "admin:reporting_submission_changelist"
OUTPATIENT = {"satisfaction": (2302, 3118, 10615, 55358, 249586), "trust": (1, 1, 1, 1, 6)}


@pytest.fixture
def hisp():
    return factories.hisp("va-vha", name="Veterans Health Administration")


@pytest.fixture
def reporter(hisp):
    return people.reporter(hisp)


@pytest.fixture
def submitted(hisp, reporter):
    surveys = [factories.survey("Outpatient care", "Outpatient survey", **OUTPATIENT)]
    fields = {"reflection": "Phones were slow.", "contact_name": "Ann Lee", "submitted_by": reporter}
    return factories.submission(hisp, "2021-q2", state="submitted", surveys=surveys, **fields)


def signed_in(client, user):
    client.force_login(user)
    return client


def page(submission):
    return reverse("admin:reporting_submission_change", args=[submission.pk])


def take(client, submission, step, **fields):
    address = reverse("admin:reporting_submission_step", args=[submission.pk, step])
    return client.post(address, {"lock_version": submission.lock_version, **fields})


def state(submission):
    return Submission.objects.get(pk=submission.pk).state


def text(response):
    return response.content.decode()


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


def settle(client, submission, pk):
    return client.post(reverse("admin:reporting_submission_settle", args=[submission.pk, pk]), follow=True)


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


# Steps for several at once


def act(client, action, *submissions, seen=None):
    """`seen`: what the list's form carried; that of a list opened now unless told."""
    listed = client.get(reverse(QUEUE)).context or {}
    carried = listed["action_form"]["seen"].value() if seen is None and listed.get("action_form") else seen or ""
    chosen = {"action": action, "seen": carried, "_selected_action": [each.pk for each in submissions]}
    return client.post(reverse(QUEUE), chosen, follow=True)


def test_bulk_approve_reports_each_and_skips_own(client, submitted):
    reviewer = people.reviewer()
    own = factories.submission(factories.hisp("ssa-oo"), state="submitted", uploaded_by=reviewer)
    done = factories.published_submission(factories.hisp("sba-fo"))
    answer = act(signed_in(client, reviewer), "approve_selected", submitted, own, done)
    shown = text(answer)
    assert [state(each) for each in (submitted, own, done)] == ["approved", "submitted", "published"]
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert "<p>1 of 3 approved.</p>" in shown
    assert f'<a href="{page(submitted)}">{submitted}</a>: approved.' in shown
    assert "another person must decide" in shown
    assert "This submission is published now" in shown


def talked_about(submission, *cells):
    for cell in cells:
        comments.say(submission, by=people.reporter(submission.hisp), text="One figure is wrong.", cell=cell)
    return submission


def test_who_approves_is_warned_of_open_comments_before_and_after(client, submitted):
    talked_about(submitted, "", "Responses!J5", "Responses!J5")
    warning = '<p class="warned"><a href="#comments">2 comments are still open</a></p>'
    assert warning in text(signed_in(client, people.reviewer()).get(page(submitted)))
    answer = text(client.get(take(client, submitted, "approve").url))
    assert state(submitted) == "approved"
    assert f'FY2021 Q2: 2 comments are still open. <a href="{page(submitted)}#comments">' in answer


def test_nobody_is_warned_of_what_is_settled(client, submitted):
    talked_about(submitted, "")
    signed_in(client, people.reviewer())
    settle(client, submitted, Comment.objects.get().pk)
    assert 'class="warned"' not in text(client.get(page(submitted)))
    assert "still open" not in text(client.get(take(client, submitted, "approve").url))


def test_the_queue_and_bulk_approve_tell_of_open_comments(client, submitted):
    talked_about(submitted, "", "Responses!J5")
    assert "2 open comments" in text(signed_in(client, people.reviewer()).get(reverse(QUEUE)))
    shown = text(act(client, "approve_selected", submitted))
    assert state(submitted) == "approved"
    assert f'approved. <a href="{page(submitted)}#comments">2 comments are still open.</a>' in shown


def test_an_approval_past_a_comment_is_stale(client, submitted):
    seen = events.record("submit", submission=submitted).pk
    comments.say(submitted, by=people.reporter(submitted.hisp), text="Wait, one figure is wrong.")
    answer = take(signed_in(client, people.reviewer()), submitted, "approve", seen=seen)
    assert (answer.status_code, state(submitted)) == (409, "submitted")
    assert "Somebody commented on this submission after you opened it." in text(answer)
    assert take(client, submitted, "approve", seen=submitted.events.latest("pk").pk).status_code == 302


def test_a_comment_on_an_earlier_revision_counts_as_seen_with_the_page_and_is_told_when_it_was_not(client, submitted):
    review.return_for_changes(submitted, by=people.reviewer(), reason="Look again.")
    newer = {"state": "submitted", "revision": 2, "revision_note": "Once."}
    again = factories.submission(submitted.hisp, submitted.quarter, **newer)
    signed_in(client, people.reviewer())
    for words in ("Wait, one figure is wrong.", "And another."):
        shown = client.get(page(again)).context["seen"]
        comments.say(submitted, by=people.reporter(submitted.hisp), text=words)
        answer = take(client, again, "approve", seen=shown)
        assert (answer.status_code, state(again)) == (409, "submitted")
        assert [each.event.note for each in answer.context["since"]] == [words]
    assert take(client, again, "approve", seen=answer.context["seen"]).status_code == 302


@pytest.mark.parametrize("carried", [0, "", "²", "last week"])
def test_bulk_approve_leaves_what_changed_after_the_list_was_opened(client, submitted, carried):
    comments.say(submitted, by=people.reporter(submitted.hisp), text="Wait, one figure is wrong.", cell="")
    shown = text(act(signed_in(client, people.reviewer()), "approve_selected", submitted, seen=carried))
    assert state(submitted) == "submitted"
    assert "changed after you opened the list, so it was not approved." in shown


def test_bulk_publish_is_the_administrators(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "approve")
    assert act(client, "publish_selected", submitted).status_code == 403
    act(signed_in(client, people.administrator()), "publish_selected", submitted)
    assert state(submitted) == "published"


@pytest.mark.parametrize("action", ["approve_selected", "publish_selected", "delete_selected"])
def test_superuser_takes_no_step_in_bulk(client, submitted, action):
    assert act(signed_in(client, people.superuser()), action, submitted).status_code == 403
    assert state(submitted) == "submitted"


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


# Export


def export(client, number):
    return client.post(reverse("admin:reporting_submission_export"), {"format": number, "resource": "0"})


def test_export_has_a_row_per_submission_with_its_scores(client, submitted):
    response = export(signed_in(client, people.reviewer()), "1")
    header, row = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    exported = dict(zip(header, row, strict=True))
    assert exported["hisp"] == "va-vha"
    assert exported["satisfaction_score"] == pytest.approx(4.70)
    assert exported["satisfaction_answers"] == 320979
    assert exported["respondents"] == 1000
    assert exported["ease_score"] is None


def test_formulas_from_reporters_are_text_in_both_formats(client, hisp):
    evil = '=HYPERLINK("http://example.com","x")'
    factories.submission(hisp, state="submitted", reflection=evil, contact_name="@SUM(A1)")
    signed_in(client, people.reviewer())
    assert f",\"'{evil[:10]}" in text(export(client, "0"))
    cells = [c for row in load_workbook(BytesIO(export(client, "1").content)).active.iter_rows() for c in row]
    assert {"'@SUM(A1)", f"'{evil}"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_control_characters_do_not_break_the_export(client, hisp):
    factories.submission(hisp, state="submitted", reflection="one\x0btwo")
    assert export(signed_in(client, people.reviewer()), "1").content.startswith(b"PK")


def test_submissions_are_not_imported():
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse("admin:reporting_submission_import")


def test_reporter_exports_nothing(client, submitted, reporter):
    assert export(signed_in(client, reporter), "0").status_code == 403
