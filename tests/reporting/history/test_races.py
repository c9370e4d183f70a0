"""Files that are imported at the same moment come one after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hisps.models import Department, Hisp, Service
from reporting.history.load import Import, load
from reporting.models import Submission
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
