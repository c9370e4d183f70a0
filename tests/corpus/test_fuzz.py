"""2,000 mutations of a faultless workbook, 5,000 in `make fuzz`, and some that no run before has seen.

None may raise, hang or be accepted without having been read. `FUZZ_SEED=…` repeats the seeds that a run has printed.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from reporting.workbook import parse, reader
from reporting.workbook.refusals import Refused
from tests.corpus.fuzz import mutated, packed

MUTATIONS = int(os.environ.get("FUZZ", "2000"))
AT_ONCE = 100
SECONDS_FOR_ONE = 10
LIMITS = reader.Limits(memory_bytes=512 * 2**20, cpu_seconds=10, wall_seconds=20, workers=2)


class Hang(Exception):
    pass


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise Hang

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _surprise(seed: int) -> str:
    """What went wrong; "" when nothing did. openpyxl may stumble over a broken file; nothing of ours may."""
    data = mutated(seed)
    try:
        with _at_most(SECONDS_FOR_ONE):
            parsed = parse._read(data)
    except Refused as refused:
        return "" if refused.problem.fix else f"{seed}: no way out of {refused.problem.rule}"
    except Hang:
        return f"{seed}: it took more than {SECONDS_FOR_ONE} s"
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        if any("openpyxl" in frame.filename for frame in frames):
            return ""
        return f"{seed}: {error!r} at {frames[-1].filename}:{frames[-1].lineno}"
    is_told = any(problem.blocks for problem in parsed.problems)
    return "" if parsed.contents is not None or is_told else f"{seed}: neither read nor refused"


def _check(seeds: range, record_property: Callable[[str, object], None]) -> None:
    record_property("family", "L")
    record_property("inputs", len(seeds))
    surprises = [surprise for surprise in map(_surprise, seeds) if surprise]
    assert not surprises, f"FUZZ_SEED={seeds.start}\n" + "\n".join(surprises)
    data = mutated(seeds.start)
    assert reader.read(data, LIMITS) == parse.read(data)


@pytest.mark.parametrize("start", range(0, MUTATIONS, AT_ONCE))
def test_no_mutation_surprises(start: int, record_property: Callable[[str, object], None]) -> None:
    _check(range(start, start + AT_ONCE), record_property)


def test_no_new_mutation_surprises(fuzz_seed: int, record_property: Callable[[str, object], None]) -> None:
    _check(range(fuzz_seed, fuzz_seed + AT_ONCE), record_property)


def test_what_is_mutated_is_faultless() -> None:
    parsed = parse.read(packed())

    assert parsed.contents is not None
    assert parsed.problems == []


def test_seed_makes_the_same_file_again() -> None:
    assert mutated(7) == mutated(7)
