"""Requests one after the other, none of them kept: how much slower than usual the slowest are. And how soon a
publication shows on every worker."""

import json
import os
import time
from collections.abc import Iterator

from tests.bench import server
from tests.bench.place import collected, on_postgres, temporary
from tests.bench.table import Line

REQUESTS, AGREED = 1500, 40
ADDRESS = "/hisps/d00-h00/"


def lines() -> Iterator[Line]:
    found = on_postgres("tail")
    what = f"{REQUESTS:,} pages made anew, 99.9 % of them within"
    yield Line(what, found["p999"], "ms", "half of them within", found["p50"], most=5)
    yield Line("A publication shows on both workers after, at most", found["visible"], "s", most=1)


def measured() -> dict[str, float]:
    from tests.bench import history

    history.fill(1)
    collected()
    with server.gunicorn("config.wsgi", PAGE_CACHE_BYTES="0") as cold:
        times = sorted(_timed(cold, ADDRESS) for _ in range(REQUESTS))
    with server.gunicorn("config.wsgi") as live:
        visible = max(_until_all_agree(live) for _ in range(5))
    return {"p50": times[len(times) // 2], "p999": times[int(len(times) * 0.999)], "visible": visible}


def _timed(of: server.Server, address: str) -> float:
    began = time.perf_counter()
    assert of.get(address)[0] == 200
    return time.perf_counter() - began


def _until_all_agree(live: server.Server) -> float:
    """From the commit until the last answer that tells of the former figures."""
    from reporting import review
    from reporting.models import Submission
    from tests import people

    for _ in range(20):
        former = live.get()[1]["etag"]
    review.withdraw(Submission.objects.published().first(), by=people.administrator(), reason="Counted twice.")
    committed = last = time.perf_counter()
    agreed = 0
    while agreed < AGREED:
        is_former = live.get()[1]["etag"] == former
        agreed = 0 if is_former else agreed + 1
        last = time.perf_counter() if is_former else last
    return last - committed


if __name__ == "__main__":
    with temporary(os.environ["DATABASE_URL"], SECURE_SSL_REDIRECT="false"):
        print(json.dumps(measured()))
