"""The process in which workbooks are read. `reader` starts it once, as `python -m reporting.workbook.child FD`.

It has everything imported and forks for every file: the fork reads that one file under its limits, answers and ends,
so nothing a file does outlives it. It is given no secret, no setting and no open connection.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from contextlib import suppress
from io import BytesIO

from openpyxl import Workbook

from reporting.workbook import parse

JOB = struct.Struct("!QQdQ")  # limits: bytes of memory, seconds of CPU, seconds by the clock; length of the file
ANSWER = struct.Struct("!dQQ")  # what it cost: CPU seconds, bytes of memory at most; length of the pickled Parsed
READY = b"r"
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_FILES_AT_ONCE = 16  # openpyxl opens none; a lazy import or two may


def serve(control: socket.socket) -> None:
    """Forks for each socket that comes in over `control`; returns when the other side is gone."""
    _warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that ended need nobody to wait for them
    while True:
        _, received, _, _ = socket.recv_fds(control, 1, 1)
        if not received:
            return
        with (
            suppress(OSError),
            socket.socket(fileno=received[0]) as connection,
        ):  # no fork: the other side sees no READY
            if os.fork() == 0:
                control.close()
                _answer(connection)


def _warm_up() -> None:
    """Reads one workbook, so that all is imported, and keeps the collector from touching, and so copying, it all."""
    file = BytesIO()
    Workbook().save(file)
    parse.read(file.getvalue())
    gc.collect()
    gc.freeze()


def _answer(connection: socket.socket) -> None:
    """In the fork. Ends without an answer when the file needs more than its limits: by MemoryError or by a signal."""
    status = 1
    try:
        connection.sendall(READY)
        memory, cpu, wall, length = JOB.unpack(exactly(connection, JOB.size))
        _limit(memory, cpu, wall)
        gc.disable()  # this process ends with its file, long before collecting would pay
        parsed = pickle.dumps(parse.read(exactly(connection, length)), pickle.HIGHEST_PROTOCOL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        connection.sendall(
            ANSWER.pack(used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT, len(parsed)) + parsed
        )
        status = 0
    except (MemoryError, EOFError, OSError):
        pass
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _limit(memory: int, cpu: int, wall: float) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),  # of this fork alone: it began at 0
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES_AT_ONCE),
    ):
        with suppress(ValueError, OSError):  # macOS does not know all of them
            resource.setrlimit(limit, (value, value))


def exactly(connection: socket.socket, length: int) -> bytes:
    """Raises EOFError when the other side ends before."""
    buffer = bytearray(length)
    view, filled = memoryview(buffer), 0
    while filled < length:
        count = connection.recv_into(view[filled:])
        if not count:
            raise EOFError
        filled += count
    return bytes(buffer)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
