"""People to test with, in the roles that the product knows."""

from itertools import count

from django.contrib.auth.models import Group, User
from django.core.management import call_command

from hisps.models import Hisp, Membership
from hisps.roles import ADMINISTRATOR, REVIEWER

_numbers = count(1)


def person(**fields: object) -> User:
    name = fields.pop("username", f"person{next(_numbers)}")
    return User.objects.create_user(username=str(name), password="a long passphrase", **fields)


def reporter(*hisps: Hisp) -> User:
    user = person()
    for hisp in hisps:
        Membership.objects.create(user=user, hisp=hisp)
    return user


def reviewer() -> User:
    return _in_group(REVIEWER)


def administrator() -> User:
    return _in_group(ADMINISTRATOR)


def superuser() -> User:
    return User.objects.create_superuser(username=f"superuser{next(_numbers)}", password="a long passphrase")


def _in_group(name: str) -> User:
    if not Group.objects.filter(name=name).exists():
        call_command("sync_roles", verbosity=0)
    user = person(is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    return user
