"""Kept pages under load, against what carries them: the same bytes from a bare WSGI application, and from nginx."""

import json
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import server
from tests.bench.place import ROOT, collected, on_postgres, temporary
from tests.bench.server import Server
from tests.bench.table import Line

ROUNDS = 4
GZIP = {"Accept-Encoding": "gzip"}


def lines() -> Iterator[Line]:
    if why := server.missing():
        print(why)
        return
    found = on_postgres("pages")
    raw, file = found["raw"], found["file"]
    yield Line("Home page, kept", found["home"], "µs", "the same bytes, bare WSGI", raw, most=1.33)
    yield Line("Home page, 304", found["conditional"], "µs", "the same bytes, bare WSGI", raw, most=1.11)
    yield Line("Home page behind nginx", found["proxied"], "µs", "the same file by nginx", file, most=1.11)


def measured() -> dict[str, float]:
    from tests.bench import history

    history.fill(1)
    collected()
    with server.gunicorn("config.wsgi", SECURE_SSL_REDIRECT="false", BEHIND_PROXY="true") as live:
        for _ in range(20):
            _, headers, body = live.get(accept_encoding="gzip")
        with TemporaryDirectory() as folder:
            # nginx, started by root, serves files as another user.
            Path(folder).chmod(0o755)
            return _held_together(live, headers, body, Path(folder))


def _held_together(live: Server, headers: Mapping[str, str], body: bytes, folder: Path) -> dict[str, float]:
    answer = folder / "answer.json"
    ours = [header for header in headers.items() if header[0] not in ("server", "date", "connection")]
    answer.write_text(json.dumps({"headers": ours, "body": b64encode(body).decode()}))
    (folder / "index.html").write_bytes(b"-")
    (folder / "index.html.gz").write_bytes(body)
    outside, inside = _proxy(live.port)
    (cached := folder / "cached").mkdir()
    cached.chmod(0o755)
    (plain := folder / "plain").mkdir()
    file = f"location / {{ root {folder}; gzip_static on; {_added(ours)} }}"
    with (
        server.gunicorn("tests.bench.raw:application", RAW_ANSWER=str(answer)) as raw,
        server.nginx(cached, inside, outside.replace("/var/cache/nginx", str(cached))) as proxied,
        server.nginx(plain, file) as served,
    ):
        known = {"If-None-Match": headers["etag"]}
        return _turns(
            {
                "raw": lambda: raw.cost(GZIP),
                "home": lambda: live.cost(GZIP),
                "conditional": lambda: live.cost(known),
                "file": lambda: served.cost(GZIP),
                "proxied": lambda: proxied.cost(GZIP),
            }
        )


def _added(headers: list[tuple[str, str]]) -> str:
    """The headers that nginx does not set for a file by itself, nor takes out of an answer that it has kept."""
    own = ("content-type", "content-encoding", "content-length", "etag", "last-modified", "x-accel-expires")
    return " ".join(f'add_header {name} "{value}";' for name, value in headers if name not in own)


def _turns(jobs: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The least of some rounds."""
    found = [{name: job() for name, job in jobs.items()} for _ in range(ROUNDS)]
    return {name: min(one[name] for one in found) for name in jobs}


def _proxy(port: int) -> tuple[str, str]:
    """What docker-compose.yml gives nginx, outside of its server and inside."""
    content = re.search(r"content: \|\n(.*?)\nvolumes:", (ROOT / "docker-compose.yml").read_text(), re.S)[1]  # type: ignore[index]
    outside, inside = content.replace("$$", "$").split("server {")
    location = inside[inside.index("location") : inside.rindex("}")]
    return outside, location.replace("http://web:8000", f"http://127.0.0.1:{port}")


if __name__ == "__main__":
    with temporary(os.environ["DATABASE_URL"], SECURE_SSL_REDIRECT="false"):
        print(json.dumps(measured()))
