"""Threads: what belongs together, what stays open, and what goes along with a return."""

import pytest

from reporting import comments, review
from reporting.models import Comment, Event
from reporting.workbook.cells import Cell
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return factories.submission("va-vha", state="returned")


@pytest.fixture
def omb():
    return people.reviewer()


@pytest.fixture
def reporter(submission):
    return people.reporter(submission.hisp)


def test_answer_is_a_comment_on_the_same_cell(submission, omb, reporter):
    comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.say(submission, by=reporter, text="Yes.", cell="Responses!F5")
    comments.say(submission, by=omb, text="Thank you.")
    assert [(t.cell, [c.text for c in t.comments]) for t in comments.of(submission)] == [
        ("", ["Thank you."]),
        ("Responses!F5", ["Right?", "Yes."]),
    ]


def test_threads_run_as_the_workbook_does(submission, omb):
    for cell in ("Responses!F10", "Responses!F9", "Cover!B2"):
        comments.say(submission, by=omb, text="?", cell=cell)
    assert [thread.cell for thread in comments.of(submission)] == ["Cover!B2", "Responses!F9", "Responses!F10"]


def test_open_thread_goes_on_in_the_next_revision(submission, omb, reporter):
    comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    again = factories.submission("va-vha", state="submitted", revision=2, revision_note="Corrected.")
    comments.say(again, by=reporter, text="Now it is.", cell="Responses!F5")
    (thread,) = comments.of(again).open
    assert [comment.submission.revision for comment in thread.comments] == [1, 2]


def test_nobody_elses_quarter_is_heard(submission, omb):
    comments.say(factories.submission("ssa-oo", state="submitted"), by=omb, text="Right?")
    comments.say(factories.submission("va-vha", "2021-q3", state="submitted"), by=omb, text="Right?")
    assert comments.of(submission) == ()


def test_settling_leaves_open_what_was_said_meanwhile(submission, omb, reporter):
    seen = comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.say(submission, by=reporter, text="No!", cell="Responses!F5")
    assert comments.settle(seen, by=omb) == 1
    assert comments.settle(seen, by=omb) == 0
    found = comments.of(submission)
    assert [thread.last.text for thread in found.open] == ["No!"]
    assert [thread.last.text for thread in found.settled] == ["Right?"]


def test_each_act_is_one_event(submission, omb):
    said = comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.settle(said, by=omb)
    comments.settle(said, by=omb)
    events = Event.objects.filter(submission=submission).values_list("transition", "by", "note")
    assert list(events) == [("comment", omb.pk, "Responses!F5: Right?"), ("settle", omb.pk, "Responses!F5")]


def test_only_ombs_open_remarks_go_along_with_a_return(submission, omb, reporter):
    comments.say(submission, by=reporter, text="We were closed in May.")
    comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.settle(comments.say(submission, by=omb, text="Old.", cell="Responses!F6"), by=omb)
    note = comments.with_remarks("Please look again.", comments.of(submission).to_return)
    assert note == "Please look again.\n\nOpen comments:\nResponses!F5: Right?"
    assert comments.with_remarks("Please look again.", []) == "Please look again."


def test_remarks_become_problems_of_a_marked_copy(submission, omb, reporter):
    comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.say(submission, by=reporter, text="Yes.", cell="Responses!F5")
    comments.say(submission, by=omb, text="Who writes these?")
    whole, cell = comments.problems(submission.upload)
    assert (cell.cell, cell.rule, cell.found) == (Cell("Responses", 5, "F"), "reviewer", "OMB’s reviewer says: Right?")
    assert whole.cell is None
    Comment.objects.update(settled_at=submission.submitted_at)
    assert comments.problems(submission.upload) == []


def test_what_reporters_said_last_waits_for_an_answer(submission, omb, reporter):
    comments.say(submission, by=omb, text="Right?", cell="Responses!F5")
    comments.say(submission, by=reporter, text="Yes.", cell="Responses!F5")
    comments.say(submission, by=reporter, text="And these?", cell="Responses!F6")
    comments.say(submission, by=omb, text="Fine.", cell="Responses!F6")
    comments.settle(comments.say(submission, by=reporter, text="Old.", cell="Responses!F7"), by=omb)
    assert [said.text for said in comments.unanswered()] == ["Yes."]


def test_nothing_waits_for_an_answer_once_the_figures_are_public(submission, reporter):
    comments.say(submission, by=reporter, text="Yes.", cell="Responses!F5")
    approved = factories.submission("va-vha", state="approved", revision=2, revision_note="Corrected.")
    review.publish(approved, by=people.administrator())
    assert comments.unanswered() == []


def test_what_is_said_about_public_figures_waits_for_an_answer(reporter, submission):
    public = factories.submission("va-vha", state="published", revision=2, revision_note="Corrected.")
    comments.say(public, by=reporter, text="We counted Row 7 twice.", cell="Responses!F7")
    assert [said.text for said in comments.unanswered()] == ["We counted Row 7 twice."]


def test_place_on_the_page_is_of_the_sheet_and_the_cell():
    cells = ("Responses!F5", "Touchpoints!F5", "line 12", "")
    places = ["at-responses-f5", "at-touchpoints-f5", "at-line-12", "at-whole"]
    assert [comments.anchor(cell) for cell in cells] == places
