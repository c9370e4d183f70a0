"""What our own code has to do with a page: another code, another page."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import django
from django.conf import settings

_ROOMS = ("config", "dashboards", "hisps", "reporting", "templates", "static")
_ENDINGS = (".py", ".html", ".css", ".js", ".svg", ".xml")


@dataclass(frozen=True)
class Code:
    text: str
    at: datetime  # when its newest file was written


@cache
def code() -> Code:
    """Of all that makes a page of figures. Read once in the life of a process."""
    made = hashlib.blake2b(django.__version__.encode(), digest_size=12)
    newest = 0.0
    for path in _files():
        made.update(path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    return Code(made.hexdigest(), datetime.fromtimestamp(newest, UTC))


def _files() -> Iterator[Path]:
    for room in _ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*")):
            if path.suffix in _ENDINGS:
                yield path
