"""Whose turn it is, as each person sees it, and the address where it happens."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import resolve

from hisps.roles import REVIEWER
from reporting.board import asked
from reporting.board.page import board
from tests import factories, people

pytestmark = pytest.mark.django_db
BEFORE_DUE = datetime(2021, 4, 20, 15, tzinfo=UTC)
AFTER_DUE = datetime(2021, 5, 10, 15, tzinfo=UTC)


@pytest.fixture
def quarter():
    return factories.quarter("2021-q2", opened_at=datetime(2021, 4, 1, tzinfo=UTC))


def hisp(quarter, slug, state="", reporter=True, **fields):
    factories.expectation(slug, quarter)
    if reporter:
        people.reporter(factories.hisp(slug))
    return factories.submission(slug, quarter, state=state, **fields) if state else None


def rows(quarter, user, now=AFTER_DUE, **query):
    with time_machine.travel(now):
        return {row.standing.slug: row for row in board(quarter, user, asked.read(query)).rows}


def told(row):
    return row.turn.who, row.turn.words, row.turn.is_yours


@pytest.mark.parametrize(
    ("state", "of_reviewer", "of_administrator"),
    [
        ("submitted", ("You", "Review", True), ("Reviewer", "Look at it", False)),
        ("approved", ("Administrator", "Look at it", False), ("You", "Publish", True)),
        ("returned", ("Reporter", "See what was asked", False), ("You", "Remind", True)),
        ("draft", ("Reporter", "See the draft", False), ("You", "Remind", True)),
        ("", ("Reporter", "", False), ("You", "Remind", True)),
        ("published", ("", "", False), ("", "", False)),
        ("withdrawn", ("", "", False), ("", "", False)),
    ],
)
def test_each_state_is_somebodys_turn_once_it_is_overdue(quarter, state, of_reviewer, of_administrator):
    hisp(quarter, "va-vha", state)
    assert told(rows(quarter, people.reviewer())["va-vha"]) == of_reviewer
    assert told(rows(quarter, people.administrator())["va-vha"]) == of_administrator


def test_before_the_due_day_the_reporter_is_left_in_peace(quarter):
    hisp(quarter, "va-vha")
    assert told(rows(quarter, people.administrator(), BEFORE_DUE)["va-vha"]) == ("Reporter", "", False)


def test_who_sent_the_figures_leaves_them_to_another(quarter):
    reviewer = people.reviewer()
    hisp(quarter, "va-vha", "submitted", uploaded_by=reviewer)
    row = rows(quarter, reviewer)["va-vha"]
    assert told(row) == ("Another reviewer", "Look at it", False)
    assert row.turn.why == "You sent these figures yourself."


def test_one_person_with_both_roles_has_both_turns(quarter):
    both = people.administrator()
    people.reviewer()
    both.groups.add(Group.objects.get(name=REVIEWER))
    hisp(quarter, "va-vha", "submitted")
    hisp(quarter, "ssa-oo", "approved")
    assert {told(row) for row in rows(quarter, both).values()} == {("You", "Review", True), ("You", "Publish", True)}


def test_a_hisp_without_a_reporter_needs_one_first(quarter):
    hisp(quarter, "va-vha", reporter=False)
    row = rows(quarter, people.administrator(), BEFORE_DUE)["va-vha"]
    assert told(row) == ("You", "Invite a reporter", True)
    assert row.turn.url.endswith(f"/reporting/invitation/add/?hisp={factories.hisp('va-vha').pk}")
    assert told(rows(quarter, people.reviewer())["va-vha"]) == ("Administrator", "", False)


def test_of_a_closed_quarter_nothing_more_is_asked(quarter):
    quarter.closed_at = AFTER_DUE
    quarter.save()
    hisp(quarter, "va-vha")
    row = rows(quarter, people.administrator())["va-vha"]
    assert told(row) == ("", "", False)
    assert row.turn.why == "FY2021 Q2 is closed."


@pytest.mark.parametrize(("newer", "words"), [("", "See what was asked"), ("draft", "See the draft")])
def test_what_was_returned_in_a_closed_quarter_is_still_the_reporters(quarter, newer, words):
    quarter.closed_at = AFTER_DUE
    quarter.save()
    hisp(quarter, "va-vha", "returned")
    if newer:
        factories.submission("va-vha", quarter, state=newer, revision=2, file_name="b.xlsx")
    row = rows(quarter, people.administrator())["va-vha"]
    assert told(row) == ("Reporter", words, False)
    assert not row.can_wait


@pytest.mark.parametrize(
    ("state", "offered"),
    [("", True), ("draft", True), ("returned", True), ("submitted", True), ("approved", False), ("published", False)],
)
def test_more_time_is_offered_until_figures_are_decided_on(quarter, state, offered):
    hisp(quarter, "va-vha", state, at=datetime(2021, 5, 5, tzinfo=UTC))
    assert rows(quarter, people.administrator())["va-vha"].can_wait is offered


def test_no_time_is_offered_to_what_came_in_time(quarter):
    hisp(quarter, "va-vha", "submitted", at=BEFORE_DUE)
    assert not rows(quarter, people.administrator())["va-vha"].can_wait


def test_a_correction_in_the_making_is_shown_to_all(quarter):
    hisp(quarter, "va-vha", "published")
    factories.submission("va-vha", quarter, state="draft", revision=2, revision_note="x", file_name="b.xlsx")
    row = rows(quarter, people.administrator())["va-vha"]
    assert told(row) == ("Reporter", "See the draft", False)
    assert (row.state, row.note) == ("Draft", "Revision 2, a correction of what is public")


def test_what_needs_the_viewer_comes_first_and_what_is_done_last(quarter):
    for slug, state in [("a-done", "published"), ("b-late", ""), ("c-sent", "submitted"), ("d-approved", "approved")]:
        hisp(quarter, slug, state)
    factories.expectation("e-none", quarter, not_reporting=True, not_reporting_reason="No survey.")
    assert list(rows(quarter, people.reviewer())) == ["c-sent", "d-approved", "b-late", "a-done", "e-none"]
    assert list(rows(quarter, people.administrator())) == ["d-approved", "b-late", "c-sent", "a-done", "e-none"]


def test_what_waits_longest_at_omb_comes_first(quarter):
    hisp(quarter, "a-new", "submitted", at=datetime(2021, 4, 29, tzinfo=UTC))
    hisp(quarter, "b-old", "submitted", at=datetime(2021, 4, 20, tzinfo=UTC))
    assert list(rows(quarter, people.reviewer())) == ["b-old", "a-new"]


def test_every_link_leads_to_a_page(quarter):
    for slug, state in [("a-late", ""), ("b-sent", "submitted"), ("c-returned", "returned"), ("d-draft", "draft")]:
        hisp(quarter, slug, state)
    hisp(quarter, "e-alone", reporter=False)
    found = {row.turn.url.partition("?")[0] for row in rows(quarter, people.administrator()).values()}
    assert {resolve(url).view_name for url in found} == {
        "admin:reporting_quarter_remind",
        "admin:reporting_submission_change",
        "admin:reporting_invitation_add",
    }
