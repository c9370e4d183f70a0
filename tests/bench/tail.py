"""Requests one after the other, none of them kept: how much slower than usual the slowest are, by the clock and in CPU
of the server, which others on the machine cannot make longer. And how soon a withdrawal shows on every worker.
"""

import json
import os
import time
from collections.abc import Iterator
from threading import Event, Thread

from tests.bench import server
from tests.bench.place import collected, on_postgres, temporary
from tests.bench.table import Line

REQUESTS, WITHDRAWALS, LOOKED = 1500, 5, 2.0  # seconds from a withdrawal on
ADDRESS = "/hisps/d00-h00/"


def lines() -> Iterator[Line]:
    found = on_postgres("tail")
    for name, what in (("clock", "pages made anew"), ("cpu", "of them in CPU of the server")):
        usual, slowest = found[name]
        yield Line(f"{REQUESTS:,} {what}, 99.9 % within", slowest, "ms", "half of them within", usual, most=5)
    yield Line("A withdrawal shows on both workers after, at most", found["visible"], "s", most=1)


def measured() -> dict[str, object]:
    from tests.bench import history

    history.fill(1)
    collected()
    with server.gunicorn("config.wsgi", PAGE_CACHE_BYTES="0") as cold:
        cold.wait_until_idle()
        timed = [_timed(cold, ADDRESS) for _ in range(REQUESTS)]
    with server.gunicorn("config.wsgi") as live:
        live.wait_until_idle()
        visible = max(_until_all_agree(live) for _ in range(WITHDRAWALS))
    clock, cpu = zip(*timed, strict=True)
    return {"clock": _usual_and_slowest(clock), "cpu": _usual_and_slowest(cpu), "visible": visible}


def _timed(of: server.Server, address: str) -> tuple[float, float]:
    """By the clock, and in CPU."""
    began, spent = time.perf_counter(), of.running()
    assert of.get(address)[0] == 200
    return time.perf_counter() - began, of.running() - spent


def _usual_and_slowest(times: tuple[float, ...]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.999)]


def _until_all_agree(live: server.Server) -> float:
    """From the commit until the last answer that tells of the former figures. Somebody asks all the time."""
    from reporting import review
    from reporting.models import Submission
    from tests import people

    answers: list[tuple[float, str]] = []
    enough = Event()

    def ask() -> None:
        while not enough.is_set():
            tag = live.get()[1]["etag"]
            answers.append((time.perf_counter(), tag))

    asking = Thread(target=ask)
    asking.start()
    review.withdraw(Submission.objects.published().first(), by=people.administrator(), reason="Counted twice.")
    committed = time.perf_counter()
    time.sleep(LOOKED)
    enough.set()
    asking.join()
    newest = answers[-1][1]
    assert newest != answers[0][1], "No answer tells of the withdrawal."
    return max([at - committed for at, tag in answers if tag != newest and at > committed], default=0.0)


if __name__ == "__main__":
    with temporary(os.environ["DATABASE_URL"], SECURE_SSL_REDIRECT="false"):
        print(json.dumps(measured()))
