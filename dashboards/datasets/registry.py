"""Who there is: today, or as it was written down at the moment of a publication."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboards.datasets.selection import Selection
from reporting.models import Publication

Stored = Mapping[str, Any]  # by column


def moment(selection: Selection) -> datetime | None:
    """None for today. 1 query for a version."""
    if not selection.is_version:
        return None
    return Publication.objects.get(number=selection.publication).at


def stored(model: Any, *columns: str, at: datetime | None) -> dict[int, Stored]:
    """By key. Of a moment before anything was written down: as it was first. 1 query; 2 of such a moment."""
    if at is None:
        return {row["id"]: row for row in model.objects.values("id", *columns)}
    history = model.history.values("id", "history_type", *columns)
    then = {row["id"]: row for row in history.filter(history_date__lte=at).order_by("history_date", "history_id")}
    first = {} if then else {row["id"]: row for row in history.order_by("-history_date", "-history_id")}
    return {key: row for key, row in (then or first).items() if row["history_type"] != "-"}
