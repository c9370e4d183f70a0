"""One moment of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is of one moment, and nothing can be written. Within a transaction it is that one's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _without_write_lock(), transaction.atomic():
            yield


@contextmanager
def _without_write_lock() -> Iterator[None]:
    """SQLite: settings make every transaction take the write lock at once, which a reader must not."""
    connection.ensure_connection()
    here: Any = connection
    mode, here.transaction_mode = here.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        here.transaction_mode = mode
