"""The workbook of one HISP and quarter, prefilled with what we know of it."""

import uuid

from django.conf import settings

from hisps.models import Hisp
from reporting.figures import previous_contents, surveys_before
from reporting.models import Expectation, Quarter
from reporting.workbook import generate


def workbook_for(hisp: Hisp, quarter: Quarter) -> bytes:
    """An .xlsx file: identity, due date, services and last quarter's touchpoints filled in, counts empty.
    After a quarter without figures the touchpoints come from the last quarter that has some.

    Raises Expectation.DoesNotExist when the HISP owes nothing for the quarter.
    """
    expectation = Expectation.objects.select_related("quarter").get(hisp=hisp, quarter=quarter)
    return generate.build(
        generate.Template(
            hisp_slug=hisp.slug,
            hisp_name=hisp.name,
            department=hisp.department.name,
            quarter=quarter.fiscal,
            due_at=expectation.due_at,
            services=tuple(hisp.services.filter(last_day__isnull=True).values_list("name", flat=True)),
            previous=previous_contents(hisp.pk, quarter.fiscal) or surveys_before(hisp.pk, quarter.fiscal),
            issue_id=uuid.uuid4().hex[:12],
            secret=settings.SECRET_KEY,
        )
    )


def file_name(hisp: Hisp, quarter: Quarter) -> str:
    return f"{hisp.slug}-{quarter.slug}-cx-workbook.xlsx"
