"""Where a submission stands in the queue, and which one comes next."""

from datetime import timedelta

import pytest

from reporting import review
from reporting.review_page import queue_of
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """Three, the one that has waited longest first."""
    quarter = factories.quarter("2021-q2")
    return [
        factories.submission(f"va-h{n}", quarter, state="submitted", at=quarter.due_at - timedelta(days=9 - n))
        for n in range(3)
    ]


def test_place_is_counted_from_the_one_that_waits_longest(waiting):
    queue = queue_of(people.reviewer(), waiting[1])
    assert (queue.place, queue.size, queue.words) == (2, 3, "waiting for review")
    assert (queue.previous.pk, queue.next.pk) == (waiting[0].pk, waiting[2].pk)
    assert queue.next.label == "Provider va-h2, FY2021 Q2"


def test_after_the_last_comes_the_first(waiting):
    queue = queue_of(people.reviewer(), waiting[2])
    assert queue.next.pk == waiting[0].pk


def test_next_one_after_a_decision_is_the_one_that_followed(waiting):
    reviewer = people.reviewer()
    review.approve(waiting[1], by=reviewer)
    queue = queue_of(reviewer, waiting[1])
    assert (queue.place, queue.size, queue.next.pk) == (0, 2, waiting[2].pk)


def test_own_uploads_do_not_wait_for_oneself(waiting):
    reviewer = people.reviewer()
    own = factories.submission("ssa-oo", state="submitted", uploaded_by=reviewer)
    assert queue_of(reviewer, waiting[0]).size == 3
    assert queue_of(reviewer, own).place == 0


def test_administrator_goes_through_what_is_approved(waiting):
    approved = factories.submission("ssa-oo", state="approved")
    queue = queue_of(people.administrator(), approved)
    assert (queue.place, queue.size, queue.words, queue.next) == (1, 1, "ready to publish", None)


def test_nothing_waits_for_a_superuser(waiting):
    assert queue_of(people.superuser(), waiting[0]).next is None
