"""Fills a generated template as a reporter would: for tests of reading, of intake and in the browser.

To make, load and save a workbook takes a tenth of a second each. So whatever was made is kept for the next test that
asks for the same.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.contents import Contents, Question, Survey
from reporting.domains import QUESTION_SLUGS
from reporting.workbook import spec
from reporting.workbook.kinds import Choice

_filled_in: dict[tuple[bytes, str], bytes] = {}


def fill_from(template: bytes, contents: Contents) -> bytes:
    """The template with everything of `contents` typed in, and nothing that was prefilled left over."""
    asked = template, repr(contents)
    if asked not in _filled_in:
        _filled_in[asked] = _fill_from(template, contents)
    return _filled_in[asked]


def _fill_from(template: bytes, contents: Contents) -> bytes:
    book = load_workbook(BytesIO(template))
    cover = book[spec.COVER.name]
    for row in cover.iter_rows(min_row=4):
        column = next((c for c in spec.COVER.columns if c.fills and c.header == row[0].value), None)
        if column is not None:
            row[1].value = getattr(contents, column.fills) or None
    surveys = list(enumerate(contents.surveys, start=1))
    _write(book[spec.TOUCHPOINTS.name], spec.TOUCHPOINTS, [_touchpoint(n, survey) for n, survey in surveys])
    _write(book[spec.RESPONSES.name], spec.RESPONSES, [
        _response(number, slug, survey.question(slug)) for number, survey in surveys for slug in QUESTION_SLUGS
    ])  # fmt: skip
    for table, things in ((spec.OPERATIONS, contents.metrics), (spec.INDEXES, contents.indexes)):
        _write(
            book[table.name], table, [{c.fills: getattr(thing, c.fills) for c in table.columns} for thing in things]
        )
    return saved(book)


def filled(template: bytes, cells: dict[str, Any]) -> bytes:
    """The template with single cells set: {"Touchpoints!F5": "48 million"}."""
    return _with_cells(template, tuple((place, type(value), value) for place, value in cells.items()))


@cache
def _with_cells(template: bytes, cells: tuple[tuple[str, type, Any], ...]) -> bytes:
    """`type`: 1 and True are the same to a cache."""
    book = load_workbook(BytesIO(template))
    for place, _, value in cells:
        sheet, _, address = place.partition("!")
        book[sheet][address] = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _touchpoint(number: int, survey: Survey) -> dict[str, Any]:
    values = {c.fills: getattr(survey, c.fills) for c in spec.TOUCHPOINTS.columns if c.fills not in ("", "survey")}
    values["volume_notes"] = next(iter(survey.volume_notes.values()), None)
    values["control_number"] = survey.control_number_typed or survey.control_number
    return values | {"survey": number}


def _response(number: int, slug: str, question: Question | None) -> dict[str, Any]:
    row: dict[str, Any] = {"survey": number, "domain": slug}
    if question is None:
        return row
    counts = question.tally.counts if question.tally else (None,) * 5
    return row | {
        "wording": question.wording,
        "asked": question.no_data != "not_asked",
        "notes": question.notes,
        **dict(zip(spec.COUNTS, counts, strict=True)),
    }


def _write(sheet: Worksheet, table: spec.Sheet, rows: Iterable[dict[str, Any]]) -> None:
    header = next(r for r in range(1, 20) if sheet.cell(r, 1).value == table.columns[0].header)
    number = {cell.value: cell.column for cell in sheet[header]}
    inputs = [column for column in table.columns if column.fills]
    written = list(rows)
    for offset in range(max(sheet.max_row - header, len(written))):
        is_written = offset < len(written)
        values = written[offset] if is_written else {}
        for column in inputs:
            if not is_written and column.fills in ("survey", "domain"):
                continue
            cell = sheet.cell(header + 1 + offset, number[column.header])
            value = values.get(column.fills)
            if isinstance(column.kind, Choice) and value is not None:
                value = column.kind.label_of(value)
            cell.value = value if value != "" else None
            if isinstance(value, str) and value:
                cell.data_type = "s"
