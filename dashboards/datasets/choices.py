"""What the downloads can be narrowed to."""

from dashboards.scorecards.parts import QuarterLink, link, published_quarters
from hisps.models import Hisp
from reporting.models import Submission


def choices() -> tuple[tuple[QuarterLink, ...], tuple[tuple[str, str], ...]]:
    """Published quarters, and HISPs by name. 2 queries."""
    hisps = Hisp.objects.filter(submissions__state=Submission.State.PUBLISHED).distinct().order_by("name")
    return tuple(link(quarter) for quarter in published_quarters()), tuple(hisps.values_list("slug", "name"))
