"""The product with its limits of size out of the way, to see how reading grows far beyond them.

As `python -m tests.bench.wide FD` it is the child process that `reader` starts, so widened.
"""

import socket
import sys

from reporting.domains import QUESTION_SLUGS
from reporting.workbook import archive, child, grid, guard, reader, scan, spec

MOST_SURVEYS = 4_000
_MUCH = 2**30


def widen() -> None:
    """Lets this process take a workbook of 4,000 surveys."""
    rows = MOST_SURVEYS * len(QUESTION_SLUGS) + 100
    for module in (scan, grid):
        module.LAST_ROW = rows  # type: ignore[attr-defined]
    object.__setattr__(spec.SURVEY_NUMBER, "most", MOST_SURVEYS)
    scan.MOST_TAGS = guard.MOST_TAGS_IN_ALL = guard.MOST_BYTES = _MUCH
    archive.MOST_UNPACKED_PART = archive.MOST_UNPACKED = _MUCH


def widen_all() -> None:
    """This process and the child."""
    widen()
    reader._server = reader._Server("tests.bench.wide")


if __name__ == "__main__":
    widen()
    child.serve(socket.socket(fileno=int(sys.argv[1])))
