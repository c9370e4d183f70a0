"""CPU seconds. The machine may be shared: what others do takes time by the clock, and only ever adds to CPU seconds.
So jobs that are held against each other take turns, and the least figure of each counts."""

import gc
from collections.abc import Callable, Mapping
from time import process_time

Job = Callable[[], float | None]


def least(jobs: Mapping[str, Job], rounds: int) -> dict[str, float]:
    """CPU seconds of each job, the least of `rounds`. A job returns what other processes spent for it, if any did."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            began = process_time()
            elsewhere = job() or 0
            found[name].append(process_time() - began + elsewhere)
    return {name: min(seconds) for name, seconds in found.items()}
