"""The child process: what it reads is what parse reads, and nothing a file does reaches this process."""

import os
import pickle
import signal
import threading
from dataclasses import replace
from io import BytesIO

import pytest

from reporting.workbook import parse, reader
from tests.reporting.workbook.workbooks import complete, fresh, zipped

LIMITS = reader.Limits(memory_bytes=512 * 2**20, cpu_seconds=10, wall_seconds=20, workers=2)


def _rules(data: bytes, limits: reader.Limits = LIMITS) -> list[str]:
    return [problem.rule for problem in reader.read(data, limits).problems]


@pytest.mark.parametrize("data", [complete(), fresh(), b"", b"nonsense", zipped({"a": b"b"})])
def test_child_reads_what_parse_reads(data: bytes) -> None:
    assert reader.read(data, LIMITS) == parse.read(data)


def test_child_says_what_a_file_cost() -> None:
    outcome = reader.measured(complete(), LIMITS)

    assert outcome.cpu_seconds > 0.001
    assert 2**20 < outcome.peak_bytes < 128 * 2**20


@pytest.mark.parametrize(
    "limits",
    [
        replace(LIMITS, memory_bytes=20 * 2**20),
        replace(LIMITS, wall_seconds=0.02),
        replace(LIMITS, cpu_seconds=0),
    ],
    ids=["memory", "clock", "CPU"],
)
def test_file_that_needs_more_than_its_limits_gets_a_sentence(limits: reader.Limits) -> None:
    problem = reader.read(complete(), limits).problems[0]

    assert problem.rule == "file_too_complex"
    assert problem.message == (
        "This workbook takes too long, or too much memory, to read. "
        "Copy your figures, as values, into a freshly downloaded template and upload that."
    )
    assert _rules(complete()) == []


def test_killed_child_is_started_again() -> None:
    reader.start()
    process = reader._server.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)

    assert _rules(complete()) == []


def test_child_that_cannot_start_is_told_apart_from_a_bad_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")

    with pytest.raises(reader.Unavailable):
        reader.read(complete(), LIMITS)


def test_threads_wait_for_their_turn() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(_rules(b"a"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [["format_text"]] * 8


def test_forked_web_worker_starts_a_child_of_its_own() -> None:
    reader.start()
    server = reader._server
    pid = os.fork()
    if pid == 0:
        os._exit(not (_rules(b"a") == ["format_text"] and reader._server is not server))

    assert os.waitpid(pid, 0)[1] == 0
    assert _rules(b"a") == ["format_text"]


def test_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@db/hisp")

    assert set(reader._environment()) <= {"PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "OPENPYXL_LXML"}


@pytest.mark.parametrize("value", [os.system, pickle.loads, parse.read, parse.load_workbook, Exception])
def test_answer_can_hold_values_only(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        reader._Values(BytesIO(pickle.dumps(value))).load()
