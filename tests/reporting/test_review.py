"""Every state x transition, who may make it, and that a refusal changes nothing."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting import quarters, review, transitions
from reporting.models import Finding, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db

State = Submission.State
LEGAL = {
    ("submit", State.DRAFT): State.SUBMITTED,
    ("recall", State.SUBMITTED): State.DRAFT,
    ("begin_review", State.SUBMITTED): State.SUBMITTED,
    ("approve", State.SUBMITTED): State.APPROVED,
    ("override_indicator", State.SUBMITTED): State.SUBMITTED,
    ("override_indicator", State.APPROVED): State.APPROVED,
    ("return", State.SUBMITTED): State.RETURNED,
    ("return", State.APPROVED): State.RETURNED,
    ("publish", State.APPROVED): State.PUBLISHED,
    ("withdraw", State.PUBLISHED): State.WITHDRAWN,
    ("ask_for_correction", State.PUBLISHED): State.PUBLISHED,
    ("ask_for_correction", State.WITHDRAWN): State.WITHDRAWN,
}
TRANSITIONS = {
    "submit": lambda submission, by: review.submit(submission, by=by),
    "recall": lambda submission, by: review.recall(submission, by=by),
    "begin_review": lambda submission, by: review.begin_review(submission, by=by),
    "approve": lambda submission, by: review.approve(submission, by=by),
    "override_indicator": lambda submission, by: review.override_indicator(
        submission, by=by, indicator="yellow", reason="The volumes came by letter."
    ),
    "return": lambda submission, by: review.return_for_changes(submission, by=by, reason="Check the totals."),
    "publish": lambda submission, by: review.publish(submission, by=by),
    "withdraw": lambda submission, by: review.withdraw(submission, by=by, reason="The figures were wrong."),
    "ask_for_correction": lambda submission, by: review.ask_for_correction(submission, by=by, reason="Count again."),
}


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


@pytest.fixture
def quarter(hisp):
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


@pytest.fixture
def actors(hisp):
    made = {"reporter": people.reporter(hisp), "reviewer": people.reviewer(), "administrator": people.administrator()}
    made["superuser"] = people.superuser()
    made["other reporter"] = people.reporter(factories.hisp("ssa-oo"))
    return made


MAKERS = {
    "submit": {"reporter"},
    "recall": {"reporter"},
    "begin_review": {"reviewer"},
    "approve": {"reviewer"},
    "override_indicator": {"reviewer"},
    "return": {"reviewer", "administrator", "superuser"},
    "publish": {"administrator"},
    "withdraw": {"administrator"},
    "ask_for_correction": {"administrator"},
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_each_cell_of_the_table_moves_with_one_event_or_changes_nothing(name, state, hisp, quarter, actors):
    submission = factories.submission(hisp, quarter, state=state)
    for role, by in actors.items():
        if role in MAKERS[name] and (name, state) in LEGAL:
            with undone():
                TRANSITIONS[name](submission, by)
                assert told(submission) == (LEGAL[name, state], [(name, state, LEGAL[name, state], by.pk)])
        else:
            before = facts(submission)
            with pytest.raises(transitions.Refused, match=r"^(This submission is .* cannot be|Your role does not)"):
                TRANSITIONS[name](submission, by)
            assert (facts(submission), told(submission)) == (before, (state, []))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def facts(submission):
    return Submission.objects.filter(pk=submission.pk).values().get()


def told(submission):
    events = submission.events.values_list("transition", "from_state", "to_state", "by")
    return Submission.objects.get(pk=submission.pk).state, list(events)


@pytest.mark.parametrize("stamp", ["uploaded_by", "submitted_by"])
@pytest.mark.parametrize("name", ["approve", "return", "begin_review"])
def test_nobody_reviews_what_they_uploaded_or_submitted(name, stamp, hisp, quarter):
    reviewer = people.reviewer()
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED, **{stamp: reviewer})
    with pytest.raises(transitions.NotAllowed, match="another person"):
        TRANSITIONS[name](submission, reviewer)


def test_the_database_refuses_a_reviewer_who_submitted(hisp, quarter):
    reviewer = people.reviewer()
    submission = factories.submission(hisp, quarter, state=State.APPROVED, submitted_by=reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(reviewed_by=reviewer)


def test_a_stale_version_is_refused(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED)
    review.begin_review(submission, by=people.reviewer(), lock_version=0)
    with pytest.raises(transitions.Refused, match="Somebody changed this submission"):
        review.approve(submission, by=people.reviewer(), lock_version=0)


def test_a_return_needs_a_reason(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED)
    with pytest.raises(transitions.Refused, match="say what needs to change"):
        review.return_for_changes(submission, by=people.reviewer(), reason="  ")


def test_recall_is_refused_once_review_has_begun(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED)
    review.begin_review(submission, by=people.reviewer())
    with pytest.raises(transitions.Refused, match="begun to review"):
        review.recall(submission, by=people.reporter(hisp))


def sent_and_closed(hisp, quarter, before=""):
    """Submitted after a revision of that state, if any, in a quarter that was closed since."""
    if before:
        factories.submission(hisp, quarter, state=before)
    revision = {"revision": 2, "revision_note": "Counted again."} if before else {}
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED, **revision)
    quarters.close_quarter(quarter, by=people.administrator())
    return submission


@pytest.mark.parametrize("before", ["", *Submission.FROZEN_STATES])
def test_recall_is_refused_when_a_closed_quarter_would_not_take_the_figures_again(before, hisp, quarter):
    submission = sent_and_closed(hisp, quarter, before)
    reporter, was = people.reporter(hisp), facts(submission)
    with pytest.raises(transitions.Refused, match="is closed, so you could not submit these figures again"):
        review.recall(submission, by=reporter)
    assert (facts(submission), told(submission)) == (was, (State.SUBMITTED, []))


def test_an_answer_to_a_return_can_be_recalled_and_sent_again_in_a_closed_quarter(hisp, quarter):
    submission, reporter = sent_and_closed(hisp, quarter, State.RETURNED), people.reporter(hisp)
    recalled = review.recall(submission, by=reporter)
    assert review.submit(recalled, by=reporter).state == State.SUBMITTED


def test_a_correction_that_was_asked_for_can_be_recalled_and_sent_again_in_a_closed_quarter(hisp, quarter):
    public, administrator = factories.published_submission(hisp, quarter), people.administrator()
    review.ask_for_correction(public, by=administrator, reason="Count again.")
    second = {"revision": 2, "revision_note": "Counted again."}
    submission, reporter = factories.submission(hisp, quarter, state=State.SUBMITTED, **second), people.reporter(hisp)
    quarters.close_quarter(quarter, by=administrator)
    assert review.submit(review.recall(submission, by=reporter), by=reporter).state == State.SUBMITTED


def test_submitting_needs_a_sentence_for_every_finding_to_explain(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.DRAFT)
    finding = Finding.objects.create(submission=submission, rule="r", severity="explain", found="Large.")
    reporter = people.reporter(hisp)
    with pytest.raises(transitions.Refused, match="One finding still needs"):
        review.submit(submission, by=reporter)
    review.submit(submission, by=reporter, explanations={finding.pk: "A campaign doubled our traffic."})
    finding.refresh_from_db()
    assert finding.explanation == "A campaign doubled our traffic."


def test_a_draft_of_a_hisp_that_will_not_report_cannot_be_submitted(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.DRAFT)
    quarter.expectations.update(not_reporting=True, not_reporting_reason="No survey.")
    with pytest.raises(transitions.Refused, match="Ask OMB to expect your figures"):
        review.submit(submission, by=people.reporter(hisp))


def test_a_later_revision_needs_a_note(hisp, quarter):
    factories.submission(hisp, quarter, state=State.RETURNED)
    second = factories.submission(hisp, quarter, state=State.DRAFT, revision=2)
    reporter = people.reporter(hisp)
    with pytest.raises(transitions.Refused, match="what changed"):
        review.submit(second, by=reporter)
    assert review.submit(second, by=reporter, revision_note="Corrected the phone survey.").state == State.SUBMITTED


def test_publishing_a_correction_supersedes_what_was_public(hisp, quarter):
    first = factories.published_submission(hisp, quarter)
    second = factories.submission(hisp, quarter, state=State.APPROVED, revision=2, revision_note="Corrected.")
    review.publish(second, by=people.administrator())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.PUBLISHED)
    assert second.public_note == "Corrected."
    assert [first.events.get().transition, second.events.get().transition] == ["supersede", "publish"]


def test_what_a_reporter_told_the_reviewer_stays_private_when_nothing_was_public(hisp, quarter):
    factories.submission(hisp, quarter, state=State.RETURNED)
    second = factories.submission(
        hisp, quarter, state=State.APPROVED, revision=2, revision_note="We mixed up two lines."
    )
    assert review.publish(second, by=people.administrator()).public_note == ""


def test_publishing_a_quarter_tells_the_outcome_of_each(quarter):
    administrator = people.administrator()
    factories.submission("va-vha", quarter, state=State.APPROVED)
    factories.submission("ssa-oo", quarter, state=State.APPROVED, submitted_by=administrator)
    factories.submission("treas-irs", quarter, state=State.SUBMITTED)
    results = {s.hisp.slug: sentence for s, sentence in review.publish_quarter(quarter, by=administrator)}
    assert results["va-vha"] == ""
    assert "another person" in results["ssa-oo"]
    assert "treas-irs" not in results


def test_a_deactivated_reviewer_may_do_nothing(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED)
    reviewer = people.reviewer()
    reviewer.is_active = False
    reviewer.save()
    with pytest.raises(transitions.NotAllowed):
        review.approve(submission, by=reviewer)


# The indicator


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_a_reviewer_sets_the_indicator_with_a_reason_and_the_state_stays(state):
    submission, reviewer = factories.submission(state=state), people.reviewer()
    review.override_indicator(submission, by=reviewer, indicator="green", reason=" Counted by hand. ", lock_version=0)
    submission.refresh_from_db()
    assert (submission.state, submission.lock_version) == (state, 1)
    assert (submission.indicator_override, submission.indicator_reason) == ("green", "Counted by hand.")
    event = submission.events.get()
    assert (event.transition, event.from_state, event.to_state) == ("override_indicator", state, state)
    assert (event.by, event.note) == (reviewer, "Complete. Counted by hand.")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": " "}, "Please say why"),
        ({"indicator": "purple"}, "Please choose an indicator"),
        ({"indicator": "grey"}, "Please choose an indicator"),
        ({"lock_version": 7}, "Somebody changed this submission"),
    ],
)
def test_an_indicator_that_cannot_be_set_is_refused(given, sentence):
    submission = factories.submission(state=State.SUBMITTED)
    asked = {"by": people.reviewer(), "indicator": "red", "reason": "Nothing usable.", **given}
    with pytest.raises(transitions.Refused, match=sentence):
        review.override_indicator(submission, **asked)
    submission.refresh_from_db()
    assert (submission.indicator_override, submission.events.count()) == ("", 0)


def test_nobody_sets_the_indicator_of_her_own_figures():
    reviewer = people.reviewer()
    submission = factories.submission(state=State.SUBMITTED, uploaded_by=reviewer)
    with pytest.raises(transitions.NotAllowed, match="another person"):
        review.override_indicator(submission, by=reviewer, indicator="green", reason="Fine.")


def test_who_reports_for_the_hisp_decides_nothing_for_omb_whatever_permissions_she_has(hisp, quarter):
    submission = factories.submission(hisp, quarter, state=State.SUBMITTED)
    rosa = people.reporter(hisp)
    rosa.user_permissions.add(Permission.objects.get(codename="review_submission"))
    with pytest.raises(transitions.NotAllowed):
        review.approve(submission, by=rosa)
    rosa.memberships.update(last_day=timezone.localdate() - timedelta(days=2))
    assert review.approve(submission, by=rosa).state == State.APPROVED
