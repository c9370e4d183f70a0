"""Nobody decides past a comment that came in after the page was opened, however late it came."""

import pytest

from reporting import comments, events, review, seen, transitions
from reporting.models import Event, Mail, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    submission = factories.submission(state="submitted")
    events.record("submit", submission=submission)
    return submission


def speak(submission):
    comments.say(submission, by=people.reporter(submission.hisp), text="Wait, one figure is wrong.")


def last(submission):
    return submission.events.latest("pk").pk


def test_an_act_past_a_comment_is_undone_with_its_event_and_its_mails(submitted):
    shown = last(submitted)
    speak(submitted)
    before = (Event.objects.count(), Mail.objects.count())
    with pytest.raises(transitions.Refused, match="Somebody commented"), seen.nothing_unheard(submitted, shown):
        review.approve(submitted, by=people.reviewer())
    assert Submission.objects.get().state == "submitted"
    assert (Event.objects.count(), Mail.objects.count()) == before


def test_an_act_after_the_comment_was_seen_stands(submitted):
    speak(submitted)
    with seen.nothing_unheard(submitted, last(submitted)):
        review.approve(submitted, by=people.reviewer())
    assert Submission.objects.get().state == "approved"


def test_a_comment_on_another_submission_stops_nobody(submitted):
    shown = last(submitted)
    speak(factories.submission("ssa-oo", state="submitted"))
    with seen.nothing_unheard(submitted, shown):
        review.approve(submitted, by=people.reviewer())
    assert Submission.objects.get(pk=submitted.pk).state == "approved"


def test_a_comment_on_the_page_of_an_earlier_revision_is_heard_too(submitted):
    review.return_for_changes(submitted, by=people.reviewer(), reason="Look again.")
    newer = {"state": "submitted", "revision": 2, "revision_note": "Once."}
    again = factories.submission(submitted.hisp, submitted.quarter, **newer)
    shown = last(submitted)
    speak(submitted)
    with pytest.raises(transitions.Refused, match="Somebody commented"), seen.nothing_unheard(again, shown):
        review.approve(again, by=people.reviewer())


def test_a_list_that_does_not_say_when_it_was_shown_counts_as_old(submitted):
    other = factories.submission("ssa-oo", state="submitted")
    listed, shown = list(Submission.objects.all()), last(submitted)
    assert seen.changed_since(None, listed) == {submitted.pk, other.pk}
    speak(other)
    assert seen.changed_since(shown, listed) == {other.pk}


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", None), ("²", None), ("last week", None), ("9" * 19, None)]
)
def test_what_is_no_number_of_an_event_is_none(text, number):
    assert seen.read(text) == number
