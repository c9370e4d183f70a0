"""Roles hold exactly what they should, however often they are put in place."""

import pytest
from django.contrib.auth.models import Group

from hisps import roles
from tests import people

pytestmark = pytest.mark.django_db


def test_putting_roles_in_place_again_changes_nothing():
    assert roles.sync() == [roles.REVIEWER, roles.ADMINISTRATOR]
    assert roles.sync() == []


def test_a_permission_that_was_added_by_hand_is_taken_back():
    roles.sync()
    reviewers = Group.objects.get(name=roles.REVIEWER)
    reviewers.permissions.add(*Group.objects.get(name=roles.ADMINISTRATOR).permissions.all())
    assert roles.sync() == [roles.REVIEWER]
    assert not reviewers.permissions.filter(codename="publish_submission").exists()


def test_reviewers_decide_and_administrators_publish():
    reviewer, administrator = people.reviewer(), people.administrator()
    assert reviewer.has_perms(["reporting.review_submission", "reporting.return_submission"])
    assert not reviewer.has_perm("reporting.publish_submission")
    assert not reviewer.has_perm("reporting.open_quarter")
    assert administrator.has_perms(["reporting.publish_submission", "reporting.open_quarter", "hisps.change_hisp"])
    assert not administrator.has_perm("reporting.review_submission")


@pytest.mark.parametrize("name", roles.ROLES)
def test_no_role_deletes_or_edits_what_was_sent(name):
    sent = ("submission", "touchpointreport", "domainresult", "operationalmetric", "indexscore", "event", "upload")
    forbidden = {f"reporting.{verb}_{model}" for verb in ("add", "change", "delete") for model in sent}
    assert not roles.ROLES[name] & forbidden
    assert not [label for label in roles.ROLES[name] if ".delete_" in label]


def test_reporters_have_no_role():
    from tests import factories

    assert not roles.is_omb(people.reporter(factories.hisp()))
    assert roles.is_omb(people.reviewer())
    assert roles.is_omb(people.superuser())
