"""Lighthouse's four scores of the pages of `weight`, the median of three: `make lighthouse`, which installs it. Exits
with 1 when one is below its target."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import server
from tests.bench.place import ROOT, collected, temporary
from tests.bench.weight import PAGES, ROUNDS, browser, filled

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
_PROGRAM = ROOT / "var" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
_TRIES = 4  # on a busy machine Chromium loses the trace now and then (NO_NAVSTART)
_FLAGS = "--headless=new --no-sandbox"


def main() -> int:
    if (path := browser()) is None:
        print("Not found: Chromium. `.ci/machine` installs it.", file=sys.stderr)
        return 2
    os.environ["CHROME_PATH"] = path
    with temporary(SECURE_SSL_REDIRECT="false") as folder:
        filled()
        collected()
        print(f"{'':<14} " + " ".join(f"{name:>16}" for name in LEAST))
        with server.gunicorn("config.wsgi") as live:
            found = [_page(name, f"http://127.0.0.1:{live.port}{PAGES[name]}", Path(folder)) for name in PAGES]
    return not all(found)


def _page(name: str, address: str, folder: Path) -> bool:
    """Whether each score is what it should be; names what cost points."""
    views = [_view(address, folder) for _ in range(ROUNDS)]
    scores = {one: median(round(view["categories"][one]["score"] * 100) for view in views) for one in LEAST}
    print(f"{name:<14} " + " ".join(f"{score:>16g}" for score in scores.values()), flush=True)
    for fault in sorted({fault for view in views for one in LEAST for fault in _faults(view, one)}):
        print(f"  {fault}")
    return all(scores[one] >= least for one, least in LEAST.items())


def _view(address: str, folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    command = ["node", str(_PROGRAM), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(LEAST)}"]
    for _ in range(_TRIES):
        run = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        if not run.returncode:
            break
    else:
        raise RuntimeError(run.stderr)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def _faults(view: dict[str, Any], category: str) -> list[str]:
    weighed = [part["id"] for part in view["categories"][category]["auditRefs"] if part["weight"]]
    audits = [view["audits"][one] for one in weighed]
    return [f"{category}: {audit['title']}" for audit in audits if audit["score"] is not None and audit["score"] < 0.9]


if __name__ == "__main__":
    sys.exit(main())
