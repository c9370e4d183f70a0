"""Every High Impact Service Provider there is or was."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min, Q

from dashboards.datasets import columns, reported
from dashboards.datasets.columns import Dataset, Row, day, text
from dashboards.datasets.reported import Reported
from dashboards.datasets.selection import Selection
from hisps.models import Hisp
from reporting.models import Submission

COLUMNS = (
    columns.HISP,
    columns.HISP_NAME,
    text("abbreviation", "Its abbreviation.", "Such as VHA."),
    text("department", "The short name of its department today.", "Such as va."),
    text("organization_name", "Its department today; files of figures name the one of each quarter."),
    text("mission", "What it is for."),
    day("designated_from", "The first day on which it was designated as a HISP.", "Empty where it is not on record."),
    day("designated_to", "The last such day.", "Empty while the designation lasts, or where it is not on record."),
    *reported.COLUMNS,
)


def rows(selection: Selection) -> Iterator[Row]:
    """2 queries."""
    public = reported.by("hisp", Submission.objects.all())
    hisps = Hisp.objects.filter(slug=selection.hisp) if selection.hisp else Hisp.objects.all()
    lasting = Count("designations", filter=Q(designations__last_day__isnull=True))
    dated = hisps.annotate(
        first=Min("designations__first_day"), last=Max("designations__last_day"), lasting=lasting
    ).select_related("department")
    for hisp in dated.order_by("department__name", "name", "pk"):
        own = public.get(hisp.pk, Reported())
        yield (
            hisp.slug,
            hisp.name,
            hisp.abbreviation,
            hisp.department.slug,
            hisp.department.name,
            hisp.mission,
            hisp.first,
            None if hisp.lasting else hisp.last,
            own.quarters,
            own.first,
            own.latest,
        )


HISPS = Dataset(
    "hisps",
    "HISPs",
    "One row per High Impact Service Provider, with its department and since when it is designated.",
    COLUMNS,
    ("hisp",),
    rows,
    is_versioned=False,
)
