"""What a file depends on: the last publication, the registry with its names and departments, and our code. As long as
none of them changes, the same address gives the same bytes."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import CharField, Max, QuerySet, Value

from dashboards import freshness
from hisps.models import Department, Designation, Hisp, Service
from reporting.models import Publication

_REGISTRY = (Department, Hisp, Designation, Service)


@dataclass(frozen=True)
class Stamp:
    """`publication` is 0 before the first."""

    publication: int
    registry: tuple[int, ...]
    changed_at: datetime | None

    def etag(self, *parts: str) -> str:
        """Of an address that is told by these parts."""
        facts = (freshness.code().text, self.publication, *self.registry, self.changed_at)
        told = "\n".join((*map(str, facts), *parts))
        return f'"{sha256(told.encode()).hexdigest()[:32]}"'


def stamp() -> Stamp:
    """As of now. 1 query."""
    last = _newest(Publication.objects.all(), "publication", "number", "at")
    registry = [_newest(model.history.all(), model.__name__, "history_id", "history_date") for model in _REGISTRY]
    found = {name: (number or 0, at) for name, number, at in last.union(*registry, all=True)}
    return Stamp(
        publication=found["publication"][0],
        registry=tuple(found[model.__name__][0] for model in _REGISTRY),
        changed_at=max((at for _, at in found.values() if at), default=None),
    )


def _newest(rows: "QuerySet[Any]", name: str, number: str, at: str) -> "QuerySet[Any, tuple[str, int, datetime]]":
    """One row: the name, the greatest number and the latest moment; None where there is nothing."""
    grouped = rows.order_by().values(named=Value(name, output_field=CharField()))
    newest: QuerySet[Any, tuple[str, int, datetime]]
    newest = grouped.annotate(newest=Max(number), latest=Max(at)).values_list("named", "newest", "latest")
    return newest
