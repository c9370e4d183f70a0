"""What an administrator does to accounts and memberships is in the log, with what it was before."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from hisps.models import Membership
from hisps.roles import REVIEWER
from reporting import outbox
from reporting.models import Event, Mail
from tests import factories, people
from tests.reporting.test_events import no_event_can_be_written

pytestmark = pytest.mark.django_db

SIGN_IN = {"sign_in"}


@pytest.fixture
def administrator(client):
    user = people.administrator()
    client.force_login(user)
    return user


def page(model, name, *args):
    app = "auth" if model == "user" else "hisps"
    return reverse(f"admin:{app}_{model}_{name}", args=args)


def account(person, **changes):
    """What the form of a person sends."""
    words = {name: getattr(person, name) for name in ("username", "first_name", "last_name", "email")}
    fields = {**words, "is_active": person.is_active, "groups": [g.pk for g in person.groups.all()], **changes}
    return {name: value for name, value in fields.items() if value is not False}


def written() -> Event:
    """The one event beside the signing in."""
    return Event.objects.exclude(transition="sign_in").get()


@pytest.mark.parametrize(
    ("changes", "act", "before", "after"),
    [
        ({"first_name": "Vera"}, "change_account", {"first_name": ""}, {"first_name": "Vera"}),
        ({"is_active": False}, "deactivate", {"is_active": True}, {"is_active": False}),
    ],
)
def test_a_changed_account_is_one_event_with_what_changed(client, administrator, changes, act, before, after):
    person = people.person()
    assert client.post(page("user", "change", person.pk), account(person, **changes)).status_code == 302
    event = written()
    assert (event.transition, event.by, event.note) == (act, administrator, person.username)
    assert (event.before, event.after) == (before, after)


def test_an_address_that_is_changed_is_told_to_the_former_one(client, administrator):
    person = people.person(email="rosa@old.example.gov", username="rosa")
    client.post(page("user", "change", person.pk), account(person, email="eve@example.gov"))
    mail = Mail.objects.get(kind="address_changed")
    assert (mail.to, mail.person) == ("rosa@old.example.gov", None)
    assert "account rosa" in mail.body
    assert "eve@example.gov" not in mail.body
    outbox.try_again(mail)
    mail.refresh_from_db()
    assert mail.to == "rosa@old.example.gov"


def test_a_first_address_is_told_to_nobody(client, administrator):
    person = people.person()
    client.post(page("user", "change", person.pk), account(person, email="rosa@example.gov"))
    assert not Mail.objects.exists()


def test_a_role_that_is_given_is_logged_with_the_roles_before(client, administrator):
    person, reviewers = people.person(), Group.objects.get(name=REVIEWER)
    client.post(page("user", "change", person.pk), account(person, groups=[reviewers.pk]))
    event = written()
    assert event.transition == "change_role"
    assert event.before == {"is_staff": False, "roles": []}
    assert event.after == {"is_staff": True, "roles": [REVIEWER]}


def test_a_superuser_who_makes_a_superuser_is_logged(client):
    person = people.person()
    client.force_login(people.superuser())
    client.post(page("user", "change", person.pk), account(person, is_superuser=True))
    event = written()
    assert (event.transition, event.after["is_superuser"]) == ("grant_superuser", True)


def test_a_form_that_changes_nothing_writes_nothing(client, administrator):
    person = people.person()
    client.post(page("user", "change", person.pk), account(person))
    assert set(Event.objects.values_list("transition", flat=True)) == SIGN_IN


def test_a_new_account_is_logged_without_its_password(client, administrator):
    secret = "a long passphrase"
    fields = {"username": "vera", "usable_password": "true", "password1": secret, "password2": secret}
    client.post(page("user", "add"), fields)
    event = written()
    assert (event.transition, event.note, event.after["username"]) == ("create_account", "vera", "vera")
    assert not any("pass" in name for name in event.after)


def test_a_password_that_is_set_for_another_is_logged(client, administrator):
    person = people.person()
    fields = {"password1": "another passphrase", "password2": "another passphrase", "usable_password": "true"}
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    client.post(address, {**fields, "password2": "mistyped"})
    assert set(Event.objects.values_list("transition", flat=True)) == SIGN_IN
    client.post(address, fields)
    assert (written().transition, written().note) == ("set_password", person.username)
    assert Mail.objects.get().kind == "password_changed"
    assert Mail.objects.get().person == person


def test_a_membership_that_is_given_and_ended_stands_in_the_hisps_timeline(client, administrator):
    person, hisp = people.person(), factories.hisp()
    client.post(page("membership", "add"), {"user": person.pk, "hisp": hisp.pk})
    membership = Membership.objects.get()
    for last_day in ("2021-09-30", "2021-09-30", ""):
        client.post(page("membership", "change", membership.pk), {"last_day": last_day})
    acts = list(hisp.events.values_list("transition", flat=True))
    assert acts == ["give_membership", "end_membership", "resume_membership"]
    ended = hisp.events.all()[1]
    assert (ended.before["last_day"], ended.after["last_day"]) == (None, str(date(2021, 9, 30)))


@pytest.mark.parametrize("act", ["account", "membership", "password"])
def test_nothing_changes_for_a_person_when_the_event_cannot_be_written(client, administrator, act):
    person, hisp = people.person(), factories.hisp()
    passphrase = {"password1": "another passphrase", "password2": "another passphrase", "usable_password": "true"}
    address, fields = {
        "account": (page("user", "change", person.pk), account(person, is_active=False)),
        "membership": (page("membership", "add"), {"user": person.pk, "hisp": hisp.pk}),
        "password": (reverse("admin:auth_user_password_change", args=[person.pk]), passphrase),
    }[act]
    with no_event_can_be_written(), pytest.raises(DatabaseError, match="full"):
        client.post(address, fields)
    stored = User.objects.get(pk=person.pk)
    assert (stored.is_active, stored.password, Membership.objects.exists()) == (True, person.password, False)


def test_a_username_stays_as_it_is(client, administrator):
    person = people.person(username="vera")
    assert client.post(page("user", "change", person.pk), account(person, username="renamed")).status_code == 302
    person.refresh_from_db()
    assert person.username == "vera"


@pytest.fixture
def owed():
    quarter = factories.quarter("2021-q3", opened_at=timezone.now())
    return factories.expectation("va-vha", quarter)


def leave(client, act, person):
    """What the desk says when the person is deactivated, or her membership ends."""
    if act == "account":
        answer = client.post(page("user", "change", person.pk), account(person, is_active=False), follow=True)
    else:
        membership = person.memberships.get()
        sent = {"last_day": "2021-09-30"}
        answer = client.post(page("membership", "change", membership.pk), sent, follow=True)
    return [str(message) for message in answer.context["messages"] if "Nobody reports" in str(message)]


@pytest.mark.parametrize("act", ["account", "membership"])
def test_the_last_reporter_of_an_expected_hisp_does_not_leave_unnoticed(client, administrator, owed, act):
    first, last = people.reporter(owed.hisp), people.reporter(owed.hisp)
    assert leave(client, act, first) == []
    assert leave(client, act, last) == [
        "Nobody reports for Provider va-vha now, and its figures are expected. Invite somebody, or add a membership."
    ]


@pytest.mark.parametrize(
    "what", [{"not_reporting": True, "not_reporting_reason": "No survey."}, {"quarter": "closed"}]
)
def test_nobody_is_missed_where_no_figures_are_expected(client, administrator, owed, what):
    if "quarter" in what:
        type(owed.quarter).objects.update(closed_at=timezone.now() + timedelta(days=1))
    else:
        type(owed).objects.update(**what)
    assert leave(client, "account", people.reporter(owed.hisp)) == []
