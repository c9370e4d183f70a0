"""Files as a stranger downloads them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from django.test import Client
from openpyxl import load_workbook


def shared(folder: Path) -> dict[str, Any]:
    """The setting of a cache as in production."""
    return {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)}}


def body(address: str, **headers: str) -> bytes:
    answer = Client().get(address, headers=headers or None)
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def rows(address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(address).decode(), newline="")))


def objects(address: str) -> list[dict[str, Any]]:
    return json.loads(body(address))


def sheet(address: str, name: str = "") -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(body(address)))
    return list((book[name] if name else book.worksheets[0]).values)
