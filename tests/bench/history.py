"""A published past of any length: 40 HISPs with 4 services each, in each quarter a survey of seven questions for each.

The first quarters are written as the product writes them; the rest are copies of one of these, made by the database
itself, past the triggers: 1.3 million results in a minute.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reporting.domains import SEVEN_DOMAINS
from reporting.fiscal import FiscalQuarter

if TYPE_CHECKING:
    from reporting.models import Quarter

HISPS, SERVICES, QUARTERS = 40, 4, 12  # 1 x: 13,440 results
LAST = FiscalQuarter(2276, 4)  # 1,200 quarters after the first fiscal year that there can be
_STEP = 10_000  # between the ids of one quarter and of its copy; more than there are


def fill(times: int) -> None:
    """So many times 12 quarters, the last of them always the same. In an empty database, or after fewer times."""
    from reporting.models import Quarter

    there = Quarter.objects.count()
    if not there:
        for number in (2, 1, 0):
            _write(LAST.plus(-number))
        there = 3
    with _without_triggers():
        for number in range(there, times * QUARTERS):
            _copy(number)
    _analyze()


def _write(fiscal: FiscalQuarter) -> None:
    from tests import factories

    quarter = factories.quarter(fiscal.slug)
    for hisp in range(HISPS):
        slug = f"d{hisp % 12:02d}-h{hisp:02d}"
        surveys = [
            factories.survey(
                f"Service {service}",
                f"Survey of service {service}",
                customers=40_000 + 1_000 * hisp + service,
                **{domain.slug: _counts(hisp, service, place) for place, domain in enumerate(SEVEN_DOMAINS)},
            )
            for service in range(SERVICES)
        ]
        factories.published_submission(slug, quarter, surveys=surveys, reflection="What we learned. " * 20)
        if not factories.hisp(slug).designations.exists():
            factories.designation(slug)
        factories.expectation(slug, quarter)


def _counts(hisp: int, service: int, place: int) -> tuple[int, int, int, int, int]:
    return (3 + hisp, 7 + service, 11 + place, 40 + 3 * hisp, 90 + 5 * place)


def _copy(number: int) -> None:
    """The quarter that lies `number` quarters back, as a copy of the one before the last."""
    from django.db import connection

    from reporting.models import Quarter

    fiscal = LAST.plus(-number)
    source = Quarter.objects.at(LAST.previous)
    target = Quarter.objects.create(fiscal_year=fiscal.fiscal_year, number=fiscal.number, due_at=fiscal.due_at)
    shift = number * _STEP
    with connection.cursor() as cursor:
        for statement in _statements(source, target, shift):
            cursor.execute(statement)


def _statements(source: "Quarter", target: "Quarter", shift: int) -> Iterator[str]:
    from django.db.models import Model

    from reporting import models

    own = f"quarter_id = {source.pk}"
    of_submission = f"SELECT id FROM reporting_submission WHERE quarter_id = {source.pk}"
    of_report = f"SELECT id FROM reporting_touchpointreport WHERE submission_id IN ({of_submission})"
    moved = {"id": f"id + {shift}", "quarter_id": str(target.pk)}
    number = {"number": f"number + {shift}", "publication_id": f"publication_id + {shift}"}
    tables: list[tuple[type[Model], dict[str, str], str]] = [
        (models.Publication, {**moved, **number}, own),
        (models.Submission, {**moved, **number}, own),
        (
            models.TouchpointReport,
            {**moved, "submission_id": f"submission_id + {shift}"},
            f"submission_id IN ({of_submission})",
        ),
        (models.DomainResult, {**moved, "report_id": f"report_id + {shift}"}, f"report_id IN ({of_report})"),
        (models.Expectation, moved, own),
        (models.QuarterTotal, moved, own),
    ]
    for model, changed, where in tables:
        columns = [field.column for field in model._meta.concrete_fields]
        quoted = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
        table = model._meta.db_table
        yield f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE {where}"


@contextmanager
def _without_triggers() -> Iterator[None]:
    from django.apps import apps
    from django.db import connection, transaction

    from reporting import triggers

    with connection.schema_editor() as editor:
        triggers.remove(apps, editor)
    with transaction.atomic():
        yield
    with connection.schema_editor() as editor:
        triggers.install(apps, editor)


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
