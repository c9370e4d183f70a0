"""Whether a public page is still what it was: one text that changes with everything a page is made of.

That is: publications; acts on a quarter (an event tells of each: submitted, extended, not reporting, a document);
the registry; the calendar (a due moment that passes, a new day); and our own code.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from hisps.models import Membership
from reporting.models import Event, Expectation, Publication, Quarter

_ROOMS = ("config", "dashboards", "hisps", "reporting", "templates", "static")


@dataclass(frozen=True)
class Stamp:
    """Two equal stamps: the same address gives the same page. `at`: when something last changed."""

    text: str
    at: datetime

    def tag(self, address: str) -> str:
        """The ETag of the page at an address. Weak: compressed or not, it is the same page."""
        told = hashlib.blake2b(f"{self.text}\n{address}".encode(), key=_key(), digest_size=15)
        return f'W/"{told.hexdigest()}"'


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


def read() -> Stamp:
    """As of now. 1 query, of about half a millisecond: counts, and ends of indexes."""
    now = timezone.now()
    statement, moments = _statement()
    parameters = [connection.ops.adapt_datetimefield_value(now)] * moments
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        facts = cursor.fetchone() or ()
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    changed = [moment for fact in facts if (moment := _moment(fact))]
    told = "|".join(str(fact) for fact in (*facts, today.date(), code().text))
    return Stamp(told, max([*changed, today, code().at]).astimezone(UTC))


@cache
def _statement() -> tuple[str, int]:
    """And how many times it takes the present moment. Counts beside the newest: rows of two transactions can become
    visible in another order than they were numbered."""
    publication, event = _table(Publication), _table(Event)
    quarter, expectation = _table(Quarter), _table(Expectation)
    facts = [
        f"(SELECT MAX(number) FROM {publication})",
        f"(SELECT MAX(at) FROM {publication})",
        f"(SELECT id FROM {event} WHERE quarter_id IS NOT NULL ORDER BY id DESC LIMIT 1)",
        f"(SELECT at FROM {event} WHERE quarter_id IS NOT NULL ORDER BY id DESC LIMIT 1)",
        *(f"(SELECT {what} FROM {table})" for table in _registry() for what in ("COUNT(*)", "MAX(history_date)")),
    ]
    passed = [
        f"(SELECT {what} FROM {table} WHERE {due} <= %s)"
        for table, due in ((quarter, "due_at"), (expectation, "extended_to"))
        for what in ("COUNT(*)", f"MAX({due})")
    ]
    return f"SELECT {', '.join([*facts, *passed])}", len(passed)


def _registry() -> list[str]:
    """The tables that keep every former version of who exists. Who reports for whom is not public."""
    known = apps.get_app_config("hisps").get_models()
    return [_table(one.history.model) for one in known if hasattr(one, "history") and one is not Membership]


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _moment(fact: Any) -> datetime | None:
    """SQLite gives moments as text."""
    if isinstance(fact, str):
        fact = datetime.fromisoformat(fact)
    if not isinstance(fact, datetime):
        return None
    return fact if fact.tzinfo else fact.replace(tzinfo=UTC)


@cache
def code() -> Stamp:
    """Of all that makes a page of figures. Read once in the life of a process."""
    made = hashlib.blake2b(django.__version__.encode(), digest_size=12)
    newest = 0.0
    for path in _files():
        made.update(path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    return Stamp(made.hexdigest(), datetime.fromtimestamp(newest, UTC))


def _files() -> Iterator[Path]:
    for room in _ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".xml"):
                yield path


def _key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode()).digest()
