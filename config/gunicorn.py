"""How gunicorn runs the application: `gunicorn config.wsgi --config config/gunicorn.py`. The command line wins."""

import gc
import os
from typing import Any

from dashboards.alive import LISTENERS

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
control_socket_disable = True  # the container's user has no home to keep it in
_MEMORY = "/dev/shm"  # noqa: S108  # for the heartbeat of a worker, which must not wait for a slow disk
if os.path.isdir(_MEMORY):
    worker_tmp_dir = _MEMORY


def post_worker_init(worker: Any) -> None:
    _live_while_sending(worker)
    collect_seldom()


def collect_seldom() -> None:
    """What was imported stays. Frozen, the collector does not go over it again: it did so in the middle of requests,
    which made the slowest one in a thousand seven times as slow. And it comes after 50,000 new objects instead of
    some hundred: a page makes thousands that are all still needed, and one in six milliseconds went into looking at
    them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def _live_while_sending(worker: Any) -> None:
    """A worker that is silent for half a minute is killed; one that sends a long file is not silent."""
    LISTENERS.append(worker.notify)
