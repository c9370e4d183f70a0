"""Every act that changes what the public sees has a number; nothing else has."""

import pytest
from django.db import IntegrityError, transaction

from reporting import publications, review
from reporting.models import Publication, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db

State = Submission.State


@pytest.fixture
def administrator():
    return people.administrator()


def approved(slug, quarter, **fields):
    return factories.submission(slug, quarter, state=State.APPROVED, **fields)


def test_a_quarter_is_published_in_one_publication(administrator):
    quarter = factories.quarter()
    for slug in ("va-vha", "ssa-oo"):
        approved(slug, quarter)
    review.publish_quarter(quarter, by=administrator)
    publication = Publication.objects.get()
    assert (publication.number, publication.kind, publication.by) == (1, "publish", administrator)
    public = Submission.objects.published()
    assert {(each.publication, each.published_at) for each in public} == {(publication, publication.at)}
    assert len(public) == 2


def test_what_may_not_be_published_does_not_hold_up_the_rest(administrator):
    quarter = factories.quarter()
    approved("va-vha", quarter)
    approved("ssa-oo", quarter, uploaded_by=administrator)
    review.publish_quarter(quarter, by=administrator)
    assert [each.hisp.slug for each in Submission.objects.published()] == ["va-vha"]


def test_nothing_to_publish_takes_no_number(administrator):
    assert review.publish_quarter(factories.quarter(), by=administrator) == []
    assert publications.stamp() == 0


def test_a_publication_that_fails_publishes_nothing(administrator, monkeypatch):
    quarter = factories.quarter()
    for slug in ("va-vha", "ssa-oo"):
        approved(slug, quarter)

    def refuse(submission, *_):
        if submission.hisp.slug == "ssa-oo":
            raise IntegrityError("No more room.")

    monkeypatch.setattr("reporting.notices.step", refuse)
    with pytest.raises(IntegrityError), transaction.atomic():
        review.publish_quarter(quarter, by=administrator)
    assert not Submission.objects.published().exists()
    assert publications.stamp() == 0


def test_a_correction_and_a_withdrawal_take_the_next_numbers(administrator):
    quarter = factories.quarter()
    first = review.publish(approved("va-vha", quarter), by=administrator)
    second = approved("va-vha", quarter, revision=2, revision_note="Corrected.")
    second = review.publish(second, by=administrator)
    review.withdraw(second, by=administrator, reason="Counted twice.")
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.publication.number, first.ended_in.number] == [1, 2]
    assert [second.publication.number, second.ended_in.number] == [2, 3]
    assert publications.stamp() == 3


def test_a_return_changes_nothing_public():
    submission = factories.submission(state=State.SUBMITTED)
    review.return_for_changes(submission, by=people.reviewer(), reason="Check the totals.")
    assert publications.stamp() == 0


def test_nothing_is_public_without_a_publication():
    submission = approved("va-vha", factories.quarter())
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state="published", published_at=submission.reviewed_at)
