"""The log in the database: it cannot be changed, and where it was, checking finds it."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Barrier
from threading import Event as Moment
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reporting import events, quarters, review, triggers
from reporting.models import Event, Submission
from tests import factories, people

State = Submission.State


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


@pytest.fixture
def quarter():
    return factories.quarter("2021-q2")


@contextmanager
def without_triggers():
    """As somebody who may change the database itself."""
    connection.check_constraints()  # PostgreSQL alters no table with checks outstanding
    triggers.remove(apps, SimpleNamespace(connection=connection))
    yield
    connection.check_constraints()
    triggers.install(apps, SimpleNamespace(connection=connection))


@pytest.mark.django_db
def test_tampering_is_found_and_named(quarter):
    for note in ("one", "two", "three"):
        events.record("reopen_quarter", quarter=quarter, note=note)
    second = Event.objects.all()[1]
    with without_triggers():
        Event.objects.filter(pk=second.pk).update(note="Rewritten.")
    verdict = events.verify()
    assert (verdict.broken, verdict.count) == (second, 1)
    assert events.sentence(verdict).startswith(f"Event {second.pk} (reopen_quarter at ")


@pytest.mark.django_db
@pytest.mark.parametrize("field", [f.name for f in Event._meta.concrete_fields if f.name not in ("id", "hash")])
def test_every_field_is_sealed(field, hisp, quarter):
    submission = factories.submission(hisp, quarter)
    changes = {
        "quarter": factories.quarter("2021-q3"),
        "hisp": factories.hisp("ssa-oo"),
        "submission": submission,
        "by": people.person(),
        "at": timezone.now(),
        "address": "203.0.113.8",
        "before": {"state": "draft"},
        "after": {"state": "draft"},
    }
    events.record("close_quarter", quarter=quarter)
    with without_triggers():
        Event.objects.update(**{field: changes.get(field, "x")})
    assert not events.verify().is_whole


@pytest.mark.django_db
def test_a_removed_event_and_a_cut_off_end_are_found(quarter):
    for note in ("one", "two", "three"):
        events.record("reopen_quarter", quarter=quarter, note=note)
    head, (_, second, third) = events.head(), Event.objects.all()
    with without_triggers():
        third.delete()
        assert events.verify().is_whole
        assert not events.verify(head).is_whole
        assert "cut off" in events.sentence(events.verify(head))
        Event.objects.filter(pk=second.pk - 1).delete()
        assert events.verify().broken == second


@pytest.mark.django_db
@pytest.mark.parametrize("previous", ["", "0" * 64, "itself"])
def test_the_database_refuses_an_event_that_does_not_follow_the_last_one(quarter, previous):
    events.record("close_quarter", quarter=quarter)
    events.record("reopen_quarter", quarter=quarter)
    stray = events.event("close_quarter", quarter=quarter)
    stray.follow(Event.objects.all()[0].hash if previous == "itself" else previous)
    with pytest.raises(DatabaseError), transaction.atomic():
        stray.save()


@pytest.mark.django_db
def test_the_whole_log_cannot_be_emptied_at_once(quarter):
    events.record("close_quarter", quarter=quarter)
    connection.check_constraints()
    empty = {"postgresql": "TRUNCATE reporting_event", "sqlite": "DELETE FROM reporting_event"}[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)


@pytest.mark.django_db
def test_words_in_any_script_and_json_come_back_as_they_were_sealed(hisp):
    values = {
        "text": '“Größe” 統計 🙂 \\ " / \u2028',
        "number": 2**53 + 1,
        "none": None,
        "yes": True,
        "list": [1, "a"],
    }
    events.record("change_account", hisp=hisp, note=values["text"], before={}, after=values)
    assert Event.objects.get().after == values
    assert events.verify().is_whole


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::7", "::1", "::203.0.113.7", None])
def test_every_kind_of_address_comes_back_as_it_was_sealed(address, monkeypatch):
    monkeypatch.setattr(events.origin, "current", lambda: events.origin.Origin("id", address))
    events.record("sign_in")
    assert events.verify().is_whole


@pytest.mark.django_db
def test_a_clock_that_is_set_back_breaks_nothing(quarter, monkeypatch):
    events.record("close_quarter", quarter=quarter)
    earlier = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(events.timezone, "now", lambda: earlier)
    events.record("reopen_quarter", quarter=quarter)
    assert events.verify().is_whole
    assert [event.transition for event in Event.objects.all()] == ["close_quarter", "reopen_quarter"]


@pytest.mark.django_db
def test_checking_holds_no_more_than_a_block_in_memory(quarter):
    def peak(extra: int) -> int:
        events.record_all([events.event("close_quarter", quarter=quarter, note="x" * 500) for _ in range(extra)])
        tracemalloc.start()
        assert events.verify().is_whole
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small, large = peak(2000), peak(6000)
    assert large < small * 1.5


@pytest.mark.django_db
def test_writing_many_events_takes_as_few_queries_as_writing_few(quarter, django_assert_max_num_queries):
    for number in (1, 100):
        with django_assert_max_num_queries(4 + number // 50):
            events.record_all([events.event("close_quarter", quarter=quarter) for _ in range(number)])


# At once


@pytest.mark.django_db(transaction=True)
def test_twenty_acts_at_once_make_one_chain():
    at_once = 20
    quarter, other = (factories.quarter(slug, opened_at=timezone.now()) for slug in ("2021-q2", "2021-q3"))
    submissions = [factories.submission(f"va-{n}", quarter, state=State.SUBMITTED) for n in range(at_once - 4)]
    owed = [factories.expectation(f"va-{n}", quarter) for n in range(3)]
    reviewer, administrator = people.reviewer(), people.administrator()
    start = Barrier(at_once)

    def act(number: int) -> None:
        start.wait()
        try:
            if number < len(submissions):
                review.approve(submissions[number], by=reviewer)
            elif number < at_once - 1:
                quarters.extend(
                    owed[number - len(submissions)], by=administrator, to=date(2021, 8, 1), reason="Flood."
                )
            else:
                quarters.close_quarter(other, by=administrator)
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(act, range(at_once)))
    verdict = events.verify()
    assert (verdict.is_whole, verdict.count) == (True, at_once)


@pytest.mark.django_db(transaction=True)
def test_an_act_upon_a_quarter_and_one_in_it_never_wait_for_each_other():
    """One holds the chain and points to the quarter, the other holds the quarter and waits for the chain."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    submission = factories.submission("va-vha", quarter, state=State.SUBMITTED)
    reviewer, administrator = people.reviewer(), people.administrator()
    holds_the_chain, wants_the_chain = Moment(), Moment()

    def approve() -> None:
        try:
            with transaction.atomic():
                review.approve(submission, by=reviewer)
                holds_the_chain.set()
                if connection.vendor == "postgresql":  # on SQLite nobody else gets that far
                    wants_the_chain.wait(20)
        finally:
            connection.close()

    def close() -> None:
        holds_the_chain.wait(20)
        try:
            with connection.execute_wrapper(noticed):
                quarters.close_quarter(quarter, by=administrator)
        finally:
            connection.close()

    def noticed(execute, sql, params, many, context):
        if "advisory" in sql:
            wants_the_chain.set()
        return execute(sql, params, many, context)

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(approve), pool.submit(close)]:
            act.result()
    assert [event.transition for event in Event.objects.all()] == ["approve", "close_quarter"]
