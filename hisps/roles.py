"""The roles of OMB's people, as groups with permissions. Reporters have no group: they have memberships.

`manage.py sync_roles` puts them in place; run it after every change here. What each role may do, and what a superuser
may not, is decided where it is done: reporting/transitions.py, reporting/quarters.py and the admin.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

REVIEWER = "Reviewer"
ADMINISTRATOR = "OMB administrator"

_REGISTRY = ("department", "hisp", "othername", "designation", "service", "otherservicename", "touchpoint")
_REPORTING = (
    "quarter",
    "expectation",
    "upload",
    "submission",
    "touchpointreport",
    "domainresult",
    "operationalmetric",
    "indexscore",
    "supportingdocument",
    "finding",
    "event",
    "comment",
)


def _may(verbs: Iterable[str], app: str, models: Iterable[str]) -> set[str]:
    return {f"{app}.{verb}_{model}" for model in models for verb in verbs}


_READ_ALL = _may(["view"], "hisps", _REGISTRY) | _may(["view"], "reporting", _REPORTING)

ROLES: dict[str, set[str]] = {
    REVIEWER: _READ_ALL | {"reporting.review_submission", "reporting.return_submission", "reporting.add_comment"},
    ADMINISTRATOR: _READ_ALL
    | _may(["add", "change"], "hisps", _REGISTRY)
    | _may(["view", "add", "change"], "hisps", ["membership"])
    | _may(["view", "add", "change"], "auth", ["user"])
    | _may(["add", "change"], "reporting", ["supportingdocument"])
    | _may(["view", "change"], "reporting", ["mail"])
    | _may(["view"], "reporting", ["invitation", "accessrequest"])
    | {
        "reporting.open_quarter",
        "reporting.return_submission",
        "reporting.publish_submission",
        "reporting.add_comment",
    },
}


@transaction.atomic
def sync() -> list[str]:
    """Gives each group exactly its permissions. Returns the names of the groups that changed. Raises LookupError for
    a permission that does not exist."""
    changed = []
    for name, wanted in ROLES.items():
        group, created = Group.objects.get_or_create(name=name)
        permissions = [_permission(label) for label in sorted(wanted)]
        if created or set(group.permissions.all()) != set(permissions):
            group.permissions.set(permissions)
            changed.append(name)
    return changed


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist:
        raise LookupError(f"There is no permission {label}. Run migrate first.") from None


def is_omb(user: Any) -> bool:
    """Whether a user has one of OMB's roles, or may enter the desk without one."""
    return bool(user.is_superuser or user.is_staff or user.groups.filter(name__in=ROLES).exists())
