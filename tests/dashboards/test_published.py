from datetime import date, timedelta
from decimal import Decimal

import pytest

from dashboards import published
from hisps.models import Department, Designation
from reporting.contents import Index, Metric
from reporting.indicator import GREEN, RED, YELLOW
from reporting.models import Submission
from tests import factories
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
ALL = (Submission.State.DRAFT, Submission.State.SUBMITTED, Submission.State.RETURNED, Submission.State.APPROVED)


def read():
    return published.read(Submission.objects.all())


@pytest.mark.parametrize("state", [*ALL, Submission.State.SUPERSEDED, Submission.State.WITHDRAWN])
def test_only_published_submissions_are_read(state):
    submission(state=state, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    assert read() == []


def test_counts_and_volumes_come_back_as_they_were_written():
    given = survey(trust=(1, 2, 3, 4, 5), no_data={"ease": "no_answers"}, offered=None)
    published_submission(surveys=[given])
    found = read()[0].surveys[0].survey
    assert found.tally("trust").counts == (1, 2, 3, 4, 5)
    assert found.question("ease").no_data == "no_answers"
    assert (found.customers, found.offered, found.respondents) == (10_000, None, 1_000)


def test_answers_that_may_not_be_published_never_come_out():
    hidden = survey(trust=(1, 2, 3, 4, 5), fields={"publishable": False, "publishable_reason": "Clearance."})
    published_submission(surveys=[hidden])
    question = read()[0].surveys[0].survey.question("trust")
    assert (question.tally, question.no_data) == (None, "not_publishable")


def test_indicator_counts_answers_that_may_not_be_published():
    complete = survey(satisfaction=(0, 0, 0, 0, 9), trust=(0, 0, 0, 0, 9), fields={"publishable": False})
    published_submission(surveys=[complete], reflection="We learned.")
    assert read()[0].indicator.color == GREEN


@pytest.mark.parametrize("operations", [False, True])
def test_indicator_is_the_same_whether_operations_are_read_or_not(operations):
    published_submission(indexes=[Index("ForeSee", Decimal(80))])
    [one] = published.read(Submission.objects.all(), operations=operations)
    assert (one.indicator.color, one.indicator.reasons) == (YELLOW, ("There is no survey.", "There is no reflection."))


def test_operations_are_read_where_they_are_asked_for():
    published_submission(indexes=[Index("ForeSee", Decimal(80))], metrics=[Metric("Calls", Decimal(7))])
    [one] = published.read(Submission.objects.all(), operations=True)
    assert ([index.name for index in one.indexes], [metric.name for metric in one.metrics]) == (["ForeSee"], ["Calls"])


def test_reviewer_may_have_set_the_indicator():
    published_submission(surveys=[survey()], indicator_override=RED, indicator_reason="Counts are percentages.")
    assert (read()[0].indicator.color, read()[0].indicator.reasons) == (RED, ("Counts are percentages.",))
    published_submission("ssa-oo", surveys=[survey()])
    assert read()[0].indicator.color == YELLOW


def designated_elsewhere(first_day: date, last_day: date | None) -> None:
    then, _ = Department.objects.get_or_create(name="Then", abbreviation="T", slug="then")
    hisp = factories.hisp("multi-rec")
    Designation.objects.create(hisp=hisp, department=then, first_day=first_day, last_day=last_day)


def test_department_is_the_one_of_that_time():
    designated_elsewhere(date(2018, 10, 1), date(2020, 9, 30))
    factories.designation("multi-rec", date(2020, 10, 1))
    published_submission("multi-rec", "2020-q2", surveys=[survey()])
    published_submission("multi-rec", "2021-q2", surveys=[survey()])
    assert [one.hisp.department for one in read()] == ["Then", "Department MULTI"]


def test_department_that_a_provider_moved_to_after_the_quarter_is_not_the_one_of_the_quarter():
    due = factories.quarter("2021-q2").fiscal.due_day
    designated_elsewhere(date(2018, 10, 1), due - timedelta(days=21))
    factories.designation("multi-rec", due - timedelta(days=20))
    published_submission("multi-rec", "2021-q2", surveys=[survey()])
    assert read()[0].hisp.department == "Then"


def test_department_of_a_provider_that_moved_within_the_quarter_is_the_later_one():
    designated_elsewhere(date(2018, 10, 1), date(2021, 2, 14))
    factories.designation("multi-rec", date(2021, 2, 15))
    published_submission("multi-rec", "2021-q2", surveys=[survey()])
    assert read()[0].hisp.department == "Department MULTI"


def test_designation_that_ended_before_the_quarter_does_not_count():
    designated_elsewhere(date(2018, 10, 1), date(2020, 12, 31))
    published_submission("multi-rec", "2021-q2", surveys=[survey()])
    assert read()[0].hisp.department == "Department MULTI"


def test_submission_of_a_provider_with_several_designations_is_read_once():
    for year in (2018, 2019, 2020):
        factories.designation("va-vha", date(year, 1, 1), date(year, 12, 31))
    published_submission("va-vha", "2019-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    [one] = read()
    assert len(one.surveys) == 1


def test_hisp_without_a_designation_keeps_its_department():
    published_submission(surveys=[survey()])
    assert read()[0].hisp.department == "Department VA"


def test_correction_of_figures_that_came_in_time_is_not_late():
    quarter = factories.quarter()
    submission("va-vha", quarter, state=Submission.State.SUPERSEDED)
    published_submission("va-vha", quarter, revision=2, revision_note="-", at=quarter.due_at + timedelta(days=300))
    assert read()[0].days_late == 0


def test_figures_that_were_returned_are_as_late_as_they_first_came():
    quarter = factories.quarter()
    at = quarter.due_at + timedelta(days=2)
    submission("va-vha", quarter, state=Submission.State.RETURNED, at=at)
    published_submission("va-vha", quarter, revision=2, revision_note="-", at=at + timedelta(days=30))
    assert read()[0].days_late == 2


def test_extension_decides_what_is_late():
    quarter = factories.quarter()
    after_the_due_day = quarter.due_at + timedelta(days=3)
    published_submission("va-vha", quarter, at=after_the_due_day)
    published_submission("ssa-oo", quarter, at=after_the_due_day)
    factories.expectation(
        "ssa-oo", quarter, extended_to=quarter.due_at + timedelta(days=5), extension_reason="A storm."
    )
    assert {one.hisp.slug: one.days_late for one in read()} == {"va-vha": 3, "ssa-oo": 0}
