"""Where a HISP stands: in which piles it is counted, and how its days run."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from reporting.board.standing import PILES, counts, standings
from reporting.models import Expectation
from tests import factories, people

pytestmark = pytest.mark.django_db
BEFORE_DUE = datetime(2021, 4, 20, 15, tzinfo=UTC)
AFTER_DUE = datetime(2021, 5, 10, 15, tzinfo=UTC)


@pytest.fixture
def quarter():
    return factories.quarter("2021-q2", opened_at=datetime(2021, 4, 1, tzinfo=UTC))


def standing(quarter, slug="va-vha"):
    return next(each for each in standings([quarter])[quarter.pk] if each.slug == slug)


def test_nothing_came_of_a_hisp_that_is_expected(quarter):
    factories.expectation("va-vha", quarter)
    with time_machine.travel(BEFORE_DUE):
        assert standing(quarter).piles == {"expected", "missing"}
    with time_machine.travel(AFTER_DUE):
        assert standing(quarter).piles == {"expected", "missing", "overdue"}


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_is_with_the_reporter_becomes_overdue(quarter, state):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state=state)
    with time_machine.travel(AFTER_DUE):
        assert standing(quarter).piles == {"expected", state, "overdue"}


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "withdrawn"])
def test_what_is_with_omb_or_was_published_is_never_overdue(quarter, state):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state=state)
    with time_machine.travel(AFTER_DUE):
        assert standing(quarter).piles == {"expected", state}


def test_a_correction_counts_beside_what_is_public(quarter):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state="published", at=quarter.due_at - timedelta(days=3))
    factories.submission(
        "va-vha", quarter, state="draft", revision=2, revision_note="One count.", file_name="second.xlsx"
    )
    with time_machine.travel(AFTER_DUE):
        found = standing(quarter)
        assert found.piles == {"expected", "published", "draft"}
        assert (found.latest.number, found.judged.number) == (2, 1)
        assert not found.owes


def test_a_draft_of_a_hisp_that_will_not_report_changes_nothing(quarter):
    factories.expectation("va-vha", quarter, not_reporting=True, not_reporting_reason="No survey.")
    factories.submission("va-vha", quarter, state="draft")
    with time_machine.travel(AFTER_DUE):
        assert standing(quarter).piles == {"expected", "not_reporting"}


def test_an_extension_moves_the_day_of_one_hisp(quarter):
    longer = quarter.due_at + timedelta(days=14)
    factories.expectation("va-vha", quarter, extended_to=longer, extension_reason="Flooded data center.")
    factories.expectation("ssa-oo", quarter)
    with time_machine.travel(AFTER_DUE):
        assert not standing(quarter).is_overdue
        assert standing(quarter).days_to_go == 4
        assert standing(quarter, "ssa-oo").is_overdue
        assert standing(quarter, "ssa-oo").days_to_go == -10


@pytest.mark.parametrize(
    ("now", "days", "overdue"),
    [
        ("2021-05-01T03:59:59+00:00", 0, False),  # the last second of April 30 in US Eastern
        ("2021-05-01T04:00:00+00:00", -1, True),
        ("2021-04-30T04:00:00+00:00", 0, False),
        ("2021-04-30T03:59:59+00:00", 1, False),
    ],
)
def test_days_are_days_of_us_eastern(quarter, now, days, overdue):
    factories.expectation("va-vha", quarter)
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        assert (standing(quarter).days_to_go, standing(quarter).is_overdue) == (days, overdue)


def test_figures_are_as_late_as_they_first_came(quarter):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state="returned", at=quarter.due_at + timedelta(days=2))
    factories.submission(
        "va-vha",
        quarter,
        state="submitted",
        revision=2,
        revision_note="One count.",
        at=quarter.due_at + timedelta(days=30),
        file_name="second.xlsx",
    )
    assert standing(quarter).days_late == 2


def test_a_quarter_that_came_as_history_lists_who_sent_something():
    history = factories.quarter("2020-q2")
    factories.published_submission("va-vha", history)
    assert standing(history).piles == {"published"}
    assert standing(history).expectation is None


def test_reporters_are_those_who_may_sign_in_today(quarter):
    for slug in ("va-vha", "ssa-oo", "treas-irs"):
        factories.expectation(slug, quarter)
    people.reporter(factories.hisp("va-vha"))
    gone = people.reporter(factories.hisp("ssa-oo"))
    gone.is_active = False
    gone.save()
    found = {slug: standing(quarter, slug).has_reporter for slug in ("va-vha", "ssa-oo", "treas-irs")}
    assert found == {"va-vha": True, "ssa-oo": False, "treas-irs": False}


def test_every_state_has_its_pile(quarter):
    states = ["draft", "submitted", "returned", "approved", "published", "withdrawn"]
    for state in states:
        factories.expectation(f"va-{state}", quarter)
        factories.submission(f"va-{state}", quarter, state=state)
    factories.expectation("va-silent", quarter)
    with time_machine.travel(AFTER_DUE):
        found = counts(standings([quarter])[quarter.pk])
    assert set(found) == set(PILES)
    assert found == {**dict.fromkeys(states, 1), "expected": 7, "missing": 1, "not_reporting": 0, "overdue": 3}


def test_two_queries_however_many_quarters(quarter, django_assert_num_queries):
    quarters = [quarter, factories.quarter("2021-q1"), factories.quarter("2021-q3", opened_at=timezone.now())]
    for each in quarters:
        for number in range(5):
            factories.expectation(f"va-h{number}", each)
            factories.submission(f"va-h{number}", each, state="submitted")
    with django_assert_num_queries(2):
        assert [len(found) for found in standings(quarters).values()] == [5, 5, 5]
    assert Expectation.objects.count() == 15
