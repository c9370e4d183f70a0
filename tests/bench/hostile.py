"""Files that are made to cost much: at the guard, and at worst in the child."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporting import checked
from reporting.workbook import guard, reader
from tests.bench.clock import least
from tests.bench.table import Line
from tests.corpus.base import FAMILIES, Item, items

GUARD_MS, GUARD_MB = 50, 60  # each file that the guard refuses, before anything is read
CHILD_SECONDS, CHILD_MB = 10, 512  # any file
ROUNDS = 3
GUARDED = "ABCDE"


@dataclass(frozen=True)
class Costs:
    """Of one file. `guard` in CPU seconds, None where it lets the file pass; the rest are the child's."""

    name: str
    guard: float | None
    cpu: float
    peak: float


def lines() -> Iterator[Line]:
    by_family = {family: [_costs(item) for item in items() if item.family == family] for family in FAMILIES}
    for family in GUARDED:
        yield from _at_the_guard(family, [costs for costs in by_family[family] if costs.guard is not None])
    every = [costs for found in by_family.values() for costs in found]
    yield _worst(f"Child, dearest of {len(every)} files", every, "cpu", "s", CHILD_SECONDS)
    yield _worst(f"Child, largest of {len(every)} files", every, "peak", "MB", CHILD_MB)


def _at_the_guard(family: str, refused: list[Costs]) -> Iterator[Line]:
    what = f"{family} {FAMILIES[family]}: of {len(refused)} files refused"
    yield _worst(f"{what}, the dearest", refused, "guard", "ms", GUARD_MS)
    yield _worst(f"{what}, the largest", refused, "peak", "MB", GUARD_MB)


def _worst(what: str, found: Iterable[Costs], of: str, unit: str, most: float) -> Line:
    worst = max(found, key=lambda costs: getattr(costs, of))
    return Line(what, getattr(worst, of), unit, worst.name, most=most)


def _costs(item: Item) -> Costs:
    """The child's figures stay 0 for a file that does not get beyond the door."""
    data = item.data()

    def at_guard() -> None:
        guard.refusal(data)

    seconds = least({"guard": at_guard}, ROUNDS)["guard"] if guard.refusal(data) else None
    if guard.refusal_at_the_door(data) is not None:
        return Costs(str(item), seconds, 0, 0)
    outcome = reader.measured(data, checked.limits())
    return Costs(str(item), seconds, outcome.cpu_seconds, outcome.peak_bytes)
