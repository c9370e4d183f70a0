"""`manage.py load_registry`: the known departments, HISPs, designations and services, from hisps/registry/*.csv.

It adds what is missing and says what differs. What people changed in the admin stays, and nothing is deleted.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction

from hisps import names, registry
from hisps.models import Department, Designation, Hisp, OtherName, Service

REASON = "Loaded from the known list"
Rows = dict[str, Any]  # slug -> row


@dataclass(frozen=True)
class Entry:
    """One row of the list. `key` identifies it; so does `same`, for a row that came in under another slug."""

    model: type[models.Model]
    key: dict[str, Any]
    same: dict[str, Any]
    values: dict[str, Any]
    adopted: Hisp | None = None

    def find(self) -> models.Model | None:
        rows = self.model._default_manager
        return rows.filter(**self.key).first() or rows.filter(**self.same).first() or self.adopted

    def create(self) -> models.Model:
        return registry.create(self.model(**self.key | self.same | self.values), REASON)

    def differences(self, found: models.Model) -> list[str]:
        """A sentence for each value that differs from the list."""
        kind = found._meta.verbose_name
        return [
            f"{kind} “{found}”: {field} is “{getattr(found, field) or 'blank'}”, the list says “{value or 'blank'}”."
            for field, value in (self.key | self.same | self.values).items()
            if getattr(found, field) != value
        ]


class Command(BaseCommand):
    help = "Add the known departments, HISPs, other names, designations and services. Safe to run again."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        departments = self._load(_departments())
        hisps = self._load(_hisps(departments))
        for entries in (_other_names(hisps), _designations(hisps, departments), _services(hisps)):
            self._load(entries)

    def _load(self, entries: list[Entry]) -> Rows:
        """What the database holds for each entry, by the slug that the list gives it."""
        rows, counts, different = {}, Counter[str](), []
        for entry in entries:
            found = entry.find()
            differences = entry.differences(found) if found else []
            counts["created" if found is None else "different" if differences else "unchanged"] += 1
            rows[entry.key.get("slug", "")] = found or entry.create()
            different += differences
        kinds = ", ".join(f"{counts[kind]} {kind}" for kind in ("created", "unchanged", "different"))
        self.stdout.write(f"{entries[0].model._meta.verbose_name_plural}: {kinds}")
        for difference in different:
            self.stdout.write(f"  kept as it is: {difference}")
        return rows


def _departments() -> list[Entry]:
    return [
        Entry(Department, {"slug": row["slug"]}, {"name": row["name"]}, {"abbreviation": row["abbreviation"]})
        for row in registry.rows("departments")
    ]


def _hisps(departments: Rows) -> list[Entry]:
    return [
        Entry(
            Hisp,
            {"slug": row["slug"]},
            {"department": departments[row["department"]], "name": row["name"]},
            {"abbreviation": row["abbreviation"]},
            _adopted(row["slug"]),
        )
        for row in registry.rows("hisps")
    ]


def _adopted(slug: str) -> Hisp | None:
    """The HISP that an imported file named before the list was loaded: known by another of the list's names, and under
    no slug of the list. Without it there would be two of one provider."""
    listed = {row["slug"] for row in registry.rows("hisps")}
    found = (registry.find_hisp("", row["name"]) for row in registry.rows("other_names") if row["hisp"] == slug)
    return next((hisp for hisp in found if hisp is not None and hisp.slug not in listed), None)


def _other_names(hisps: Rows) -> list[Entry]:
    own = [{"hisp": row["slug"], "name": row["name"]} for row in registry.rows("hisps")]
    adopted = [row for row in own if hisps[row["hisp"]].slug != row["hisp"]]
    return [
        Entry(
            OtherName, key := {"hisp": hisps[row["hisp"]], "key": names.key(row["name"])}, key, {"name": row["name"]}
        )
        for row in [*registry.rows("other_names"), *adopted]
    ]


def _designations(hisps: Rows, departments: Rows) -> list[Entry]:
    return [
        Entry(
            Designation,
            key := {"hisp": hisps[row["hisp"]], "first_day": date.fromisoformat(row["first_day"])},
            key,
            {
                "department": departments[row["department"]],
                "last_day": date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            },
        )
        for row in registry.rows("designations")
    ]


def _services(hisps: Rows) -> list[Entry]:
    return [
        Entry(Service, {"slug": row["slug"]}, {"hisp": hisps[row["hisp"]], "name": row["name"]}, {})
        for row in registry.rows("services")
    ]
