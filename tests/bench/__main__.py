"""Runs the rooms that are named, or all; exits with 1 when a target is missed."""

import importlib
import sys
from collections.abc import Iterator

from tests.bench.place import temporary
from tests.bench.table import Line, printed

ROOMS = ("workbook", "template", "hostile", "memory", "board", "pages", "cold", "tail", "weight", "stream")


def _lines(rooms: list[str]) -> Iterator[Line]:
    for room in rooms:
        yield from importlib.import_module(f"tests.bench.{room}").lines()


def main(rooms: list[str]) -> int:
    unknown = [room for room in rooms if room not in ROOMS]
    if unknown:
        print(f"There is no {', '.join(unknown)}. The rooms: {', '.join(ROOMS)}.", file=sys.stderr)
        return 2
    with temporary():
        return not printed(_lines(rooms or list(ROOMS)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
