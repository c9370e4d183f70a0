"""Files that are imported at the same moment come one after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from hisps.models import Department, Hisp, Service
from reporting import review
from reporting.history.load import Import, load
from reporting.history.publish import NotImported
from reporting.models import Submission
from tests import people
from tests.reporting.history.files import collections, row

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def test_an_unknown_provider_in_files_imported_at_once_is_made_once():
    start = Barrier(AT_ONCE)

    def one(number: int) -> Import:
        start.wait()
        try:
            return load(collections(row(collection_quarter=number % 2 + 1)))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(one, range(AT_ONCE)))
    assert [model.objects.count() for model in (Department, Hisp, Service)] == [1, 1, 1]
    assert sorted(len(each.outcome.published) for each in done) == [0, 0, 1, 1]
    assert Submission.objects.count() == 2


def test_file_that_comes_during_a_withdrawal_waits_for_it_and_is_refused():
    load(collections())
    published, publisher = Submission.objects.get(), people.administrator()

    def restate() -> str:
        try:
            load(collections(row(q1_5=51)))
        except NotImported as refused:
            return str(refused)
        finally:
            connection.close()
        return "imported"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Submission.objects.select_for_update(no_key=True).get(pk=published.pk)
            restated = pool.submit(restate)
            while connection.vendor == "postgresql" and not someone_waits() and not restated.done():
                pass
            review.withdraw(published, by=publisher, reason="Counted twice.")
        assert "is withdrawn; settle it first" in restated.result()
    assert Submission.objects.get().state == "withdrawn"


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
