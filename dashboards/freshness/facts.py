"""What the database is asked, to know whether anything changed: counts and ends of indexes, each a number or a moment.

Counts stand beside the newest: rows of two transactions can become visible in another order than they were numbered.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from hisps.models import Membership
from reporting.models import Event, Expectation, Publication, Quarter

Fact = Any  # a number or a moment; SQLite gives moments as text
NOT_PUBLIC = (Membership,)  # of the registry: who reports for whom


def of_files() -> list[Fact]:
    """The number and the moment of the last publication, then of the registry. 1 query."""
    return _asked(_file_facts())


def of_pages(now: datetime) -> list[Fact]:
    """And of acts on a quarter, and of due moments that are past. 1 query, of about half a millisecond."""
    passed = _due_facts()
    return _asked((*_file_facts(), *_act_facts(), *passed), [now] * len(passed))


def moments(facts: Sequence[Fact]) -> list[datetime]:
    return [moment for fact in facts if (moment := _moment(fact))]


def registry() -> list[Any]:
    """The models that tell who exists, as everybody may know it. Of each of these every former version is kept."""
    known = apps.get_app_config("hisps").get_models()
    return [one for one in known if hasattr(one, "history") and one not in NOT_PUBLIC]


@cache
def _file_facts() -> tuple[str, ...]:
    publication = _table(Publication)
    histories = [_table(one.history.model) for one in registry()]
    return (
        f"(SELECT MAX(number) FROM {publication})",
        f"(SELECT MAX(at) FROM {publication})",
        *(f"(SELECT {what} FROM {table})" for table in histories for what in ("COUNT(*)", "MAX(history_date)")),
    )


@cache
def _act_facts() -> tuple[str, ...]:
    event = _table(Event)
    of_a_quarter = f"FROM {event} WHERE quarter_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    return tuple(f"(SELECT {what} {of_a_quarter})" for what in ("id", "at"))


@cache
def _due_facts() -> tuple[str, ...]:
    """Each takes the present moment."""
    return tuple(
        f"(SELECT {what} FROM {table} WHERE {due} <= %s)"
        for table, due in ((_table(Quarter), "due_at"), (_table(Expectation), "extended_to"))
        for what in ("COUNT(*)", f"MAX({due})")
    )


def _asked(facts: Sequence[str], parameters: Sequence[datetime] = ()) -> list[Fact]:
    given = [connection.ops.adapt_datetimefield_value(one) for one in parameters]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(facts)}", given)
        return list(cursor.fetchone() or ())


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _moment(fact: Fact) -> datetime | None:
    if isinstance(fact, str):
        fact = datetime.fromisoformat(fact)
    if not isinstance(fact, datetime):
        return None
    return fact if fact.tzinfo else fact.replace(tzinfo=UTC)
