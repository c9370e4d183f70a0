from datetime import date, timedelta

import pytest

from dashboards import published
from hisps.models import Department
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


def test_reviewer_may_have_set_the_indicator():
    published_submission(surveys=[survey()], indicator_override=RED, indicator_reason="Counts are percentages.")
    assert (read()[0].indicator.color, read()[0].indicator.reasons) == (RED, ("Counts are percentages.",))
    published_submission("ssa-oo", surveys=[survey()])
    assert read()[0].indicator.color == YELLOW


def test_department_is_the_one_of_that_time():
    hisp = factories.hisp("multi-rec")
    then = Department.objects.create(name="Then", abbreviation="T", slug="then")
    designation = factories.designation(hisp, date(2018, 10, 1), date(2020, 9, 30))
    type(designation).objects.filter(pk=designation.pk).update(department=then)
    factories.designation(hisp, date(2020, 10, 1))
    published_submission(hisp, "2020-q2", surveys=[survey()])
    published_submission(hisp, "2021-q2", surveys=[survey()])
    assert [one.hisp.department for one in read()] == ["Then", hisp.department.name]


def test_hisp_without_a_designation_keeps_its_department():
    published_submission(surveys=[survey()])
    assert read()[0].hisp.department == "Department VA"


def test_extension_decides_what_is_late():
    quarter = factories.quarter()
    after_the_due_day = quarter.due_at + timedelta(days=3)
    published_submission("va-vha", quarter, at=after_the_due_day)
    published_submission("ssa-oo", quarter, at=after_the_due_day)
    factories.expectation(
        "ssa-oo", quarter, extended_to=quarter.due_at + timedelta(days=5), extension_reason="A storm."
    )
    assert {one.hisp.slug: one.days_late for one in read()} == {"va-vha": 3, "ssa-oo": 0}
