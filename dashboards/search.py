"""Finding a HISP, a service or a department by any of its names. The registry is small: all of it is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass

from hisps import names
from hisps.models import Department, Hisp, OtherName, OtherServiceName, Service


@dataclass(frozen=True)
class Entry:
    """Something with a page. `known_as`: every other text that it is found by."""

    kind: str  # hisp, service or department
    slug: str
    name: str
    within: str  # what it belongs to
    hisp: str  # slug; of a service that of its HISP, of a department empty
    known_as: tuple[str, ...]


def entries() -> list[Entry]:
    """The whole registry, by name. 5 queries."""
    former, former_services = _former(OtherName, "hisp"), _former(OtherServiceName, "service")
    departments = [
        Entry("department", one.slug, one.name, "", "", (one.abbreviation, one.slug))
        for one in Department.objects.order_by("name")
    ]
    hisps = [
        Entry(
            "hisp",
            one.slug,
            one.name,
            one.department.name,
            one.slug,
            (one.abbreviation, one.slug, one.department.name, one.department.abbreviation, *former.get(one.pk, ())),
        )
        for one in Hisp.objects.select_related("department").order_by("name")
    ]
    services = [
        Entry(
            "service",
            one.slug,
            one.name,
            one.hisp.name,
            one.hisp.slug,
            (one.hisp.abbreviation, one.hisp.name, *former_services.get(one.pk, ())),
        )
        for one in Service.objects.select_related("hisp").order_by("name", "hisp__name")
    ]
    return [*hisps, *services, *departments]


def _former(model: type[OtherName | OtherServiceName], owner: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pk, name in model._default_manager.values_list(owner, "name"):
        found.setdefault(pk, []).append(name)
    return found


def matching(query: str, among: Iterable[Entry]) -> list[Entry]:
    """Those of whose words each word of the query begins one, in any spelling. First whose name or abbreviation begins
    with the query, then whose name has all its words."""
    key = names.key(query)
    words = key.split()
    found = [one for one in among if words and _has(" ".join((one.name, *one.known_as)), words)]
    return sorted(found, key=lambda one: 0 if _begins(one, key) else 1 if _has(one.name, words) else 2)


def _has(text: str, words: Iterable[str]) -> bool:
    known = names.key(text).replace("-", " ").split() + names.key(text).split()
    return all(any(one.startswith(word) for one in known) for word in words)


def _begins(one: Entry, key: str) -> bool:
    return any(names.key(text).startswith(key) for text in (one.name, *one.known_as[:1]))
