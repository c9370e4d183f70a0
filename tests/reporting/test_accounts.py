"""Signing in is in the log, and so is failing to."""

import pytest
from django.urls import reverse

from reporting.models import Event
from tests import people

pytestmark = pytest.mark.django_db


def sign_in(client, username, password):
    return client.post(reverse("login"), {"username": username, "password": password}, REMOTE_ADDR="203.0.113.7")


def test_signing_in_is_an_event(client):
    person = people.person()
    response = sign_in(client, person.username, "a long passphrase")
    event = Event.objects.get()
    assert (event.transition, event.by, event.address) == ("sign_in", person, "203.0.113.7")
    assert event.request_id == response["X-Request-ID"]


def test_a_wrong_password_is_an_event_that_names_the_account(client):
    person = people.person()
    sign_in(client, person.username, "a wrong passphrase")
    event = Event.objects.get()
    assert (event.transition, event.by, event.note) == ("sign_in_failed", None, person.username)
    assert "wrong passphrase" not in str(vars(event))


def test_what_was_typed_in_place_of_a_name_is_not_kept(client):
    sign_in(client, "my secret passphrase", "x")
    assert "my secret passphrase" not in str(vars(Event.objects.get()))


def test_changing_ones_own_password_is_an_event_and_a_mistyped_change_is_none(client):
    person = people.reviewer()
    client.force_login(person)
    new = {"new_password1": "another passphrase", "new_password2": "another passphrase"}
    for old in ("mistyped", "a long passphrase"):
        client.post(reverse("password_change"), {"old_password": old, **new})
    event = Event.objects.exclude(transition="sign_in").get()
    assert (event.transition, event.by, event.note) == ("change_password", person, person.username)
