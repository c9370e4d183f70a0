"""The one place where events are written: who did what, when and from where, what it was and what it became.

An event is written in the transaction of its act, so neither exists without the other. Writers come one after the
other from here to the end of their transactions, so an act takes its own locks first and records last.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from hisps.models import Hisp
from reporting import chain, origin
from reporting.models import Event, Quarter, Submission

_LOCK = 281  # any number that no other lock has; hisps.registry has 280


def event(
    transition: str,
    *,
    by: Any = None,
    submission: Submission | None = None,
    quarter: Quarter | None = None,
    hisp: Hisp | None = None,
    from_state: str = "",
    to_state: str = "",
    note: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Event:
    """Not written yet: record_all does it. A submission brings its quarter and HISP."""
    return Event(
        transition=transition,
        submission=submission,
        quarter_id=submission.quarter_id if submission else _id(quarter),
        hisp_id=submission.hisp_id if submission else _id(hisp),
        by_id=_id(by),
        from_state=from_state,
        to_state=to_state,
        note=note,
        before=before or {},
        after=after or {},
    )


def record(transition: str, **what: Any) -> Event:
    """Writes one event; takes what `event` takes."""
    return record_all([event(transition, **what)])[0]


@transaction.atomic(savepoint=False)  # what fails here fails the act, even if somebody catches the error
def record_all(events: Sequence[Event]) -> list[Event]:
    """Appends them to the chain, in this order."""
    wait_for_turn()
    now, where = timezone.now(), origin.current()
    last = head()
    for each in events:
        each.at, each.request_id, each.address = now, where.request_id, where.address
        each.follow(last)
        last = each.hash
    return Event.objects.bulk_create(events)


def head() -> str:
    """The hash of the last event."""
    return Event.objects.order_by("-pk").values_list("hash", flat=True).first() or chain.START


def verify(known_head: str = "") -> chain.Verdict:
    """Walks the whole chain, in constant memory. `known_head`: a hash noted earlier, which must still be there."""
    return chain.walk(Event.objects.order_by("pk").iterator(chunk_size=1000), known_head)


def sentence(verdict: chain.Verdict) -> str:
    """What a person reads after the walk."""
    if verdict.broken is not None:
        event = verdict.broken
        return (
            f"Event {event.pk} ({event}) is broken. {verdict.fault} "
            f"It has {verdict.count:,} events before it, which hold."
        )
    if verdict.has_head is False:
        return (
            f"The log has {verdict.count:,} events that hold together, but none with the hash that you noted: "
            "its end was cut off, or it was written anew."
        )
    return f"The log is whole: {verdict.count:,} events."


def facts(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Values of a row, as `before` and `after` keep them; a row of another table by its id."""
    columns = {column.name: column.attname for column in row._meta.concrete_fields}
    return {field: _plain(getattr(row, columns[field])) for field in fields}


def _id(row: Any) -> int | None:
    return None if row is None else row.pk


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def wait_for_turn() -> None:
    """One writer at a time. Until the transaction ends. On SQLite it holds the only write lock from its beginning."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
