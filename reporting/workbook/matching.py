"""Which row of a table is which row of an earlier version of it: by what identifies them, else by their place.

A reordered row is still the row that it was. It is looked for by the longest identity first (service, what it is
about, touchpoint, channel), then by shorter ones, so that it stays itself when one of these is corrected.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from reporting.workbook import spec
from reporting.workbook.texts import key

IDENTITIES: dict[str, tuple[tuple[str, ...], ...]] = {
    spec.TOUCHPOINTS.name: (
        ("survey", "service", "service_provided", "transaction_point", "channel"),
        ("service", "service_provided", "transaction_point", "channel"),
        ("service", "service_provided", "transaction_point"),
        ("service", "service_provided", "channel"),
        ("survey", "service_provided"),
        ("survey", "transaction_point"),
        ("survey", "service"),
    ),
    spec.RESPONSES.name: (("touchpoint", "domain"), ("survey", "domain")),
    spec.OPERATIONS.name: (("name", "service", "unit"), ("name", "service"), ("name", "unit"), ("name",)),
    spec.INDEXES.name: (("name", "service", "covers"), ("name", "service"), ("name", "covers"), ("name",)),
}


@dataclass(frozen=True)
class Row:
    """A row with something in it. `texts`: field -> text, blank cells left out.

    `touchpoint`: on Responses what the survey's number refers to, the same in both versions; "" where it refers to no
    single survey. `is_of_one`: that survey is in one version only.
    """

    number: int
    texts: Mapping[str, str] = field(default_factory=dict)
    touchpoint: str = ""
    is_of_one: bool = False

    def named(self, name: str) -> str:
        return self.touchpoint if name == "touchpoint" else key(self.texts.get(name, ""))


Pair = tuple[Row, Row]
Identity = Callable[[Row], Hashable]  # None where the row has none


def pairs(sheet: spec.Sheet, before: Iterable[Row], after: Iterable[Row]) -> list[Pair]:
    """Rows of `before` with the row of `after` that they are now; a row without a counterpart is in no pair."""
    found: list[Pair] = []
    olds, news = list(before), list(after)
    for identity in _identities(sheet):
        found += _matched(olds, news, identity)
        olds, news = _left(olds, [old for old, _ in found]), _left(news, [new for _, new in found])
    at = {row.number: row for row in news}
    found += [(old, at[old.number]) for old in olds if old.number in at and _is_same(sheet, old, at[old.number])]
    return sorted(found, key=lambda pair: pair[1].number)


def _identities(sheet: spec.Sheet) -> Iterator[Identity]:
    for fields in IDENTITIES[sheet.name]:
        yield partial(_identity, fields=fields)


def _identity(row: Row, fields: tuple[str, ...]) -> Hashable:
    """One field of a long name says too little. A survey of one version only is no other survey with its number."""
    names = tuple(row.named(name) for name in fields)
    too_little = sum(map(bool, names)) < min(2, len(fields))
    return None if too_little or (row.is_of_one and "touchpoint" not in fields) else names


def _matched(olds: list[Row], news: list[Row], identity: Identity) -> Iterator[Pair]:
    """Where several rows have one name: those that kept their place first, then the others in order."""
    waiting: dict[Hashable, list[Row]] = {}
    for new in news:
        waiting.setdefault(identity(new), []).append(new)
    waiting.pop(None, None)
    in_place = {(identity(new), new.number) for new in news}
    for old in sorted(olds, key=lambda row: (identity(row), row.number) not in in_place):
        candidates = waiting.get(identity(old), [])
        if candidates:
            new = next((row for row in candidates if row.number == old.number), candidates[0])
            candidates.remove(new)
            yield old, new


def _left(rows: list[Row], matched: list[Row]) -> list[Row]:
    gone = {row.number for row in matched}
    return [row for row in rows if row.number not in gone]


def _is_same(sheet: spec.Sheet, old: Row, new: Row) -> bool:
    """Of two rows at one place: unless what names them differs, and no more of the other cells are the same."""
    names = {name for fields in IDENTITIES[sheet.name] for name in fields}
    differ = sum(bool(old.named(name) and new.named(name)) and old.named(name) != new.named(name) for name in names)
    telling = old.texts.keys() - {*sheet.given, "asked"}
    return not differ or sum(old.texts[name] == new.texts.get(name) for name in telling) > differ
