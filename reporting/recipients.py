"""Whom a mail goes to: the people with a task today, who may sign in. Always in the same order."""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from hisps.models import Hisp, Membership
from hisps.roles import ADMINISTRATOR, REVIEWER
from reporting.models import Expectation, Quarter


def reporters(hisps: Collection[int]) -> dict[int, list[User]]:
    """Who reports for each HISP today, by its id; one query."""
    found = defaultdict(list)
    current = Membership.objects.current().filter(hisp__in=set(hisps))
    for membership in current.select_related("user").order_by("pk"):
        found[membership.hisp_id].append(membership.user)
    return found


def unreported(hisps: Collection[int]) -> QuerySet[Hisp]:
    """Those of the HISPs that owe figures of an open quarter and have nobody to send them."""
    owed = Expectation.objects.filter(quarter__in=Quarter.objects.open(), not_reporting=False)
    with_reporter = Membership.objects.current().values("hisp")
    return Hisp.objects.filter(pk__in=owed.filter(hisp__in=hisps).values("hisp")).exclude(pk__in=with_reporter)


def reviewers() -> QuerySet[User]:
    return _people(Q(groups__name=REVIEWER))


def administrators() -> QuerySet[User]:
    return _people(Q(groups__name=ADMINISTRATOR))


def keepers_of_ranks() -> QuerySet[User]:
    """Who may give and take roles at OMB, or sees that it is done."""
    return _people(Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True))


def _people(wanted: Q) -> QuerySet[User]:
    return get_user_model().objects.filter(wanted, is_active=True).order_by("pk").distinct()
