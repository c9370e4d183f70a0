"""The history of the published files, imported once for all tests of this folder, and gone again after the last."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.dashboards.recomputed import datasets, files, history
from tests.dashboards.recomputed.checks import History


@pytest.fixture(scope="package")
def past(django_db_setup, django_db_blocker) -> Iterator[History]:
    if not history.COLLECTIONS.exists():
        pytest.skip("OMB’s published files are not here (../shared/data).")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_registry", stdout=StringIO())
        call_command("import_history", str(history.COLLECTIONS), ratings=history.RATINGS, stdout=StringIO())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else sees these rows, so PostgreSQL does not count them by itself
        yield History()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def slugs(past, django_db_blocker) -> dict[int, str]:
    """What the site calls each survey, by its line in OMB's file."""
    with django_db_blocker.unblock():
        return datasets.slugs(past, files.in_json("/data/responses.json"))


@pytest.fixture(scope="package")
def score_lines(past, slugs) -> list[datasets.Line]:
    return list(datasets.scores(past, slugs))


@pytest.fixture(scope="package")
def response_lines(past, slugs) -> list[datasets.Line]:
    return list(datasets.responses(past, slugs))
