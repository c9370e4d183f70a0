"""What may be done only so often: counted for one person, forgotten in time, and never against somebody else."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reporting import limits
from reporting.fiscal import FiscalQuarter
from reporting.limits import Limit
from reporting.models import Attempt
from tests import factories, people

pytestmark = pytest.mark.django_db
TWO_AN_HOUR = Limit("test", 2, timedelta(hours=1))
PASSWORD = "a long passphrase"


def test_one_too_many_is_told_when_the_first_no_longer_counts():
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert limits.take(TWO_AN_HOUR, "pat") is None
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        assert limits.take(TWO_AN_HOUR, "pat") is None
        assert limits.take(TWO_AN_HOUR, "pat") == now + timedelta(hours=1)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert limits.take(TWO_AN_HOUR, "pat") is None


def test_who_is_refused_does_not_wait_longer_for_asking_again():
    first = [limits.take(TWO_AN_HOUR, "pat") for _ in range(3)][-1]
    assert [limits.take(TWO_AN_HOUR, "pat") for _ in range(5)] == [first] * 5


def test_others_and_other_things_are_counted_for_themselves():
    for _ in range(3):
        limits.take(TWO_AN_HOUR, "pat")
    assert limits.take(TWO_AN_HOUR, "robin") is None
    assert limits.take(Limit("other", 2, timedelta(hours=1)), "pat") is None


def test_what_no_longer_counts_is_not_kept_and_names_are_not_kept_at_all():
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        limits.take(TWO_AN_HOUR, "pat")
    limits.take(TWO_AN_HOUR, "robin")
    assert [("robin" in attempt.key, len(attempt.key)) for attempt in Attempt.objects.all()] == [(False, 64)]


def test_the_moment_is_rounded_up_so_that_it_is_not_too_early():
    assert limits.in_words(timezone.make_aware(timezone.datetime(2026, 5, 4, 15, 41, 1))) == "at 3:42 PM Eastern"


def test_limits_are_those_of_the_matrix():
    assert (settings.UPLOADS_PER_HOUR, settings.BAD_SIGN_INS) == (30, 5)


def test_posts_without_a_usable_file_are_counted_too(client, settings):
    settings.UPLOADS_PER_HOUR = 2
    hisp = factories.hisp()
    factories.expectation(hisp, "2021-q2")
    client.force_login(people.reporter(hisp))
    address = reverse("reporting:upload", args=[hisp.slug, FiscalQuarter.parse("2021-q2")])
    assert [client.post(address).status_code for _ in range(4)] == [400, 400, 429, 429]
    assert hisp.events.count() == 2


def sign_in(client, person, password, address="192.0.2.1"):
    who = {"username": person.username, "password": password}
    return client.post(reverse("login"), who, REMOTE_ADDR=address)


def test_sixth_bad_password_is_answered_with_when_to_try_again(client):
    person = people.person()
    answers = [sign_in(client, person, "a guess") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 900
    assert "Too many attempts to sign in as this user. Try again at" in answers[-1].content.decode()


def test_right_password_is_not_looked_at_either_until_time_has_passed(client):
    person = people.person()
    for _ in range(6):
        sign_in(client, person, "a guess")
    assert sign_in(client, person, PASSWORD).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=15)):
        assert sign_in(client, person, PASSWORD).status_code == 302


def test_guessing_from_elsewhere_locks_nobody_out(client):
    person = people.person()
    for _ in range(6):
        sign_in(client, person, "a guess", "198.51.100.7")
    assert sign_in(client, person, PASSWORD).status_code == 302


def test_guessing_from_many_addresses_ends_too(client):
    person = people.person()
    answers = [sign_in(client, person, "a guess", f"198.51.100.{n}").status_code for n in range(51)]
    assert answers == [200] * 50 + [429]


def test_case_of_the_name_makes_no_new_guesses(client):
    for name in ("pat", "Pat", "PAT", " pat", "pAt"):
        client.post(reverse("login"), {"username": name, "password": "a guess"})
    assert client.post(reverse("login"), {"username": "paT", "password": "a guess"}).status_code == 429


def test_no_spelling_that_django_takes_for_the_same_name_makes_new_guesses(client):
    people.person(username="pat")
    for name in ("pat", "\uff50at", "p\uff41t", "pa\uff54", "\uff30\uff21\uff34"):
        client.post(reverse("login"), {"username": name, "password": "a guess"})
    assert client.post(reverse("login"), {"username": "pat", "password": PASSWORD}).status_code == 429


def test_signing_in_forgets_the_wrong_passwords(client):
    person = people.person()
    for _ in range(2):
        assert [sign_in(client, person, "a guess").status_code for _ in range(4)] == [200] * 4
        assert sign_in(client, person, PASSWORD).status_code == 302
    assert not Attempt.objects.exists()
