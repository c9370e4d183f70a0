"""Reminders by hand: who would get one, what it says, and that each goes once a day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reporting import reminders
from reporting.models import Event, Mail
from reporting.transitions import NotAllowed, Refused
from tests import factories, people

pytestmark = pytest.mark.django_db
BEFORE_DUE = datetime(2021, 4, 20, 15, tzinfo=UTC)
AFTER_DUE = datetime(2021, 5, 10, 15, tzinfo=UTC)


@pytest.fixture
def quarter():
    return factories.quarter("2021-q2", opened_at=datetime(2021, 4, 1, tzinfo=UTC))


def owing(quarter, slug="va-vha", state="", **fields):
    """A HISP that owes figures, with a reporter who has an address."""
    expectation = factories.expectation(slug, quarter, **fields)
    reporter = people.reporter(expectation.hisp)
    reporter.email, reporter.first_name, reporter.last_name = f"{slug}@agency.example", "Rosa", "Reporter"
    reporter.save()
    if state:
        factories.submission(slug, quarter, state=state)
    return expectation


def prepared(quarter, now=AFTER_DUE, hisps=None):
    with time_machine.travel(now):
        return reminders.reminders(quarter, hisps)


def sent(quarter, now=AFTER_DUE, hisps=None, by=None):
    with time_machine.travel(now):
        return reminders.send(quarter, hisps, by=by or people.administrator())


def test_only_who_owes_figures_is_reminded(quarter):
    for state in ("draft", "returned", "submitted", "approved", "published"):
        owing(quarter, f"va-{state}", state)
    owing(quarter, "va-silent")
    owing(quarter, "va-out", not_reporting=True, not_reporting_reason="No survey.")
    assert [each.standing.slug for each in prepared(quarter)] == ["va-draft", "va-returned", "va-silent"]


def test_a_reminder_names_the_hisp_the_day_in_us_eastern_and_the_address(quarter):
    owing(quarter)
    (one,) = prepared(quarter, BEFORE_DUE)
    (mail,) = one.mails
    assert mail.to == "va-vha@agency.example"
    assert one.subject == "FY2021 Q2: please send the figures of Provider va-vha, which are due on April 30, 2021"
    assert one.due == "Friday, April 30, 2021, 11:59 PM EDT (US Eastern)"
    for words in ("Hello Rosa Reporter,", one.due, "/reporting/va-vha/2021-q2/", "download the prefilled workbook"):
        assert words in one.body


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("", "OMB is waiting for the figures of Provider va-vha"),
        ("draft", "was uploaded, but it was not submitted"),
        ("returned", "OMB returned the figures of Provider va-vha"),
    ],
)
def test_a_reminder_says_how_far_things_are_and_that_late_is_welcome(quarter, state, words):
    owing(quarter, state=state)
    (one,) = prepared(quarter)
    assert words in one.body
    assert "They were due on Friday, April 30, 2021, 11:59 PM EDT (US Eastern). Late figures are still welcome" in (
        one.body
    )


def test_the_day_is_the_one_that_the_hisp_was_given(quarter):
    owing(quarter, extended_to=quarter.due_at + timedelta(days=14), extension_reason="Storm.")
    (one,) = prepared(quarter)
    assert one.due == "Friday, May 14, 2021, 11:59 PM EDT (US Eastern)"
    assert "which are due on May 14, 2021" in one.subject


def test_who_cannot_be_reached_is_named(quarter):
    factories.expectation("ssa-oo", quarter)
    mute = people.reporter(factories.expectation("va-vha", quarter).hisp)
    nobody, one = prepared(quarter)
    assert (nobody.mails, nobody.has_reporters) == ((), False)
    assert (one.mails, one.unreachable) == ((), (mute,))


def test_each_reporter_gets_a_mail_with_her_own_name(quarter):
    owing(quarter)
    another = people.reporter(factories.hisp("va-vha"))
    another.email, another.first_name = "robin@agency.example", "Robin"
    another.save()
    sent(quarter)
    bodies = {mail.to: mail.body.partition("\n")[0] for mail in Mail.objects.all()}
    assert bodies == {"va-vha@agency.example": "Hello Rosa Reporter,", "robin@agency.example": "Hello Robin,"}


def test_sending_leaves_one_event_for_each_hisp(quarter):
    owing(quarter, "va-vha")
    owing(quarter, "ssa-oo")
    administrator = people.administrator()
    assert [each.standing.slug for each in sent(quarter, by=administrator)] == ["ssa-oo", "va-vha"]
    events = Event.objects.filter(transition="remind")
    assert {(event.hisp.slug, event.note, event.by) for event in events} == {
        ("ssa-oo", "To ssa-oo@agency.example.", administrator),
        ("va-vha", "To va-vha@agency.example.", administrator),
    }


def test_only_chosen_hisps_are_reminded(quarter):
    chosen = owing(quarter, "va-vha")
    owing(quarter, "ssa-oo")
    sent(quarter, hisps=[chosen.hisp_id])
    assert Mail.objects.get().hisp == chosen.hisp


def test_nobody_gets_two_reminders_on_one_day(quarter):
    owing(quarter)
    sent(quarter)
    (again,) = prepared(quarter)
    assert (again.mails, len(again.already)) == ((), 1)
    assert sent(quarter) == []
    assert sent(quarter, AFTER_DUE + timedelta(days=1)) != []
    assert Mail.objects.count() == Event.objects.filter(transition="remind").count() == 2


def test_a_closed_quarter_reminds_nobody(quarter):
    owing(quarter)
    quarter.closed_at = AFTER_DUE
    quarter.save()
    assert prepared(quarter) == []
    with pytest.raises(Refused, match="FY2021 Q2 is not open"):
        sent(quarter)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("make", [people.reviewer, people.person])
def test_only_the_administrator_reminds(quarter, make):
    owing(quarter)
    with pytest.raises(NotAllowed):
        sent(quarter, by=make())
    assert not Mail.objects.exists()


@pytest.mark.parametrize("hisps", [2, 20])
def test_reminders_are_prepared_in_as_many_queries(quarter, hisps, django_assert_num_queries):
    for number in range(hisps):
        owing(quarter, f"va-h{number}")
    with django_assert_num_queries(4):
        assert len(prepared(quarter)) == hisps
