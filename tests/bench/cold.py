"""Pages made anew, with 12, 120 and 1,200 quarters behind them; and what a publication costs. On SQLite, whose work is
done in the process that is measured."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.clock import least
from tests.bench.place import apart, collected, temporary
from tests.bench.table import Line

ROUNDS = 7
TIMES = {1: None, 10: 1.5, 100: 3.0}
PLAIN_TARGET = 0.25
OTHERS = {
    "List of HISPs": "/hisps/",
    "A HISP": "/hisps/d00-h00/",
    "A HISP’s quarter": "/hisps/d00-h00/2276-q4/",
    "A survey": "/surveys/1-email/",
    "A department": "/departments/d00/",
    "A domain": "/domains/trust/",
    "A comparison": "/compare/?of=d00-h00&of=d01-h01",
}
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
    for name, seconds in found["others"].items():
        longest, shortest = seconds[str(max(TIMES))], seconds[str(min(TIMES))]
        yield Line(f"{name}, 1,200 quarters", longest, "ms", "the same, 12 quarters", shortest, most=TIMES[max(TIMES)])
    for name, seconds in found["publication"].items():
        yield Line(name, seconds, "ms", most=PUBLICATION_MS)


def measured() -> dict[str, Any]:
    from config.gunicorn import collect_seldom
    from tests.bench import history

    collected()
    found: dict[str, Any] = {"home": {}, "plain": {}, "others": {name: {} for name in OTHERS}}
    for times in TIMES:
        history.fill(times)
        jobs = _jobs()
        for job in jobs.values():
            job()
        collect_seldom()  # as a worker of gunicorn does
        seconds = least(jobs, ROUNDS)
        for name in ("home", "plain"):
            found[name][times] = seconds[name]
        for name in OTHERS:
            found["others"][name][times] = seconds[name]
    return {**found, "publication": _publication()}


def _jobs() -> Any:
    from django.test import Client

    from tests.bench import plain

    client = Client(headers={"host": "localhost"})

    def of(address: str) -> Callable[[], None]:
        def job() -> None:
            assert client.get(address, secure=True).status_code == 200

        return job

    def usual() -> None:
        plain.page()

    return {"home": of("/"), "plain": usual, **{name: of(address) for name, address in OTHERS.items()}}


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
