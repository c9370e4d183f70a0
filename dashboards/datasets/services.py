"""The designated services of every HISP."""

from collections.abc import Iterator

from dashboards.datasets import columns, registry, reported
from dashboards.datasets.columns import Dataset, Row, day
from dashboards.datasets.registry import Stored
from dashboards.datasets.reported import Reported
from dashboards.datasets.selection import Selection
from hisps.models import Hisp, Service

COLUMNS = (
    columns.SERVICE,
    columns.SERVICE_NAME,
    columns.HISP,
    columns.HISP_NAME,
    day("last_day", "The last day on which the service was designated.", "Empty while it is."),
    *reported.COLUMNS,
)


def rows(selection: Selection) -> Iterator[Row]:
    """3 queries."""
    at = registry.moment(selection)
    hisps = registry.stored(Hisp, "slug", "name", at=at)
    services = registry.stored(Service, "slug", "name", "last_day", "hisp_id", at=at)
    public = reported.by_service(selection)
    known = [(hisps[one["hisp_id"]], one) for one in services.values() if one["hisp_id"] in hisps]
    for hisp, service in sorted(known, key=_place):
        if selection.hisp in ("", hisp["slug"]) and selection.service in ("", service["slug"]):
            own = (service["slug"], service["name"], hisp["slug"], hisp["name"], service["last_day"])
            yield (*own, *public.get(service["id"], Reported()))


def _place(known: tuple[Stored, Stored]) -> tuple[str, int, str, int]:
    hisp, service = known
    return hisp["name"], hisp["id"], service["name"], service["id"]


SERVICES = Dataset(
    "services",
    "Services",
    "One row per designated service, with its HISP and the quarters that have public figures of it.",
    COLUMNS,
    ("hisp", "service"),
    rows,
    is_registry=True,
)
