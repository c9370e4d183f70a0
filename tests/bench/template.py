"""Making the workbook that a reporter downloads."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from reporting.workbook.generate import Template, build
from reporting.workbook.spec import MOST_SURVEYS
from tests.bench.clock import least
from tests.bench.table import Line
from tests.reporting.workbook.workbooks import contents, template

ROUNDS = {11: 5, MOST_SURVEYS: 3}  # by number of surveys that are prefilled


def lines() -> Iterator[Line]:
    for surveys, rounds in ROUNDS.items():
        made_from = template(contents(surveys))
        values = _values(build(made_from))
        seconds = least({"build": partial(_build, made_from), "openpyxl": partial(_write, values)}, rounds)
        what = f"Template with {surveys} surveys prefilled"
        yield Line(what, seconds["build"], "s", "openpyxl writing the bare values", seconds["openpyxl"])


def _build(made_from: Template) -> None:
    build(made_from)


def _values(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(BytesIO(data), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def _write(values: dict[str, list[tuple[Any, ...]]]) -> None:
    book = Workbook(write_only=True)
    for title, rows in values.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(BytesIO())
