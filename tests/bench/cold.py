"""Pages made anew, with 12, 120 and 1,200 quarters behind them; and what a publication costs. On SQLite, whose work is
done in the process that is measured."""

import json
from collections.abc import Iterator
from typing import Any

from tests.bench.clock import least
from tests.bench.place import apart, collected, temporary
from tests.bench.table import Line

ROUNDS = 7
TIMES = {1: None, 10: 1.5, 100: 3.0}
PLAIN_TARGET = 0.25
PUBLICATION_MS = 100


def lines() -> Iterator[Line]:
    found = apart("cold")
    first = found["home"]["1"]
    for times, most in TIMES.items():
        home, plain = found["home"][str(times)], found["plain"][str(times)]
        quarters = f"{12 * times:,} quarters"
        yield Line(f"Home page made anew, {quarters}", home, "ms", "plain view: aggregates", plain, most=PLAIN_TARGET)
        if most is not None:
            yield Line(f"Home page made anew, {quarters}", home, "ms", "the same, 12 quarters", first, most=most)
    for name, seconds in found["publication"].items():
        yield Line(name, seconds, "ms", most=PUBLICATION_MS)


def measured() -> dict[str, Any]:
    from config.gunicorn import collect_seldom
    from tests.bench import history

    collected()
    found: dict[str, Any] = {"home": {}, "plain": {}}
    for times in TIMES:
        history.fill(times)
        jobs = _jobs()
        for job in jobs.values():
            job()
        collect_seldom()  # as a worker of gunicorn does
        seconds = least(jobs, ROUNDS)
        for name in ("home", "plain"):
            found[name][times] = seconds[name]
    return {**found, "publication": _publication()}


def _jobs() -> Any:
    from django.test import Client

    from tests.bench import plain

    client = Client(headers={"host": "localhost"})

    def home() -> None:
        assert client.get("/", secure=True).status_code == 200

    def usual() -> None:
        plain.page()

    return {"home": home, "plain": usual}


def _publication() -> dict[str, float]:
    """Of one HISP, and of a whole quarter: what the transaction does for its totals, and the first page after it."""
    from hisps.models import Hisp
    from reporting import sums
    from reporting.models import Quarter
    from tests.bench import history

    quarter = Quarter.objects.at(history.LAST)
    hisps = list(Hisp.objects.values_list("pk", flat=True))
    home = _jobs()["home"]

    def one() -> None:
        sums.renew(quarter, hisps[:1])

    def every() -> None:
        sums.renew(quarter, hisps)

    seconds = least({"one": one, "all": every, "home": home}, ROUNDS)
    return {
        "Publication of a HISP: totals, then the home page": seconds["one"] + seconds["home"],
        "Publication of 40 HISPs at once: totals": seconds["all"],
    }


if __name__ == "__main__":
    with temporary(SECURE_SSL_REDIRECT="false"):
        print(json.dumps(measured()))
