"""The designated services of every HISP."""

from collections.abc import Iterator

from dashboards.datasets import columns, reported
from dashboards.datasets.columns import Dataset, Row, day
from dashboards.datasets.reported import Reported
from dashboards.datasets.selection import Selection
from hisps.models import Service
from reporting.models import TouchpointReport

COLUMNS = (
    columns.SERVICE,
    columns.SERVICE_NAME,
    columns.HISP,
    columns.HISP_NAME,
    day("last_day", "The last day on which the service was designated.", "Empty while it is."),
    *reported.COLUMNS,
)


def rows(selection: Selection) -> Iterator[Row]:
    """2 queries."""
    public = reported.by("service", TouchpointReport.objects.all(), "submission__")
    services = Service.objects.select_related("hisp").order_by("hisp__name", "hisp", "name", "pk")
    if selection.hisp:
        services = services.filter(hisp__slug=selection.hisp)
    if selection.service:
        services = services.filter(slug=selection.service)
    for service in services:
        own = public.get(service.pk, Reported())
        quarters = (own.quarters, own.first, own.latest)
        yield (service.slug, service.name, service.hisp.slug, service.hisp.name, service.last_day, *quarters)


SERVICES = Dataset(
    "services",
    "Services",
    "One row per designated service, with its HISP and the quarters that have public figures of it.",
    COLUMNS,
    ("hisp", "service"),
    rows,
    is_versioned=False,
)
