"""Every odd request is answered with a sentence, and leaves the figures as they were."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hisps.models import Hisp
from reporting.fiscal import days_late
from reporting.models import Event, Finding, Quarter, Submission, Upload
from reporting.workbook import reader
from tests.corpus.requests import EXPLANATION, REQUESTS, Place, Request, sent_again, to_explain, workbook

AT_ONCE = 20
NEVER = ("Traceback", "site-packages", "SELECT ", "INSERT INTO", "sqlite", "psycopg", str(settings.BASE_DIR))


@pytest.fixture(autouse=True)
def _is_of_this_family(record_property: Callable[[str, object], None]) -> None:
    record_property("family", "K")


@pytest.fixture
def place(hisp: Hisp, quarter: Quarter, reporter: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(hisp, quarter, reporter, monkeypatch)


def told(response: Any) -> str:
    return response.get("Location", "") + unescape(response.content.decode())


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_request_is_answered_and_changes_nothing(
    request_: Request, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    if request_.meanwhile:
        sent = place.form()
        request_.meanwhile(place)
        monkeypatch.setattr(place, "form", lambda **fields: sent | fields)  # the page is older than that
    rows = place.rows()

    response = request_.send(place)

    assert response.status_code == request_.status, told(response)
    assert request_.says in told(response)
    assert not [word for word in NEVER if word in told(response)]
    assert place.rows() == rows
    assert all(name.isprintable() and not {*"/\\"} & {*name} for name in Upload.objects.values_list("name", flat=True))


def test_figures_that_come_after_the_deadline_are_taken_as_late(place: Place) -> None:
    """The deadline passes between the preview and the submission."""
    Quarter.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    assert place.send_form().status_code == 302

    submission = Submission.objects.select_related("quarter").get()
    assert (submission.state, days_late(submission.submitted_at, submission.quarter.due_at)) == ("submitted", 1)


def test_whoever_was_signed_out_lands_on_the_page_of_her_draft(place: Place) -> None:
    place.client.session.delete()

    to_sign_in = place.send_form()
    sign_in = place.client.get(to_sign_in.url)
    place.client.defaults["HTTP_X_CSRFTOKEN"] = place.client.cookies["csrftoken"].value
    who = {"username": place.reporter.username, "password": "a long passphrase"}
    signed_in = place.client.post(to_sign_in.url, who | {"next": sign_in.context["next"]})

    assert "Nothing was sent, because you are no longer signed in." in told(sign_in)
    assert signed_in.url == reverse("reporting:submission", args=[place.draft.pk])
    assert "Check what you are about to submit" in told(place.client.get(signed_in.url))


def test_whoever_was_overtaken_keeps_her_words_and_can_submit_what_she_sees_now(place: Place) -> None:
    sent = place.form()
    sent_again(place)

    refused = place.client.post(place.submit, sent)

    form = refused.context["form"]
    assert refused.status_code == 409
    assert "You changed this submission" in told(refused)
    again = {field.html_name: field.value() or EXPLANATION for field in form}
    assert place.client.post(place.submit, again).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_same_form_sent_twenty_times_at_once_is_submitted_once(place: Place) -> None:
    clients = [place.signed_in(Client()) for _ in range(AT_ONCE)]
    key = place.form()["lock_version"]

    def send(number: int) -> int:
        words = dict.fromkeys((name for name in place.form() if name != "lock_version"), f"Words {number}.")
        return clients[number].post(place.submit, words | {"lock_version": key}).status_code

    answers = all_at_once(send)

    assert sorted(answers) == [302] + [409] * (AT_ONCE - 1)
    assert Event.objects.filter(transition="submit").count() == 1
    winner = f"Words {answers.index(302)}."
    assert {finding.explanation for finding in Finding.objects.filter(severity="explain")} == {winner}


@pytest.mark.django_db(transaction=True)
def test_passwords_tried_twenty_at_once_are_looked_at_five_times(place: Place) -> None:
    clients = [Client() for _ in range(AT_ONCE)]
    who = {"username": place.reporter.username, "password": "a guess"}

    answers = all_at_once(lambda number: clients[number].post(reverse("login"), who).status_code)

    assert sorted(answers) == [200] * 5 + [429] * (AT_ONCE - 5)


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_page_says_when_to_come_back(place: Place) -> None:
    rows, form = place.rows(), place.form()

    with database_down():
        answers = [place.client.get("/"), place.client.get(place.page), place.client.post(place.submit, form)]

    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "60")] * 3
    assert all("does not reach its database" in told(answer) for answer in answers)
    assert not [word for word in NEVER for answer in answers if word in told(answer)]
    assert place.rows() == rows


@pytest.mark.django_db(transaction=True)
def test_database_that_goes_while_a_workbook_is_read_saves_nothing_of_it(place: Place) -> None:
    rows, read = place.rows(), reader.read
    down = database_down()

    def read_and_go(*arguments: Any) -> Any:
        parsed = read(*arguments)
        down.__enter__()
        return parsed

    place.monkeypatch.setattr(reader, "read", read_and_go)
    answer = place.send({"workbook": workbook(to_explain())})
    down.__exit__(None, None, None)

    assert answer.status_code == 503
    assert place.rows() == rows


@contextmanager
def database_down() -> Iterator[None]:
    """Nobody answers where the settings say the database is."""
    former = dict(connection.settings_dict)
    connection.close()
    nowhere = {"NAME": "/nowhere/db.sqlite3"} if connection.vendor == "sqlite" else {"HOST": "127.0.0.1", "PORT": "1"}
    connection.settings_dict.update(nowhere)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(former)


def all_at_once(act: Callable[[int], Any]) -> list[Any]:
    start = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))
