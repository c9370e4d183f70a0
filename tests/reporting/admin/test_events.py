"""The log at the desk: who reads what of it, what a file of it holds, and that nobody changes it."""

import csv
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import events, review
from reporting.models import Event
from tests import factories, people
from tests.reporting.test_log import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter():
    return factories.quarter()


def page(name="changelist", *args):
    return reverse(f"admin:reporting_event_{name}", args=args)


def signed_in(client, user):
    client.force_login(user)
    return client


def text(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def lines(client, query=""):
    """The acts of the export, as JSON lines."""
    answer = text(client.get(page("export", "jsonl") + query))
    return [json.loads(line) for line in answer.splitlines()]


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
def test_nobody_adds_changes_or_deletes(client, quarter, make):
    user = make()
    event = events.record("close_quarter", quarter=quarter, by=user)
    signed_in(client, user)
    assert client.get(page("change", event.pk)).status_code == 200
    assert client.post(page("change", event.pk), {"note": "x"}).status_code == 403
    assert client.post(page("add"), {"note": "x"}).status_code == 403
    assert client.post(page("delete", event.pk), {"post": "yes"}).status_code == 403
    assert client.post(page("export", "csv")).status_code == 405
    assert client.post(page("check")).status_code == 405
    assert Event.objects.get(pk=event.pk).note == ""


def test_reviewer_reads_own_acts_and_administrator_all(client):
    reviewer, other = people.reviewer(), people.reviewer()
    submitted = factories.submission(state="submitted")
    review.begin_review(submitted, by=reviewer)
    review.approve(submitted, by=other)
    mine = signed_in(client, reviewer).get(page()).context["cl"].result_list
    assert [event.transition for event in mine] == ["sign_in", "begin_review"]
    assert client.get(page("change", Event.objects.get(by=other).pk)).status_code == 302
    assert {line["names"]["by"] for line in lines(client)} == {reviewer.username}
    every = signed_in(client, people.administrator()).get(page()).context["cl"].result_list
    assert {event.transition for event in every} == {"sign_in", "begin_review", "approve"}


def test_reporter_and_stranger_reach_nothing_of_it(client, quarter):
    addresses = [page(), page("check"), page("export", "csv")]
    assert {client.get(address).status_code for address in addresses} == {302}
    signed_in(client, people.reporter(factories.hisp()))
    assert {client.get(address).status_code for address in addresses} == {403}


def test_an_event_shows_what_it_changed_in_words(client):
    submitted = factories.submission(state="submitted")
    review.approve(submitted, by=people.reviewer())
    shown = text(signed_in(client, people.administrator()).get(page("change", Event.objects.first().pk)))
    assert "Approved" in shown
    assert "<td>submitted</td><td>approved</td>" in shown
    assert Event.objects.first().hash in shown


def test_every_filter_has_words(client, quarter):
    events.record("close_quarter", quarter=quarter)
    shown = text(signed_in(client, people.administrator()).get(page()))
    assert ">No quarter</a>" in shown
    assert ">Quarter closed</a>" in shown


def test_the_export_holds_what_the_list_shows_with_its_filters(client, quarter):
    for transition in ("close_quarter", "reopen_quarter", "close_quarter"):
        events.record(transition, quarter=quarter)
    signed_in(client, people.administrator())
    acts = [line["facts"]["transition"] for line in lines(client, "?transition=close_quarter")]
    assert acts == ["close_quarter", "close_quarter"]
    assert "export/csv/?transition=close_quarter" in text(client.get(page() + "?transition=close_quarter"))
    assert client.get(page("export", "csv") + "?nothing=1").status_code == 400
    assert client.get(page("export", "xml")).status_code == 404


def test_a_spreadsheet_runs_nothing_of_the_export(client, quarter):
    events.record("reopen_quarter", quarter=quarter, note="=HYPERLINK(1)", by=people.person(username="+ada"))
    signed_in(client, people.administrator())
    row = next(csv.DictReader(text(client.get(page("export", "csv"))).splitlines()))
    assert (row["note"], row["by"]) == ("'=HYPERLINK(1)", "'+ada")


@pytest.mark.parametrize(
    ("make", "status"), [(people.reviewer, 403), (people.administrator, 200), (people.superuser, 200)]
)
def test_administrators_check_the_log(client, quarter, make, status):
    user = make()
    event = events.record("close_quarter", quarter=quarter)
    signed_in(client, user)
    assert client.get(page("check")).status_code == status
    assert ("Check the log" in text(client.get(page()))) == (status == 200)
    if status == 200:
        assert "The log is whole: 2 events" in text(client.get(page("check")))
        assert "The log is whole: 2 events" in text(client.get(page("check") + f"?head={event.hash}"))


def test_the_check_names_what_is_broken_and_what_is_missing(client, quarter):
    signed_in(client, people.administrator())
    event = events.record("close_quarter", quarter=quarter)
    assert "its end was cut off" in text(client.get(page("check") + f"?head={'a' * 64}"))
    assert client.get(page("check") + "?head=nonsense").status_code == 422
    with without_triggers():
        Event.objects.filter(pk=event.pk).update(note="Rewritten.")
    shown = text(client.get(page("check")))
    assert f"Event {event.pk} " in shown
    assert "changed afterwards" in shown
    assert page("change", event.pk) in shown


def test_the_list_needs_as_many_queries_for_many_as_for_few(client, quarter):
    signed_in(client, people.administrator())
    hisp, person = factories.hisp(), people.person()

    def queries(number: int) -> int:
        events.record_all(
            [events.event("close_quarter", quarter=quarter, hisp=hisp, by=person) for _ in range(number)]
        )
        with CaptureQueriesContext(connection) as captured:
            client.get(page())
        return len(captured)

    assert queries(2) == queries(30)


def test_the_log_names_people_and_falls_back_to_the_username(client):
    for fields in ({"first_name": "Rosa", "last_name": "Lopez", "username": "rosa1"}, {"username": "nameless"}):
        events.record("sign_in", by=people.person(**fields))
    events.record("sign_in_failed")
    client.force_login(people.administrator())
    shown = client.get(reverse("admin:reporting_event_changelist")).content.decode()
    assert 'class="field-who">Rosa Lopez<' in shown
    assert 'class="field-who">nameless<' in shown
    assert "rosa1" not in shown
