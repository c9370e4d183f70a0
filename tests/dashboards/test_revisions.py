import pytest

from dashboards import revisions
from reporting.models import Submission
from tests import factories
from tests.factories import published_submission, submission

pytestmark = pytest.mark.django_db
State = Submission.State


def read():
    return revisions.read(Submission.objects.all())


def notes():
    return [(one.revision, one.withdrawn, one.note) for one in read()]


def test_replaced_revision_carries_the_note_of_the_one_that_replaced_it():
    submission(state=State.SUPERSEDED)
    submission(state=State.SUPERSEDED, revision=2, revision_note="-", public_note="Counted once.")
    published_submission(revision=3, revision_note="-", public_note="One survey more.")
    assert notes() == [(1, False, "Counted once."), (2, False, "One survey more.")]


def test_revision_that_was_returned_in_between_replaced_nothing():
    submission(state=State.SUPERSEDED)
    submission(state=State.RETURNED, revision=2, revision_note="Never public.")
    published_submission(revision=3, revision_note="-", public_note="One survey more.")
    assert notes() == [(1, False, "One survey more.")]


def test_withdrawn_revision_carries_its_own_reason_which_is_not_why_the_one_before_was_replaced():
    submission(state=State.SUPERSEDED)
    submission(state=State.WITHDRAWN, revision=2, revision_note="-", public_note="Counted twice.")
    assert notes() == [(1, False, ""), (2, True, "Counted twice.")]


def test_note_of_another_place_is_not_taken():
    submission("ssa-oo", state=State.SUPERSEDED)
    published_submission("va-vha", public_note="Ours.")
    published_submission("ssa-oo", "2021-q3", public_note="Later.")
    assert notes() == [(1, False, "")]


def test_revision_in_work_is_no_former_one():
    for number, state in enumerate((State.RETURNED, State.APPROVED), start=1):
        submission(state=state, revision=number, revision_note="-")
    assert read() == []


def test_place_is_withdrawn_while_nothing_newer_is_public():
    submission("va-vha", state=State.WITHDRAWN)
    submission("ssa-oo", state=State.WITHDRAWN)
    published_submission("ssa-oo", revision=2, revision_note="-")
    submission("gsa-pep", state=State.WITHDRAWN)
    submission("gsa-pep", state=State.SUBMITTED, revision=2, revision_note="-")
    withdrawn = revisions.withdrawn(Submission.objects.all())
    assert [one.hisp.slug for one in withdrawn] == ["gsa-pep", "va-vha"]


def test_provider_of_a_former_revision_is_the_one_of_its_quarter():
    for year in (2018, 2020):
        factories.designation("va-vha", factories.quarter(f"{year}-q1").fiscal.first_day)
    submission(state=State.WITHDRAWN)
    [one] = read()
    assert (one.hisp.slug, one.hisp.department) == ("va-vha", "Department VA")
