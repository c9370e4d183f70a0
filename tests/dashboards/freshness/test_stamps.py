"""The stamp changes with everything a public page is made of, and with nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from dashboards import freshness
from hisps.models import Service
from reporting import events, quarters, review
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter, Submission
from tests import factories, people
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture
def world():
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    factories.submission("ssa-oo", "2021-q2", state=State.APPROVED, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    factories.submission("va-vba", "2021-q2", state=State.DRAFT, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    factories.expectation("opm-rs", "2021-q2")
    factories.designation("va-vha")
    return people.administrator()


def publish(by):
    review.publish(Submission.objects.get(state=State.APPROVED), by=by)


def withdraw(by):
    review.withdraw(Submission.objects.published().get(), by=by, reason="Counted twice.")


def submit(by):
    quarters.open_quarter(FiscalQuarter(2021, 2), by=by)
    review.submit(Submission.objects.get(state=State.DRAFT), by=people.reporter(factories.hisp("va-vba")))


def not_reporting(by):
    quarters.mark_not_reporting(Quarter.objects.get().expectations.get(hisp__slug="opm-rs"), by=by, reason="A move.")


def extend(by):
    owed = Quarter.objects.get().expectations.get(hisp__slug="opm-rs")
    quarters.extend(owed, by=by, to=date(2021, 5, 20), reason="A move.")


def open_quarter(by):
    quarters.open_quarter(FiscalQuarter(2021, 3), by=by)


def close_quarter(by):
    quarters.open_quarter(FiscalQuarter(2021, 2), by=by)
    quarters.close_quarter(Quarter.objects.get(), by=by)


def rename_hisp(by):
    hisp = factories.hisp("va-vha")
    hisp.name = "Health care for veterans"
    hisp.save()


def rename_department(by):
    department = factories.hisp("va-vha").department
    department.name = "Department of Veterans Affairs"
    department.save()


def rename_service(by):
    service = Service.objects.first()
    service.name = "Care"
    service.save()


def move_hisp(by):
    designation = factories.hisp("va-vha").designations.get()
    designation.last_day = date(2020, 12, 31)
    designation.save()


def add_document(by):
    """As reporting.admin does: an event of the quarter tells of it."""
    events.record("add_document", quarter=Quarter.objects.get(), hisp=factories.hisp("va-vha"), by=by)


ACTS = (publish, withdraw, submit, not_reporting, extend, open_quarter, close_quarter)
REGISTRY = (rename_hisp, rename_department, rename_service, move_hisp)


@pytest.mark.parametrize("act", [*ACTS, *REGISTRY, add_document], ids=lambda act: act.__name__)
def test_it_changes_with(act, world):
    before = freshness.read()
    act(world)
    after = freshness.read()
    assert after.text != before.text
    assert after.at >= before.at
    assert after.tag("/") != before.tag("/")


def test_it_changes_when_an_extension_runs_out_in_the_middle_of_a_day(world):
    due = datetime(2030, 5, 20, 16, 0, tzinfo=UTC)
    factories.expectation("doc-uspto", "2021-q2", extended_to=due, extension_reason="A move.")
    with time_machine.travel(due - timedelta(seconds=1), tick=False):
        before = freshness.read()
    with time_machine.travel(due, tick=False):
        after = freshness.read()
    assert (after.text != before.text, after.at) == (True, due)


def test_it_changes_at_midnight_in_washington():
    with time_machine.travel(datetime(2030, 5, 21, 3, 59, 59, tzinfo=UTC), tick=False):
        evening = freshness.read()
    with time_machine.travel(datetime(2030, 5, 21, 4, 0, tzinfo=UTC), tick=False):
        assert freshness.read().text != evening.text


def test_a_failed_sign_in_leaves_it(world):
    before = freshness.read()
    events.record("sign_in_failed", note="somebody")
    assert freshness.read() == before


def test_it_stays_while_nothing_happens(world):
    assert freshness.read() == freshness.read()


def test_one_question_is_asked(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        freshness.read()


def test_an_edition_changes_with_publications_and_the_registry_alone(world):
    before = freshness.edition()
    for act in (submit, extend, add_document, open_quarter):
        act(world)
    assert freshness.edition() == before
    for act in (withdraw, publish, *REGISTRY):
        former = freshness.edition()
        act(world)
        assert freshness.edition().tag("scores") != former.tag("scores")


def test_an_edition_is_the_same_on_the_next_day(world):
    before = freshness.edition()
    with time_machine.travel(datetime(2030, 5, 21, tzinfo=UTC), tick=False):
        assert freshness.edition() == before


def test_one_question_is_asked_for_an_edition(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        freshness.edition()
