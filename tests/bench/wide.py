"""The product with its limits of size out of the way, to see how reading grows far beyond them.

As `python -m tests.bench.wide FD` it is the child process that `reader` starts, so widened.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from reporting.domains import QUESTION_SLUGS
from reporting.workbook import archive, child, guard, reader, scan, spec

MOST_SURVEYS = 4_000
_MUCH = 2**30
_WIDER = {
    scan: {"LAST_ROW": MOST_SURVEYS * len(QUESTION_SLUGS) + 100, "MOST_TAGS": _MUCH},
    guard: {"MOST_TAGS_IN_ALL": _MUCH, "MOST_BYTES": _MUCH},
    archive: {"MOST_UNPACKED_PART": _MUCH, "MOST_UNPACKED": _MUCH},
}


@contextmanager
def here() -> Iterator[None]:
    """This process takes a workbook of 4,000 surveys."""
    with ExitStack() as stack:
        for module, limits in _WIDER.items():
            stack.enter_context(patch.multiple(module, **limits))
        stack.enter_context(patch.dict(vars(spec.SURVEY_NUMBER), most=MOST_SURVEYS))
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """This process and the child."""
    server = reader._Server("tests.bench.wide")
    with here(), patch.object(reader, "_server", server):
        yield
    server.stop(server.process)


if __name__ == "__main__":
    with here():
        child.serve(socket.socket(fileno=int(sys.argv[1])))
