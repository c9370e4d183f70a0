"""Steps for several submissions at once, and what is told of open comments on the way to any."""

import pytest
from django.db import connection
from django.urls import reverse

from reporting import comments, events, review
from reporting.models import Comment
from tests import factories, people
from tests.reporting.admin.desk import QUEUE, page, settle, signed_in, state, take, text

pytestmark = pytest.mark.django_db


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


def test_those_of_the_same_fate_are_told_of_in_one_line_and_the_refused_first(client, submitted):
    reviewer = people.reviewer()
    again = factories.submission(factories.hisp("hud-fha"), state="submitted")
    own = [factories.submission(factories.hisp(slug), state="submitted", uploaded_by=reviewer) for slug in ("a", "b")]
    shown = text(act(signed_in(client, reviewer), "approve_selected", submitted, again, *own))
    lines = shown.partition('<ul class="outcomes">')[2].partition("</ul>")[0].split("<li>")[1:]
    assert [line.count("<a ") for line in lines] == [2, 2]
    assert "another person must decide" in lines[0]
    assert all(f'<a href="{page(each)}">{each}</a>' in lines[0] for each in own)
    assert lines[1].strip().endswith("approved.</li>")


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


def test_bulk_approve_leaves_what_moves_on_while_it_is_looked_at(client, submitted):
    other, moved = people.reviewer(), []

    def meanwhile(execute, sql, *rest):
        answer = execute(sql, *rest)
        if not moved and 'FROM "reporting_event"' in sql and '"id" > ' in sql:
            moved.append(review.begin_review(submitted, by=other))
        return answer

    with connection.execute_wrapper(meanwhile):
        shown = text(act(signed_in(client, people.reviewer()), "approve_selected", submitted))
    assert moved
    assert state(submitted) == "submitted"
    assert "Somebody changed this submission after you opened it" in shown


def test_bulk_publish_is_the_administrators(client, submitted):
    take(signed_in(client, people.reviewer()), submitted, "approve")
    assert act(client, "publish_selected", submitted).status_code == 403
    act(signed_in(client, people.administrator()), "publish_selected", submitted)
    assert state(submitted) == "published"


@pytest.mark.parametrize("action", ["approve_selected", "publish_selected", "delete_selected"])
def test_superuser_takes_no_step_in_bulk(client, submitted, action):
    assert act(signed_in(client, people.superuser()), action, submitted).status_code == 403
    assert state(submitted) == "submitted"
