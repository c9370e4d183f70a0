"""Reads a workbook in a process of its own, so that whatever a file does, the web worker goes on.

The process (`child`) starts when it is first needed and again when it is gone. What it sends back is taken as values
only: a file that got the better of it could still not run anything here.
"""

import atexit
import gc
import importlib
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reporting.workbook import child
from reporting.workbook.cells import ERROR, Problem
from reporting.workbook.parse import Parsed

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # of the environment; secrets stay here
_START_SECONDS = 20  # starting takes 0.4 s on an idle machine
_GRACE_SECONDS = 2  # past its time the child ends itself; that much later nobody waits for it any more


@dataclass(frozen=True)
class Limits:
    """What one workbook may cost: bytes of address space, seconds of CPU and by the clock; `workers` at a time."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    workers: int


@dataclass(frozen=True)
class Outcome:
    """`cpu_seconds` and `peak_bytes` (resident) are the child's; both 0 when it was stopped."""

    parsed: Parsed
    cpu_seconds: float = 0
    peak_bytes: int = 0


class Unavailable(Exception):
    """No process could be started to read in. It says nothing about the file."""


def read(data: bytes, limits: Limits) -> Parsed:
    """`parse.read` in the child. Raises Unavailable only."""
    return measured(data, limits).parsed


def measured(data: bytes, limits: Limits) -> Outcome:
    """`read`, and what it cost."""
    with _turns(limits.workers):
        connection = _server.connect() or _server.connect()  # the second time after a new start
        if connection is None:
            raise Unavailable("The process that reads workbooks does not start.")
        with connection:
            return _ask(connection, data, limits) or Outcome(Parsed(problems=[too_complex()]))


def start() -> None:
    """Starts the process without waiting for it, so that the first workbook finds it ready."""
    _server.start()


def too_complex() -> Problem:
    return Problem(
        "file_too_complex",
        ERROR,
        "This workbook takes too long, or too much memory, to read.",
        "A workbook about as large as the filled template.",
        "Copy your figures, as values, into a freshly downloaded template and upload that.",
    )


def _ask(connection: socket.socket, data: bytes, limits: Limits) -> Outcome | None:
    """None when the child was stopped before it answered."""
    connection.settimeout(limits.wall_seconds + _GRACE_SECONDS)
    job = child.JOB.pack(limits.memory_bytes, limits.cpu_seconds, limits.wall_seconds, len(data))
    try:
        connection.sendall(job + data)
        cpu_seconds, peak_bytes, length = child.ANSWER.unpack(child.exactly(connection, child.ANSWER.size))
        answer = child.exactly(connection, length)
        with _without_collecting():
            parsed = _Values(BytesIO(answer)).load()
    except (EOFError, OSError):
        return None
    return Outcome(parsed, cpu_seconds, peak_bytes)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that is unpacked is garbage; looking for some among 100,000 values costs as much as unpacking them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Values(pickle.Unpickler):
    """Makes our dataclasses and decimal numbers, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(importlib.import_module(module), name) if module.startswith("reporting.") else None
        if is_dataclass(found) or (module, name) == ("decimal", "Decimal"):
            return found or super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a workbook.")


class _Server:
    """The running child, if any. `module`: what it runs."""

    def __init__(self, module: str = "reporting.workbook.child") -> None:
        self.module = module
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None

    def connect(self) -> socket.socket | None:
        """A connection to a new fork that waits for its file. None, and an end to the process, when none comes."""
        ours, theirs = socket.socketpair()
        ours.settimeout(_START_SECONDS)
        process = None
        try:
            with theirs, self.lock:
                control, process = self._running()
                socket.send_fds(control, [b"f"], [theirs.fileno()])
            if ours.recv(1) == child.READY:
                return ours
        except OSError:
            pass
        ours.close()
        self.stop(process)
        return None

    def start(self) -> None:
        with self.lock:
            self._running()

    def stop(self, process: subprocess.Popen[bytes] | None) -> None:
        """Ends `process`, if it is still the one; forks that read go on to their end."""
        with self.lock:
            if process is not None and process is self.process:
                self._close()

    def _running(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        if self.control is None or self.process is None or self.process.poll() is not None:
            self._close()
            self.control, theirs = socket.socketpair()
            with theirs:
                self.process = _started(self.module, theirs.fileno())
        return self.control, self.process

    def _close(self) -> None:
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = self.control = None


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"OPENPYXL_LXML": "False"}


def _started(module: str, control: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (our own module; nothing of a file or a request is in it)
        [sys.executable, "-m", module, str(control)],
        cwd=_ROOT,
        env=_environment(),
        pass_fds=[control],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in a terminal is for the web server
    )


@cache
def _turns(workers: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(workers)


def _begin_anew() -> None:
    """In a process forked from this one, by gunicorn for instance: the child belongs to the other."""
    global _server
    if _server.control is not None:
        _server.control.close()
    _server = _Server()
    _turns.cache_clear()


_server = _Server()
atexit.register(lambda: _server.stop(_server.process))
os.register_at_fork(after_in_child=_begin_anew)
