"""The workbook that a HISP gets, made once for all tests in which the same would be in it."""

from django.conf import settings

from hisps.models import Hisp
from reporting.figures import previous_contents, surveys_before
from reporting.models import Expectation, Quarter
from reporting.prefill import workbook_for

_made: dict[tuple[str, ...], bytes] = {}


def issued(hisp: Hisp, quarter: Quarter) -> bytes:
    known = (
        *(hisp.slug, hisp.name, hisp.department.name, quarter.slug, settings.SECRET_KEY),
        repr(Expectation.objects.select_related("quarter").get(hisp=hisp, quarter=quarter).due_at),
        repr(list(hisp.services.filter(last_day__isnull=True).values_list("name", flat=True))),
        repr(previous_contents(hisp.pk, quarter.fiscal) or surveys_before(hisp.pk, quarter.fiscal)),
    )
    if known not in _made:
        _made[known] = workbook_for(hisp, quarter)
    return _made[known]
