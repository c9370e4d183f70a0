"""What every test shares."""

import os
import random
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings as hypothesis_settings

from reporting import triggers

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: tests make many people
hypothesis_settings.register_profile("untimed", deadline=None)  # speed is measured by the benchmark
hypothesis_settings.load_profile("untimed")
settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # of another test's rows
settings.WHITENOISE_AUTOREFRESH = True  # looks a static file up when asked, instead of listing all for every client


def pytest_configure() -> None:
    """Before xdist starts others, so that all have the same seed."""
    os.environ.setdefault("FUZZ_SEED", str(random.SystemRandom().randrange(10_000, 2**32)))


def pytest_report_header() -> str:
    return f"new mutations: FUZZ_SEED={os.environ['FUZZ_SEED']}"


# What a test names that may touch the database. pytest-django refuses it to all others (tests/test_databases.py).
REACHES_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def reaches_the_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or REACHES_THE_DATABASE & set(getattr(item, "fixturenames", ())))


# What takes seconds to make, for many tests: all that ask for one of these run in one worker.
MADE_ONCE = ("full", "past", "imported", "once", "saved_by_libreoffice")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What reaches no database proves on PostgreSQL what it has proved on SQLite: there it is left out."""
    for item in items:
        for name in MADE_ONCE:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=[item for item in items if not reaches_the_database(item)])
        items[:] = filter(reaches_the_database, items)


@pytest.fixture
def fuzz_seed() -> int:
    return int(os.environ["FUZZ_SEED"])


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_triggers() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards; the triggers, which refuse just that, step aside."""
    operations = type(connection.ops)  # the class: the browser's event loop opens connections of its own
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with self.connection.schema_editor() as editor:
            triggers.remove(apps, editor)
        flush(self, statements)
        with self.connection.schema_editor() as editor:
            triggers.install(apps, editor)

    operations.execute_sql_flush = flush_without_triggers
    yield
    operations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def _uploads_go_to_a_temporary_folder(tmp_path: object) -> Iterator[None]:
    former, settings.MEDIA_ROOT = settings.MEDIA_ROOT, f"{tmp_path}/uploads"
    yield
    settings.MEDIA_ROOT = former
