"""How a web worker grows while it takes in every file of the corpus.

As `python -m tests.bench.memory FOLDER` it is that worker: it takes in the files of the folder one after another and
prints its bytes before and at most.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.place import temporary
from tests.bench.table import Line

GROWTH_MB = 20
STATM = Path("/proc/self/statm")  # Linux only; a peak of getrusage would begin with that of whoever started us


def lines() -> Iterator[Line]:
    from tests.corpus.base import items

    if not STATM.exists():
        return
    with TemporaryDirectory() as folder:
        for number, item in enumerate(items()):
            Path(folder, f"{number:04}.xlsx").write_bytes(item.data())
        run = subprocess.run(
            [sys.executable, "-m", "tests.bench.memory", folder], check=True, stdout=subprocess.PIPE, text=True
        )
    before, most = map(float, run.stdout.split())
    yield Line(f"Web worker, at most, over {number + 1} files", most, "MB")
    yield Line("Web worker, growth over these files", most - before, "MB", most=GROWTH_MB)


def _before_and_at_most(folder: Path) -> tuple[int, int]:
    """Before: after a first, faultless file, by which everything is imported."""
    from django.utils import timezone

    from reporting.intake import receive
    from tests import factories, people
    from tests.reporting.workbook.workbooks import QUARTER, complete

    hisp, quarter = factories.hisp("va-vha"), factories.quarter(QUARTER.slug, opened_at=timezone.now())
    factories.expectation(hisp, quarter)
    reporter = people.reporter(hisp)
    receive(complete(), "report.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    before = most = resident()
    for file in sorted(folder.iterdir()):
        receive(file.read_bytes(), file.name, hisp=hisp, quarter=quarter, by=reporter)
        most = max(most, resident())
    return before, most


def resident() -> int:
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


if __name__ == "__main__":
    with temporary():
        print(*_before_and_at_most(Path(sys.argv[1])))
