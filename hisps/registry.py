"""The registry of providers and services: finds them under every spelling that files use, and adds new ones.

The known list is kept beside this module, in `hisps/registry/*.csv`; `manage.py load_registry` loads it.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.db import connection, models
from django.utils.text import slugify

from hisps import names
from hisps.models import Department, Designation, Hisp, Service

T = TypeVar("T", bound=models.Model)

FOLDER = Path(__file__).with_name("registry")
FOUND_IN_FILE = "Named in an imported file"
_LOCK = 280  # any number; of A-11


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of our own CSV files, such as `rows("hisps")`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lock() -> None:
    """Until the transaction ends, whoever wants to add what a file names waits. No row is locked: the first file finds
    none. On SQLite all writers wait for each other anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def create(instance: T, why: str = FOUND_IN_FILE) -> T:
    """Saves a new row; its history says why it came."""
    instance._change_reason = why  # type: ignore[attr-defined]  # read by django-simple-history
    instance.save()
    return instance


def find_department(name: str) -> Department | None:
    """By its own name, or by another name that OMB's files use for it."""
    wanted = names.key(name)
    slug = _department_names().get(wanted)
    return next((d for d in Department.objects.all() if d.slug == slug or names.key(d.name) == wanted), None)


def find_hisp(department_name: str, provider_name: str) -> Hisp | None:
    """By the provider's own or other names. The department only decides between HISPs of one name: files of
    different years put one HISP under different departments."""
    wanted = names.key(provider_name)
    known = Hisp.objects.select_related("department").prefetch_related("other_names").order_by("slug")
    found = [hisp for hisp in known if wanted in _keys(hisp)]
    if len(found) > 1:
        department = find_department(department_name)
        found.sort(key=lambda hisp: (hisp.department != department, names.key(hisp.name) != wanted))
    return found[0] if found else None


def find_service(hisp: Hisp, name: str) -> Service | None:
    """By its own name, else by another name."""
    wanted = names.key(name)
    found = [service for service in hisp.services.prefetch_related("other_names") if wanted in _keys(service)]
    return min(found, key=lambda service: names.key(service.name) != wanted, default=None)


def create_hisp(department_name: str, department_abbreviation: str, provider_name: str, *, first_day: date) -> Hisp:
    """A HISP that a file names and the registry does not know yet, designated from `first_day` on."""
    department = find_department(department_name) or _create_department(department_name, department_abbreviation)
    name = names.spaced(provider_name)
    slug = unique_slug(Hisp, f"{department.slug} {name}")
    hisp = create(Hisp(slug=slug, name=name, department=department))
    create(Designation(hisp=hisp, department=department, first_day=first_day))
    return hisp


def create_service(hisp: Hisp, name: str) -> Service:
    return create(Service(hisp=hisp, name=names.spaced(name), slug=unique_slug(Service, f"{hisp.slug} {name}")))


def unique_slug(model: type[models.Model], text: str, longest: int = 60) -> str:
    """A slug that no row of the model has yet: cut at a word, and numbered when it is taken."""
    base = _cut(slugify(text) or "unnamed", longest - 4)  # room for a number
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _numbered(base) if slug not in taken)


def _create_department(name: str, abbreviation: str) -> Department:
    name = names.spaced(name)
    short = names.spaced(abbreviation).upper()[:20] or _initials(name)
    slug = unique_slug(Department, short, longest=40)
    if Department.objects.filter(abbreviation=short).exists():
        short = slug.upper()
    return create(Department(name=name, abbreviation=short, slug=slug))


def _keys(entry: Hisp | Service) -> set[str]:
    return {names.key(entry.name), *(other.key for other in entry.other_names.all())}


@cache
def _department_names() -> dict[str, str]:
    return {names.key(row["name"]): row["department"] for row in rows("department_names")}


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())[:20] or "OTHER"


def _cut(slug: str, longest: int) -> str:
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def _numbered(base: str) -> Iterable[str]:
    yield base
    yield from (f"{base}-{number}" for number in range(2, 1000))
