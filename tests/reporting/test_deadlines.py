"""Who is reminded on which day, in US Eastern, and that nobody is reminded twice or in vain."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from reporting import comments
from reporting.deadlines import remind
from reporting.fiscal import end_of_day_eastern
from reporting.models import AccessRequest, Expectation, Mail
from reporting.models.mail import TAKEN_BACK
from tests import factories, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_has_blanks")]
DUE = date(2021, 7, 30)


@pytest.fixture
def quarter():
    return factories.quarter("2021-q3", opened_at=datetime(2021, 4, 1, tzinfo=UTC))


@pytest.fixture
def owed(quarter):
    expectation = factories.expectation("va-vha", quarter)
    people.reporter(expectation.hisp)
    return expectation


def kinds():
    return list(Mail.objects.exclude(kind="digest").order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("left", "kind"),
    [(15, None), (14, "due_14"), (8, "due_14"), (7, None), (4, None), (3, "due_3"), (1, "due_3"), (0, "due_0")],
)
def test_reminders_go_14_and_3_days_before_and_on_the_day(owed, left, kind):
    remind(DUE - timedelta(days=left))
    assert kinds() == ([kind] if kind else [])


def test_over_the_days_each_reminder_goes_once(owed):
    for left in range(20, -5, -1):
        remind(DUE - timedelta(days=left))
        remind(DUE - timedelta(days=left))
    assert kinds() == ["due_14", "due_3", "due_0", "overdue"]


def test_a_reminder_says_how_many_days_are_left_and_what_to_do(owed, settings):
    settings.SITE_URL = "https://hisp.example.gov"
    remind(DUE - timedelta(days=13))
    mail = Mail.objects.get()
    assert mail.subject == "FY2021 Q3: figures of Provider va-vha are due in 13 days"
    assert "They have not come yet." in mail.body
    assert "By when: Friday, July 30, 2021, 11:59 PM EDT (US Eastern)." in mail.body
    assert "https://hisp.example.gov/reporting/va-vha/2021-q3/" in mail.body


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "withdrawn"])
def test_who_sent_figures_is_not_reminded(owed, state):
    factories.submission(owed.hisp, owed.quarter, state=state)
    remind(DUE)
    assert kinds() == []


@pytest.mark.parametrize(("state", "words"), [("draft", "it was not submitted"), ("returned", "for changes")])
def test_a_draft_and_a_return_are_reminded_in_their_own_words(owed, state, words):
    factories.submission(owed.hisp, owed.quarter, state=state)
    remind(DUE)
    assert words in Mail.objects.get(kind="due_0").body


def test_who_will_not_report_is_not_reminded(owed):
    Expectation.objects.update(not_reporting=True, not_reporting_reason="No survey.")
    remind(DUE)
    assert kinds() == []


@pytest.mark.parametrize("changes", [{"closed_at": timezone.now()}, {"opened_at": None}])
def test_only_open_quarters_are_reminded_of(owed, changes):
    type(owed.quarter).objects.update(**changes)
    remind(DUE)
    assert kinds() == []


def test_an_extension_moves_the_reminders_of_that_hisp_and_begins_them_anew(owed, quarter):
    other = factories.expectation("ssa-oo", quarter)
    people.reporter(other.hisp)
    remind(DUE - timedelta(days=3))
    Expectation.objects.filter(pk=owed.pk).update(
        extended_to=end_of_day_eastern(DUE + timedelta(days=14)), extension_reason="Flood."
    )
    remind(DUE)
    remind(DUE + timedelta(days=11))
    mine = Mail.objects.filter(hisp=owed.hisp).order_by("pk")
    assert [mail.kind for mail in mine] == ["due_3", "due_14", "due_3"]
    assert "August 13, 2021, 11:59 PM EDT" in mine.last().body
    assert list(Mail.objects.filter(hisp=other.hisp).order_by("pk").values_list("kind", flat=True)) == [
        "due_3",
        "due_0",
        "overdue",
    ]


@pytest.mark.parametrize(
    ("now", "due_day", "kind"),
    [
        # The clocks go forward on March 10, 2024: 23:59 EDT is 03:59 UTC of the next day.
        ("2024-03-11T03:30:00+00:00", date(2024, 3, 10), "due_0"),
        ("2024-03-11T04:30:00+00:00", date(2024, 3, 10), "overdue"),
        ("2024-03-10T04:30:00+00:00", date(2024, 3, 10), "due_3"),  # 23:30 EST on March 9
        ("2024-03-10T05:30:00+00:00", date(2024, 3, 10), "due_0"),  # 00:30 EST
        # The clocks go back on November 3, 2024: 23:59 EST is 04:59 UTC of the next day.
        ("2024-11-04T04:30:00+00:00", date(2024, 11, 3), "due_0"),
        ("2024-11-04T05:30:00+00:00", date(2024, 11, 3), "overdue"),
        ("2024-11-03T03:30:00+00:00", date(2024, 11, 3), "due_3"),  # 23:30 EDT on November 2
        ("2024-11-03T05:30:00+00:00", date(2024, 11, 3), "due_0"),  # 01:30 EDT
        ("2024-11-03T06:30:00+00:00", date(2024, 11, 3), "due_0"),  # 01:30 EST, an hour later
    ],
)
def test_days_are_counted_in_eastern_time_on_the_nights_the_clocks_change(owed, time_machine, now, due_day, kind):
    Expectation.objects.update(extended_to=end_of_day_eastern(due_day), extension_reason="Flood.")
    time_machine.move_to(datetime.fromisoformat(now))
    remind()
    assert kinds() == [kind]


@pytest.mark.parametrize("due_day", [date(2024, 3, 10), date(2024, 11, 3)])
def test_fourteen_days_before_a_night_the_clocks_change_is_fourteen_days_of_the_calendar(owed, due_day, time_machine):
    Expectation.objects.update(extended_to=end_of_day_eastern(due_day), extension_reason="Flood.")
    time_machine.move_to(datetime.fromisoformat(f"{due_day - timedelta(days=14)}T12:00:00+00:00"))
    remind()
    assert Mail.objects.get(kind="due_14").subject.endswith("are due in 14 days")


def test_reviewers_get_one_digest_a_day_and_reporters_none(owed):
    reviewers = [people.reviewer(), people.reviewer()]
    factories.submission(owed.hisp, owed.quarter, state="submitted")
    late = factories.expectation("ssa-oo", owed.quarter)
    for _ in range(2):
        remind(DUE + timedelta(days=1))
    digests = Mail.objects.filter(kind="digest")
    assert {mail.person for mail in digests} == set(reviewers)
    assert digests.count() == 2
    assert digests[0].subject == "Review desk, July 31, 2021: 1 to review, 1 overdue"
    assert "- Provider va-vha, FY2021 Q3, revision 1, since July 29, 2021\n" in digests[0].body
    assert f"- {late.hisp}, FY2021 Q3, was due on July 30, 2021\n" in digests[0].body


def test_administrators_get_one_digest_with_what_waits_for_them(owed):
    administrator = people.administrator()
    administrator.groups.add(people.reviewer().groups.get())  # one digest, whatever tasks she has
    approved = factories.submission(owed.hisp, owed.quarter, state="approved")
    comments.say(approved, by=people.reporter(owed.hisp), text="We were closed in May.")
    AccessRequest.objects.create(
        name="Sam", email="sam@va.gov", hisp=owed.hisp, expires_at=timezone.now(), confirmed_at=timezone.now()
    )
    now = timezone.now()
    lost = {"kind": "due_3", "to": "gone@va.gov", "attempts": 2, "last_error": "TimeoutError: timed out"}
    Mail.objects.create(key="1", **lost)
    Mail.objects.create(key="2", **{**lost, "to": "old@va.gov"}, created_at=now - timedelta(days=9))
    Mail.objects.create(key="3", **{**lost, "to": "back@va.gov", "last_error": TAKEN_BACK})
    remind()
    mail = Mail.objects.get(kind="administrators_digest")
    assert not Mail.objects.filter(kind="digest", person=administrator).exists()
    assert mail.person == administrator
    assert mail.subject.endswith(": 1 to answer, 1 to publish, 1 asking for access, 1 unsent")
    assert "- Sam (sam@va.gov) for Provider va-vha\n" in mail.body
    assert "- To gone@va.gov: TimeoutError: timed out\n" in mail.body
    assert "old@va.gov" not in mail.body
    assert "back@va.gov" not in mail.body
    reviewers = Mail.objects.get(kind="digest").body
    assert "- Provider va-vha, FY2021 Q3, the whole, since " in reviewers
    assert "sam@va.gov" not in reviewers


def test_no_digest_when_nothing_waits(owed):
    people.reviewer()
    remind(DUE - timedelta(days=30))
    assert not Mail.objects.exists()


def test_a_long_digest_says_how_many_more_there_are(quarter):
    people.reviewer()
    for number in range(33):
        factories.expectation(f"va-h{number:02}", quarter)
    remind(DUE + timedelta(days=1))
    assert "- and 3 more\n" in Mail.objects.get().body


def test_reminding_takes_as_many_queries_for_many_hisps(owed, quarter, django_assert_max_num_queries):
    for number in range(40):
        people.reporter(factories.expectation(f"va-h{number:02}", quarter).hisp)
    with django_assert_max_num_queries(14):
        remind(DUE)
    assert len(kinds()) == 41


def test_the_command_says_how_many_it_wrote(owed, capsys, time_machine):
    time_machine.move_to(datetime(2021, 7, 30, 12, tzinfo=UTC))
    call_command("remind")
    call_command("remind")
    assert capsys.readouterr().out.startswith("1 mails were written; send_mail sends them.\n0 mails")
