"""Every act writes exactly one event, in its own transaction; nothing else writes any."""

import re
from contextlib import contextmanager, suppress
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from reporting import events, quarters, review
from reporting.fiscal import FiscalQuarter
from reporting.intake import receive
from reporting.models import Event, Expectation, Quarter, Submission, Upload
from tests import factories, people

State = Submission.State
ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {"reporting/management/commands/send_mail.py"}  # another Event, of threading


@pytest.fixture
def hisp():
    made = factories.hisp("va-vha")
    factories.designation(made)
    return made


@pytest.fixture
def quarter(hisp):
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


@contextmanager
def no_event_can_be_written():
    """The database refuses every new event."""
    refuse = {
        "sqlite": ["CREATE TRIGGER full_disk BEFORE INSERT ON reporting_event BEGIN SELECT RAISE(ABORT, 'full'); END"],
        "postgresql": [
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$",
            "CREATE TRIGGER full_disk BEFORE INSERT ON reporting_event FOR EACH ROW EXECUTE FUNCTION full_disk()",
        ],
    }
    with connection.cursor() as cursor:
        for statement in refuse[connection.vendor]:
            cursor.execute(statement)
    yield


def in_state(state):
    def given(hisp, quarter):
        return factories.submission(hisp, quarter, state=state)

    return given


def expectation(hisp, quarter, **fields):
    Expectation.objects.filter(hisp=hisp, quarter=quarter).update(**fields)
    return Expectation.objects.get(hisp=hisp, quarter=quarter)


def closed(hisp, quarter):
    quarter.closed_at = timezone.now()
    quarter.save()
    return quarter


def send(data):
    return lambda place, by: receive(data, "a.xlsx", hisp=place.hisp, quarter=place.quarter, by=by)


# name of the event -> what it needs, who acts, the act
ACTS = {
    "submit": (in_state(State.DRAFT), "reporter", lambda s, by: review.submit(s, by=by)),
    "recall": (in_state(State.SUBMITTED), "reporter", lambda s, by: review.recall(s, by=by)),
    "begin_review": (in_state(State.SUBMITTED), "reviewer", lambda s, by: review.begin_review(s, by=by)),
    "approve": (in_state(State.SUBMITTED), "reviewer", lambda s, by: review.approve(s, by=by)),
    "return": (
        in_state(State.SUBMITTED),
        "reviewer",
        lambda s, by: review.return_for_changes(s, by=by, reason="Look again."),
    ),
    "override_indicator": (
        in_state(State.SUBMITTED),
        "reviewer",
        lambda s, by: review.override_indicator(s, by=by, indicator="yellow", reason="By letter."),
    ),
    "publish": (in_state(State.APPROVED), "administrator", lambda s, by: review.publish(s, by=by)),
    "withdraw": (
        in_state(State.PUBLISHED),
        "administrator",
        lambda s, by: review.withdraw(s, by=by, reason="Counted twice."),
    ),
    "upload_rejected": (expectation, "reporter", send(b"not a workbook")),
    "open_quarter": (
        lambda hisp, quarter: None,
        "administrator",
        lambda _, by: quarters.open_quarter(FiscalQuarter(2021, 3), by=by),
    ),
    "close_quarter": (lambda hisp, q: q, "administrator", lambda q, by: quarters.close_quarter(q, by=by)),
    "reopen_quarter": (
        closed,
        "administrator",
        lambda q, by: quarters.reopen_quarter(q, by=by, reason="A late one."),
    ),
    "extend": (
        expectation,
        "administrator",
        lambda e, by: quarters.extend(e, by=by, to=date(2021, 8, 15), reason="Flood."),
    ),
    "mark_not_reporting": (
        expectation,
        "administrator",
        lambda e, by: quarters.mark_not_reporting(e, by=by, reason="No survey."),
    ),
    "expect_again": (
        lambda hisp, quarter: expectation(hisp, quarter, not_reporting=True, not_reporting_reason="No survey."),
        "administrator",
        lambda e, by: quarters.expect_again(e, by=by, reason="There was one."),
    ),
}
MAKERS = {
    "reporter": lambda hisp: people.reporter(hisp),
    "reviewer": lambda hisp: people.reviewer(),
    "administrator": lambda hisp: people.administrator(),
}


def everything():
    """What acts may change, as it stands."""
    models = (Submission, Quarter, Expectation, Upload)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACTS)
def test_each_act_writes_exactly_one_event(name, hisp, quarter):
    given, role, act = ACTS[name]
    thing, maker = given(hisp, quarter), MAKERS[role](hisp)
    act(thing, maker)
    event = Event.objects.get()
    assert (event.transition, event.by) == (name, maker)
    assert event.before != event.after
    assert events.verify().is_whole


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACTS)
def test_an_act_whose_event_cannot_be_written_did_not_happen(name, hisp, quarter):
    given, role, act = ACTS[name]
    thing, maker = given(hisp, quarter), MAKERS[role](hisp)
    before = everything()
    with no_event_can_be_written(), pytest.raises(DatabaseError, match="full"), transaction.atomic():
        act(thing, maker)
    assert everything() == before
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_act_is_undone_without_its_event_even_when_somebody_catches_the_error(quarter):
    with no_event_can_be_written(), transaction.atomic():
        Quarter.objects.filter(pk=quarter.pk).update(closed_at=timezone.now())
        with suppress(DatabaseError):
            events.record("close_quarter", quarter=quarter)
    quarter.refresh_from_db()
    assert quarter.closed_at is None


@pytest.mark.django_db
def test_a_step_keeps_what_it_changed(hisp, quarter):
    submission, reviewer = factories.submission(hisp, quarter, state=State.SUBMITTED), people.reviewer()
    review.approve(submission, by=reviewer)
    event = Event.objects.get()
    assert event.before == {
        "state": "submitted",
        "lock_version": 0,
        "reviewed_at": None,
        "reviewed_by": None,
        "review_begun_at": None,
    }
    assert (event.after["state"], event.after["lock_version"]) == ("approved", 1)
    assert event.after["reviewed_by"] == reviewer.pk


@pytest.mark.django_db
def test_a_refused_file_that_is_sent_again_writes_no_second_event(hisp, quarter):
    reporter = people.reporter(hisp)
    for _ in range(3):
        receive(b"not a workbook", "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    event = Event.objects.get()
    assert (event.transition, event.hisp, event.quarter, event.submission) == ("upload_rejected", hisp, quarter, None)
    assert event.after == {"upload": Upload.objects.get().pk, "problems": {"error": 1, "explain": 0, "note": 0}}


@pytest.mark.django_db
def test_an_event_knows_the_request_that_made_it(client, hisp, quarter):
    client.force_login(people.reporter(hisp))
    file = SimpleUploadedFile("a.xlsx", b"not a workbook")
    address = reverse("reporting:upload", args=["va-vha", quarter.fiscal])
    response = client.post(address, {"workbook": file}, REMOTE_ADDR="203.0.113.7")
    event = Event.objects.get(transition="upload_rejected")
    assert (event.request_id, event.address) == (response["X-Request-ID"], "203.0.113.7")


@pytest.mark.django_db
@pytest.mark.parametrize("files", [[], [b"x" * (5 * 1024 * 1024 + 1)], [b"one", b"two"]], ids=["none", "large", "two"])
def test_what_is_no_file_at_all_is_turned_away_with_one_event(client, hisp, quarter, files):
    client.force_login(people.reporter(hisp))
    sent = [SimpleUploadedFile(f"{number}.xlsx", data) for number, data in enumerate(files)]
    response = client.post(reverse("reporting:upload", args=["va-vha", quarter.fiscal]), {"workbook": sent})
    event = Event.objects.get(transition="upload_rejected")
    assert (event.hisp, event.quarter) == (hisp, quarter)
    assert event.note in unescape(response.content.decode())
    assert not Upload.objects.exists()


def test_nobody_else_writes_an_event():
    """What makes an event outside of reporting.events has no place in the chain."""
    makes = re.compile(r"\bEvent\(|\bEvent\.objects\.(\w*create|update)|\bevents\.(\w*create)\(")
    files = [path for room in ("hisps", "reporting", "dashboards", "config") for path in (ROOT / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if makes.search(path.read_text(encoding="utf-8"))}
    assert found - ALLOWED == {"reporting/events.py", "reporting/models/events.py"}
