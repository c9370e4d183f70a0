"""Memory of the process that streams a whole dataset, with ten and a hundred times the published past behind
it. Linux only."""

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.memory import STATM, resident
from tests.bench.place import ROOT, apart, temporary
from tests.bench.table import Line

TIMES = (1, 10, 100)
GROWTH = 1.25
ADDRESS = "/data/collections.csv"


def lines() -> Iterator[Line]:
    if not STATM.exists():
        return
    first, *others = apart("stream")
    limit = f"the same, {first['lines']:,} lines"
    for more in others:
        what = f"Memory, at most, for a CSV of {more['lines']:,} lines"
        yield Line(what, more["most"], "MB", limit, first["most"], most=GROWTH)


def measured() -> list[dict[str, int]]:
    from tests.bench import history

    found = []
    for times in TIMES:
        history.fill(times)
        command = [sys.executable, "-m", "tests.bench.stream", "one"]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        found.append(json.loads(run.stdout.splitlines()[-1]))
    return found


def _streamed() -> dict[str, int]:
    """By a process of its own, which wrote none of it."""
    from django.test import Client

    answer = Client(headers={"host": "localhost"}).get(ADDRESS)
    counted = most = 0
    for block in answer.streaming_content:  # type: ignore[attr-defined]
        counted += block.count(b"\n")
        most = max(most, resident())
    return {"lines": counted, "most": most}


if __name__ == "__main__":
    if "one" in sys.argv:
        import django

        django.setup()
        print(json.dumps(_streamed()))
    else:
        with temporary(SECURE_SSL_REDIRECT="false"):
            print(json.dumps(measured()))
