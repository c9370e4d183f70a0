"""Whom mails go to: one order everywhere, and nobody who left."""

import pytest

from reporting import recipients
from tests import factories, people

pytestmark = pytest.mark.django_db


def test_reporters_come_in_the_order_in_which_they_joined():
    first, second = factories.hisp("va-vha"), factories.hisp("ssa-oo")
    zoe, ann, both = people.person(username="zoe"), people.person(username="ann"), people.reporter(first, second)
    for person in (zoe, ann):
        first.memberships.create(user=person)
    assert recipients.reporters([first.pk, second.pk]) == {first.pk: [both, zoe, ann], second.pk: [both]}


def test_who_may_not_sign_in_gets_no_mail():
    for person in (people.reviewer(), people.administrator(), people.superuser()):
        person.is_active = False
        person.save()
    administrator, reviewer, superuser = people.administrator(), people.reviewer(), people.superuser()
    assert list(recipients.reviewers()) == [reviewer]
    assert list(recipients.administrators()) == [administrator]
    assert list(recipients.keepers_of_ranks()) == [administrator, superuser]
