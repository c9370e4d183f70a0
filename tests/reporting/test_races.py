"""Several people at the same moment: one wins, the others get a sentence, nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reporting import comments, quarters, review, transitions
from reporting.contents import Contents, Metric
from reporting.intake import receive
from reporting.models import Event, Mail, Submission, Upload
from reporting.prefill import workbook_for
from tests import factories, people
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(act: Callable[[int], object]) -> list[object]:
    """Runs `act(0)` .. `act(5)` in threads that start together; a refusal is returned, any other error raised."""
    start = Barrier(AT_ONCE)

    def one(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except transitions.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def winners(results: list[object]) -> int:
    return sum(not isinstance(result, transitions.Refused) for result in results)


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


@pytest.fixture
def quarter(hisp):
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


def test_of_reviewers_who_approve_at_once_one_wins(hisp, quarter):
    submission = factories.submission(hisp, quarter, state="submitted")
    reviewers = [people.reviewer() for _ in range(AT_ONCE)]
    results = at_once(lambda n: review.approve(submission, by=reviewers[n], lock_version=0))
    assert winners(results) == 1
    assert Event.objects.filter(transition="approve").count() == 1


def test_of_an_approval_and_returns_at_once_one_wins(hisp, quarter):
    submission = factories.submission(hisp, quarter, state="submitted")
    reviewers = [people.reviewer() for _ in range(AT_ONCE)]

    def decide(number: int) -> Submission:
        if number % 2:
            return review.approve(submission, by=reviewers[number], lock_version=0)
        return review.return_for_changes(submission, by=reviewers[number], reason="Look again.", lock_version=0)

    assert winners(at_once(decide)) == 1
    assert Event.objects.count() == 1


def test_a_reporter_who_clicks_submit_many_times_submits_once(hisp, quarter):
    submission = factories.submission(hisp, quarter, state="draft")
    reporter = people.reporter(hisp)
    assert winners(at_once(lambda n: review.submit(submission, by=reporter))) == 1


def test_the_same_file_sent_many_times_at_once_is_kept_once(hisp, quarter):
    reporter = people.reporter(hisp)
    contents = Contents(reflection="We learned much.", metrics=(Metric("Calls answered", 48, unit="million"),))
    data = fill_from(issued(hisp, quarter), contents)
    receipts = at_once(lambda n: receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter))
    assert winners(receipts) == AT_ONCE
    assert Upload.objects.count() == 1
    assert Submission.objects.count() == 1
    assert sum(not receipt.is_repeat for receipt in receipts) == 1


def test_an_upload_and_a_submit_at_once_never_send_figures_back_to_draft(hisp, quarter):
    reporter = people.reporter(hisp)
    contents = Contents(reflection="We learned much.", metrics=(Metric("Calls answered", 48, unit="million"),))
    template = workbook_for(hisp, quarter)
    draft = receive(fill_from(template, contents), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission
    files = [fill_from(template, replace(contents, comment=f"Version {n}.")) for n in range(AT_ONCE)]

    def act(number: int) -> object:
        if number % 2:
            return review.submit(draft, by=reporter, explanations={f.pk: "Right." for f in draft.findings.all()})
        return receive(files[number], "b.xlsx", hisp=hisp, quarter=quarter, by=reporter)

    at_once(act)
    submission = Submission.objects.get()
    acts = list(submission.events.order_by("pk").values_list("transition", flat=True))
    assert acts.count("submit") <= 1
    assert submission.state == ("submitted" if "submit" in acts else "draft")
    assert "submit" not in acts or acts[-1] == "submit"


def test_figures_are_submitted_or_a_hisp_does_not_report_but_never_both(hisp, quarter):
    reporter, administrator = people.reporter(hisp), people.administrator()
    submission = factories.submission(hisp, quarter, state="draft")
    expected = hisp.expectations.get(quarter=quarter)

    def act(number: int) -> object:
        if number % 2:
            return review.submit(submission, by=reporter)
        return quarters.mark_not_reporting(expected, by=administrator, reason="No survey yet.")

    at_once(act)
    submission.refresh_from_db()
    expected.refresh_from_db()
    assert (submission.state == "submitted") != expected.not_reporting


def test_a_request_that_is_being_taken_back_is_answered_no_more(hisp, quarter):
    reporter, administrator = people.reporter(hisp), people.administrator()
    public = factories.published_submission(hisp, quarter, surveys=[factories.survey(trust=(1, 2, 3, 4, 5))])
    quarters.close_quarter(quarter, by=administrator)
    review.ask_for_correction(public, by=administrator, reason="Please count again.")
    draft = factories.submission(hisp, quarter, state="draft", revision=2, revision_note="Once.", uploaded_by=reporter)

    def submit() -> object:
        try:
            return review.submit(draft, by=reporter)
        except transitions.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            review.take_back_correction(public, by=administrator, reason="It was right.")
            answer = pool.submit(submit)
            wait([answer], timeout=1)  # as far as it comes before this is committed
        assert "closed" in str(answer.result())
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_of_remarks_made_at_once_one_mail_tells_all(hisp, quarter):
    people.reporter(hisp)
    submission, reviewer = factories.submission(hisp, quarter, state="submitted"), people.reviewer()
    at_once(lambda n: comments.say(submission, by=reviewer, text=f"Remark {n}."))
    body = Mail.objects.get(kind="commented").body
    assert all(f"- About the whole submission: Remark {n}.\n" in body for n in range(AT_ONCE))
