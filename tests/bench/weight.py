"""The first view of a page in a browser, over a slow line and with a slow processor: what is fetched, how soon the
largest part is painted, and how much moves afterwards. The page itself is kept by the server, as nearly always."""

import json
import shutil
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench import server
from tests.bench.place import apart, collected, temporary
from tests.bench.table import Line

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "Home page": "/",
    "HISP page": "/hisps/va-vha/",
    "Compare page": "/compare/?of=va-vha&of=va-vba&of=dhs-tsa&of=dos-ca",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (412, 1280)  # a phone, and a desk
ROUNDS = 3
MOST = {"bytes": 100, "requests": 10, "script": 30, "painted": 1.5, "moved": 0.02}
_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
_SLOWER = 4  # than the processor of this machine
_SETTLED_MS = 1000
_OBSERVED = """
window.painted = 0; window.moved = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.painted = one.startTime / 1000; })
    .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries()) window.moved += one.value; })
    .observe({type: "layout-shift", buffered: true});
"""


def lines() -> Iterator[Line]:
    if browser() is None:
        print("Not found: Chromium. `.ci/machine` installs it.")
        return
    for page, found in apart("weight").items():
        yield Line(f"{page}, first view, with headers", found["bytes"], "KB", most=MOST["bytes"])
        yield Line(f"{page}, of this JavaScript", found["script"], "KB", most=MOST["script"])
        yield Line(f"{page}, requests for", found["requests"], "files", most=MOST["requests"])
        yield Line(f"{page}, largest part painted after", found["painted"], "s", most=MOST["painted"])
        yield Line(f"{page}, moved after it was painted (CLS)", found["moved"], "", most=MOST["moved"])


def measured() -> dict[str, dict[str, float]]:
    from playwright.sync_api import sync_playwright

    filled()
    collected()
    with server.gunicorn("config.wsgi") as live, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        return {name: _page(chromium, live, address) for name, address in PAGES.items()}


def filled() -> None:
    """The published past of the demonstration, without its people."""
    from io import StringIO

    from django.core.management import call_command

    from reporting.demo import seed

    call_command("load_registry", stdout=StringIO())
    seed.published_figures()


def _page(chromium: "Browser", live: server.Server, address: str) -> dict[str, float]:
    """The worse of both widths; the median of some views."""
    for _ in range(10):
        assert live.get(address)[0] == 200
    widths = []
    for width in WIDTHS:
        views = [_view(chromium, f"http://127.0.0.1:{live.port}{address}", width) for _ in range(ROUNDS)]
        widths.append({name: median(view[name] for view in views) for name in MOST})
    return {name: max(one[name] for one in widths) for name in MOST}


def _view(chromium: "Browser", address: str, width: int) -> dict[str, float]:
    """By somebody who has never been here: nothing is kept by the browser."""
    context = chromium.new_context(viewport={"width": width, "height": 823})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", _SLOW_4G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", loaded)
    page.add_init_script(_OBSERVED)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(_SETTLED_MS)
    found = {"painted": page.evaluate("painted"), "moved": page.evaluate("moved")}
    context.close()
    script = sum(size for one, size in sizes.items() if kinds[one] == "Script")
    fetched = [size for size in sizes.values() if size]  # a second use of the same file comes from the browser
    return {**found, "bytes": sum(fetched), "requests": len(fetched), "script": script}


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


if __name__ == "__main__":
    with temporary(SECURE_SSL_REDIRECT="false"):
        print(json.dumps(measured()))
