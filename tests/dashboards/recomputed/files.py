"""A downloaded file against the rows that it should hold: any order, but no row twice, none missing, none more."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from tests.dashboards.recomputed.datasets import Line, Value


def body(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return b"".join(answer)


def in_csv(address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(address).decode(), newline="")))


def in_json(address: str) -> list[dict[str, Any]]:
    return json.loads(body(address))


def in_workbook(address: str) -> list[dict[str, Any]]:
    header, *lines = load_workbook(io.BytesIO(body(address)), read_only=True).worksheets[0].values
    return [dict(zip(map(str, header), map(_day, line), strict=True)) for line in lines]


def _day(value: Any) -> Any:
    """A workbook knows moments only."""
    return value.date() if isinstance(value, datetime) else value


def faults(address: str, expected: Iterable[Line]) -> list[str]:
    """In the form that the address ends in."""
    kind = address.partition("?")[0].rpartition(".")[2]
    read, written = {"csv": (in_csv, _csv), "json": (in_json, _json), "xlsx": (in_workbook, _workbook)}[kind]
    right = [{name: written(value) for name, value in line.items()} for line in expected]
    found = read(address)
    if right and found and (unknown := right[0].keys() - found[0].keys()):
        return [f"{address}: there are no columns {unknown}"]
    columns = list(right[0]) if right else []
    return _unlike(address, columns, *(Counter(_key(line, columns) for line in lines) for lines in (found, right)))


def _key(line: dict[str, Any], columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(line[name] for name in columns)


Lines = Counter[tuple[Any, ...]]


def _unlike(address: str, columns: Sequence[str], found: Lines, right: Lines) -> list[str]:
    """Each line that should not be there, beside the one that is most like it."""
    told, missing = [], list((right - found).elements())
    for line in (found - right).elements():
        apart = [_apart(columns, line, own) for own in missing]
        least = min(range(len(apart)), key=lambda place: len(apart[place]), default=None)
        told.append(f"{address}: {line[:8]} … {apart[least] if least is not None else 'is one too many'}")
        if least is not None:
            del missing[least]
    return told + [f"{address}: {line} is missing" for line in missing]


def _apart(columns: Sequence[str], found: tuple[Any, ...], right: tuple[Any, ...]) -> list[str]:
    pairs = zip(columns, found, right, strict=True)
    return [f"{name}: {one!r}, not {other!r}" for name, one, other in pairs if one != other]


def _csv(value: Value) -> str:
    """A text that a spreadsheet could run begins with an apostrophe."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return f"'{value}"
    return "" if value is None else str(value)


def _json(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _workbook(value: Value) -> Any:
    if isinstance(value, str):
        return _csv(value) or None
    return float(value) if isinstance(value, Decimal) else value
