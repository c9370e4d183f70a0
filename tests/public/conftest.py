"""The public side as a visitor finds it: walked once, looked at by several tests."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client, override_settings

from tests.public import private
from tests.public.walk import Answer, everything, walk

NOW = "2021-08-15T12:00:00Z"  # FY2021 Q3 is not public yet
World = tuple[dict[str, Answer], set[str]]


@pytest.fixture(scope="package")
def database(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("uploads")):
        yield


def number_anew() -> None:
    """PostgreSQL does not take back the numbers of rows that were rolled back, and addresses hold some."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def crawled(flock: int) -> World:
    """The whole public side of a world with that flock in its private places, and the fields that hold a bird."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        number_anew()
        birds = private.made(flock)
        found = everything(Client(raise_request_exception=False))
        transaction.set_rollback(True)
    return found, birds.told


@pytest.fixture(scope="package")
def full(database) -> World:
    return crawled(1)


@pytest.fixture(scope="package")
def full_of_others(database) -> World:
    """Differs in nothing but what is private."""
    return crawled(2)


@pytest.fixture(scope="package")
def empty(database) -> dict[str, Answer]:
    """Before anything is there."""
    return walk(Client(raise_request_exception=False))
