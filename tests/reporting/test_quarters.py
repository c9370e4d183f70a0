from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reporting.fiscal import FiscalQuarter
from reporting.models import Event, Expectation, Quarter
from reporting.quarters import close_quarter, expect_again, extend, mark_not_reporting, open_quarter, reopen_quarter
from reporting.transitions import NotAllowed, Refused
from tests import factories, people

pytestmark = pytest.mark.django_db
Q3 = FiscalQuarter(2021, 3)


@pytest.fixture
def designated():
    return [factories.designation("va-vha").hisp, factories.designation("ssa-oo").hisp]


def test_opening_a_quarter_expects_figures_from_every_designated_hisp(designated):
    factories.designation("doc-patents", last_day=date(2020, 9, 30))
    factories.designation("gsa-pep", first_day=date(2021, 10, 1))
    quarter, added = open_quarter(Q3, by=people.administrator())
    assert {hisp.slug for hisp in added} == {"va-vha", "ssa-oo"}
    assert quarter.is_open
    assert quarter.due_at == Q3.due_at


def test_opening_again_adds_only_who_was_designated_since(designated):
    open_quarter(Q3, by=None)
    factories.designation("treas-irs")
    _, added = open_quarter(Q3, by=None)
    assert [hisp.slug for hisp in added] == ["treas-irs"]
    assert Event.objects.filter(transition="open_quarter").count() == 1


def test_a_quarter_that_has_not_begun_cannot_be_opened(capsys):
    with pytest.raises(Refused, match="October 1, 2098"):
        open_quarter(FiscalQuarter(2099, 1), by=None)
    with pytest.raises(CommandError, match="October 1, 2098"):
        call_command("open_quarter", "2099-q1")
    assert not Quarter.objects.exists()


def test_a_quarter_that_came_as_history_can_be_opened(designated):
    factories.quarter("2021-q3")
    quarter, _ = open_quarter(Q3, by=None)
    assert quarter.is_open
    assert Quarter.objects.count() == 1


@pytest.mark.parametrize("role", [people.reviewer, people.person])
def test_only_the_administrator_opens_quarters(role):
    with pytest.raises(NotAllowed):
        open_quarter(Q3, by=role())
    assert not Quarter.objects.exists()


def test_an_extension_moves_one_hisps_deadline_and_keeps_the_reason(designated):
    quarter, _ = open_quarter(Q3, by=None)
    one, other = Expectation.objects.all()
    extend(one, by=people.administrator(), to=date(2021, 8, 15), reason="Flooded data center.")
    one.refresh_from_db()
    assert one.due_at > quarter.due_at == other.due_at
    assert Event.objects.get(transition="extend").note == "Until August 15, 2021. Flooded data center."


@pytest.mark.parametrize(("to", "reason"), [(date(2021, 7, 30), "Late."), (date(2021, 8, 15), " ")])
def test_an_extension_needs_a_later_day_and_a_reason(designated, to, reason):
    open_quarter(Q3, by=None)
    expectation = Expectation.objects.first()
    with pytest.raises(Refused):
        extend(expectation, by=people.administrator(), to=to, reason=reason)
    expectation.refresh_from_db()
    assert expectation.extended_to is None


def test_a_closed_quarter_is_not_extended(designated):
    quarter, _ = open_quarter(Q3, by=None)
    administrator, expectation = people.administrator(), Expectation.objects.first()
    close_quarter(quarter, by=administrator)
    with pytest.raises(Refused, match=r"FY2021 Q3 is closed, so .* Reopen the quarter first"):
        extend(expectation, by=administrator, to=date(2021, 8, 15), reason="Storm.")
    reopen_quarter(quarter, by=administrator, reason="A storm.")
    assert extend(expectation, by=administrator, to=date(2021, 8, 15), reason="Storm.").extended_to


def test_who_does_not_report_gets_no_more_time(designated):
    open_quarter(Q3, by=None)
    administrator, expectation = people.administrator(), Expectation.objects.first()
    mark_not_reporting(expectation, by=administrator, reason="No survey this quarter.")
    with pytest.raises(Refused, match=r"is marked as not reporting for FY2021 Q3\. Expect it again first"):
        extend(expectation, by=administrator, to=date(2021, 8, 15), reason="Storm.")
    expectation.refresh_from_db()
    assert expectation.extended_to is None


def test_not_reporting_is_refused_once_figures_came(designated):
    quarter, _ = open_quarter(Q3, by=None)
    administrator = people.administrator()
    silent, sent = Expectation.objects.all()
    factories.submission(sent.hisp, quarter, state="submitted")
    mark_not_reporting(silent, by=administrator, reason="No survey this quarter.")
    with pytest.raises(Refused, match="already submitted"):
        mark_not_reporting(sent, by=administrator, reason="No survey this quarter.")
    silent.refresh_from_db()
    assert silent.not_reporting


def test_who_was_marked_as_not_reporting_can_be_expected_again(designated):
    open_quarter(Q3, by=None)
    expectation, administrator = Expectation.objects.first(), people.administrator()
    with pytest.raises(Refused, match="expected to report for FY2021 Q3 already"):
        expect_again(expectation, by=administrator, reason="The survey went out after all.")
    mark_not_reporting(expectation, by=administrator, reason="No survey this quarter.")
    with pytest.raises(Refused, match="give a reason"):
        expect_again(expectation, by=administrator, reason=" ")
    with pytest.raises(NotAllowed):
        expect_again(expectation, by=people.reviewer(), reason="The survey went out after all.")
    expect_again(expectation, by=administrator, reason="The survey went out after all.")
    expectation.refresh_from_db()
    assert (expectation.not_reporting, expectation.not_reporting_reason) == (False, "")
    assert Event.objects.get(transition="expect_again").note == "The survey went out after all."


def test_a_closed_quarter_can_be_reopened_with_a_reason(designated):
    quarter, _ = open_quarter(Q3, by=None)
    administrator = people.administrator()
    close_quarter(quarter, by=administrator)
    with pytest.raises(Refused, match="closed already"):
        close_quarter(quarter, by=administrator)
    assert reopen_quarter(quarter, by=administrator, reason="Two HISPs are missing.").is_open


def test_the_command_says_what_it_did_and_refuses_nonsense(designated, capsys):
    call_command("open_quarter", "2021-q3")
    assert "FY2021 Q3 is open, due July 30, 2021" in capsys.readouterr().out
    with pytest.raises(CommandError, match="2024-q2"):
        call_command("open_quarter", "summer")


def test_a_quarter_closes_though_the_clock_was_set_back():
    opened = factories.quarter("2021-q2", opened_at=timezone.now() + timedelta(hours=1))
    closed = close_quarter(opened, by=people.administrator())
    assert closed.closed_at > closed.opened_at


def test_a_closed_quarter_is_reopened_and_not_opened_again():
    quarter, _ = open_quarter(Q3, by=None)
    close_quarter(quarter, by=people.administrator())
    with pytest.raises(Refused, match="Reopen it first"):
        open_quarter(Q3, by=None)


@pytest.mark.parametrize("to", [date(9999, 12, 31), date(2031, 5, 14)])
def test_an_extension_ends_within_a_year(to):
    owed = factories.expectation("va-vha", "2021-q2")
    with pytest.raises(Refused, match="within a year"):
        extend(owed, by=people.administrator(), to=to, reason="Storm.")
