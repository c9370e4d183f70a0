"""Rows that are dear to make, kept for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@contextmanager
def rows_for_many(blocker: DjangoDbBlocker, uploads: Path) -> Iterator[None]:
    """What is written first inside stays until the end; what a test adds to it goes with the test, whose own
    transaction is a part of this one."""
    with blocker.unblock(), override_settings(MEDIA_ROOT=uploads), transaction.atomic():
        yield
        transaction.set_rollback(True)
