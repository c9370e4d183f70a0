"""What is read within is of one moment, and nobody waits for it."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from dashboards import freshness
from reporting.models import Quarter
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_cannot_write():
    """On SQLite nothing refuses it, but it waits for no writer either: the transaction does not begin as one."""
    with freshness.snapshot():
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError), transaction.atomic():
                factories.quarter()
        assert Quarter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_write_lock_is_for_writers_again_after_a_snapshot():
    with freshness.snapshot():
        Quarter.objects.count()
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"
