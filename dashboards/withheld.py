"""Answers that were public, and that a later revision does not allow to be published any more."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dashboards.providers import Row


def later(reports: Iterable[Row]) -> set[int]:
    """The keys of such reports, among all that are or were public of some HISPs' quarters. Where the later revision
    does not name the survey any more, what it withholds in the service may be the same one."""
    places: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in reports:
        places[row["submission__hisp__slug"], row["submission__quarter"]].append(row)
    return {row["pk"] for place in places.values() for row in _of_place(place)}


def _of_place(place: Sequence[Row]) -> Iterable[Row]:
    withholding = [row for row in place if not row["publishable"]]
    named = {(row["submission"], row["touchpoint"], row["channel"]) for row in place if withholding}
    for row in place:
        if any(_withholds(other, row, named) for other in withholding):
            yield row


def _withholds(other: Row, row: Row, named: set[tuple[int, int, str]]) -> bool:
    if other["submission__revision"] <= row["submission__revision"] or other["service__slug"] != row["service__slug"]:
        return False
    same = other["touchpoint"] == row["touchpoint"]
    return same or (other["submission"], row["touchpoint"], row["channel"]) not in named
