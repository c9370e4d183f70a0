"""What the downloads can be narrowed to, for the form of the data page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboards.scorecards.parts import QuarterLink, link, published_quarters
from hisps.models import Hisp, Service
from reporting.domains import question_choices
from reporting.models import Submission

Named = tuple[str, str]  # a short name, and the name


@dataclass(frozen=True)
class Choices:
    years: tuple[int, ...]  # newest first
    quarters: tuple[QuarterLink, ...]
    hisps: tuple[Named, ...]
    services: tuple[tuple[str, tuple[Named, ...]], ...]  # of each HISP by its name
    domains: tuple[Named, ...]


def choices() -> Choices:
    """Of HISPs that have public figures. 3 queries."""
    quarters = published_quarters()
    hisps = Hisp.objects.filter(submissions__state=Submission.State.PUBLISHED).distinct().order_by("name")
    services = Service.objects.filter(hisp__in=hisps.order_by().values("pk")).order_by("hisp__name", "hisp", "name")
    return Choices(
        years=tuple(dict.fromkeys(quarter.fiscal_year for quarter in quarters)),
        quarters=tuple(link(quarter) for quarter in quarters),
        hisps=tuple(hisps.values_list("slug", "name")),
        services=_services(list(services.values_list("hisp__name", "slug", "name"))),
        domains=(*question_choices(), ("combined", "Combined satisfaction")),
    )


def _services(rows: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    by_hisp = groupby(rows, key=lambda row: row[0])
    return tuple((hisp, tuple((slug, name) for _, slug, name in own)) for hisp, own in by_hisp)
