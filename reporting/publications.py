"""Numbers the acts that change what the public sees."""

from typing import Any

from django.db.models import Max

from reporting import events
from reporting.models import Publication, Quarter


def begin(kind: str, quarter: Quarter, *, by: Any = None, note: str = "") -> Publication:
    """The next publication, in the transaction of its act. Writers of events wait from here to the end of it, so that
    no number is taken twice or left out: lock the act's own rows first."""
    events.wait_for_turn()
    return Publication.objects.create(number=stamp() + 1, kind=kind, quarter=quarter, by=by, note=note)


def stamp() -> int:
    """The number of the last publication, 0 before the first. Public figures change with it, and only with it; of a
    supporting document, which holds no figures, an event tells."""
    return Publication.objects.aggregate(last=Max("number"))["last"] or 0
