"""Names that were replaced are still found, spellings that differ fit, and memberships end."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from hisps import registry
from hisps.models import Hisp, Membership, OtherName, OtherServiceName, Service, Touchpoint
from hisps.roles import REVIEWER
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hisp():
    return factories.hisp("va-vha", name="Veterans Health Administration", department="Department of Veterans Affairs")


@pytest.fixture
def service(hisp):
    return registry.create_service(hisp, "Outpatient care")


# Renaming


def test_a_renamed_hisp_is_found_under_both_names(hisp):
    hisp.name = "Veterans Health"
    hisp.save()
    for name in ("Veterans Health Administration", "Veterans Health"):
        assert registry.find_hisp("Department of Veterans Affairs", name) == hisp
    assert hisp.other_names.get().history.get().history_change_reason == "The name until it was renamed"


def test_a_renamed_service_is_found_under_both_names(hisp, service):
    service.name = "Care without a stay"
    service.save()
    assert (
        registry.find_service(hisp, "outpatient care.")
        == registry.find_service(hisp, "Care without a stay")
        == service
    )


def test_a_service_that_takes_over_a_name_is_the_one_found_under_it(hisp, service):
    service.name = "Care without a stay"
    service.save()
    newer = registry.create_service(hisp, "Outpatient care")
    assert registry.find_service(hisp, "Outpatient care") == newer


def test_renaming_back_and_forth_keeps_each_name_once(hisp):
    for name in ("Veterans Health", "Veterans Health Administration", "Veterans Health"):
        hisp.name = name
        hisp.save()
    assert {other.name for other in hisp.other_names.all()} == {"Veterans Health Administration", "Veterans Health"}


def test_another_spelling_is_no_new_name(hisp):
    hisp.name = "Veterans  Health Administration."
    hisp.save()
    assert not hisp.other_names.exists()


def test_saving_something_else_keeps_no_name(hisp):
    hisp.name = "Never saved"
    hisp.abbreviation = "VHA"
    hisp.save(update_fields=["abbreviation"])
    assert not hisp.other_names.exists()


# Spellings


def test_names_that_grow_when_compared_are_kept(hisp, service):
    long = "&" * 200
    assert OtherName.objects.create(hisp=hisp, name=long).name == long
    assert OtherServiceName.objects.create(service=service, name="&" * 300).service == service
    assert Touchpoint.objects.create(service=service, name="&" * 500).service == service


@pytest.mark.parametrize("make", ["hisp", "other_name", "service", "other_service_name", "touchpoint"])
def test_another_spelling_of_a_name_is_refused_with_a_sentence(hisp, service, make):
    rows = {
        "hisp": lambda name: Hisp(slug=name[:3], department=hisp.department, name=name),
        "other_name": lambda name: OtherName(hisp=hisp, name=name),
        "service": lambda name: Service(hisp=hisp, slug=name[:3], name=name),
        "other_service_name": lambda name: OtherServiceName(service=service, name=name),
        "touchpoint": lambda name: Touchpoint(service=service, name=name),
    }
    rows[make]("Phone & mail").save()
    with pytest.raises(ValidationError, match="“Phone & mail” is there already"):
        rows[make](" phone  and mail.").clean()
    rows[make]("Phone").clean()


# Memberships


def test_a_membership_that_ended_takes_one_hisp_away_and_leaves_the_others(hisp):
    other, today = factories.hisp("ssa-oo"), timezone.localdate()
    user = people.reporter(hisp, other)
    membership = user.memberships.get(hisp=hisp)
    membership.last_day = today
    membership.save()
    assert set(Hisp.objects.reported_by(user)) == {hisp, other}
    membership.last_day = today - timedelta(days=1)
    membership.save()
    assert list(Hisp.objects.reported_by(user)) == [other]
    assert membership.history.count() == 3


def test_who_is_no_longer_active_reports_for_nobody(hisp):
    user = people.reporter(hisp)
    user.is_active = False
    user.save()
    assert not Hisp.objects.reported_by(user).exists()


# What the database itself refuses


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
def test_the_database_takes_no_membership_of_omb_staff(hisp, make):
    user = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, hisp=hisp)
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = Membership.objects.create(user=user, hisp=hisp, last_day=yesterday)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=ended.pk).update(last_day=None)


def test_the_database_gives_no_reporter_a_role_and_nobody_with_a_role_a_membership(hisp):
    call_command("sync_roles", verbosity=0)
    role, user = Group.objects.get(name=REVIEWER), people.reporter(hisp)
    with pytest.raises(IntegrityError), transaction.atomic():
        user.groups.add(role)
    user.memberships.update(last_day=timezone.localdate() - timedelta(days=2))
    user.groups.add(role)
    with pytest.raises(IntegrityError), transaction.atomic():
        user.memberships.update(last_day=None)


@pytest.mark.parametrize("field", ["is_staff", "is_superuser"])
def test_the_database_makes_no_reporter_omb_staff(hisp, field):
    user = people.reporter(hisp)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(user).objects.filter(pk=user.pk).update(**{field: True})
    user.memberships.update(last_day=timezone.localdate() - timedelta(days=2))
    type(user).objects.filter(pk=user.pk).update(**{field: True})
    user.refresh_from_db()
    assert getattr(user, field)
