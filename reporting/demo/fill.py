"""Fills in a workbook as a reporter would, from Contents: for the demonstration and for tests of the whole way."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.contents import Contents, Survey
from reporting.workbook import choices, spec
from reporting.workbook.generate import HEADER_ROW
from reporting.workbook.kinds import Choice


def filled(workbook: bytes, contents: Contents) -> bytes:
    """The workbook with the contents' cover, surveys and answers written into its input cells."""
    book = load_workbook(BytesIO(workbook))
    _cover(book[spec.COVER.name], contents)
    _touchpoints(book[spec.TOUCHPOINTS.name], contents.surveys)
    _responses(book[spec.RESPONSES.name], contents.surveys)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cover(sheet: Worksheet, contents: Contents) -> None:
    for row, column in enumerate(spec.COVER.columns, start=HEADER_ROW):
        if column.fills:
            sheet.cell(row, 2).value = getattr(contents, column.fills) or None


def _touchpoints(sheet: Worksheet, surveys: tuple[Survey, ...]) -> None:
    for number, survey in enumerate(surveys, start=1):
        values = {
            column.fills: getattr(survey, column.fills, None) for column in spec.TOUCHPOINTS.columns if column.fills
        }
        values |= {"survey": number, "volume_notes": " ".join(survey.volume_notes.values())}
        _write(sheet, HEADER_ROW + number, spec.TOUCHPOINTS, values)


def _responses(sheet: Worksheet, surveys: tuple[Survey, ...]) -> None:
    rows = _question_rows(sheet)
    for number, survey in enumerate(surveys, start=1):
        for question in survey.questions:
            counts = question.tally.counts if question.tally else [None] * 5
            values: dict[str, Any] = dict(zip(spec.COUNTS, counts, strict=True))
            values |= {"asked": question.no_data != "not_asked", "wording": question.wording, "notes": question.notes}
            _write(sheet, rows[number, question.domain], spec.RESPONSES, values)


def _question_rows(sheet: Worksheet) -> dict[tuple[int, str], int]:
    """Survey number and question -> row."""
    headers = [column.fills for column in spec.RESPONSES.columns]
    survey, domain = headers.index("survey"), headers.index("domain")
    slugs = dict(choices.QUESTIONS)
    return {
        (values[survey], slugs[values[domain]]): row
        for row, values in enumerate(sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True), start=HEADER_ROW + 1)
        if values[survey] and values[domain]
    }


def _write(sheet: Worksheet, row: int, table: spec.Sheet, values: dict[str, Any]) -> None:
    for number, column in enumerate(table.columns, start=1):
        if column.fills in values:
            value = values[column.fills]
            if isinstance(column.kind, Choice) and value not in (None, ""):
                value = column.kind.label_of(value)
            sheet.cell(row, number).value = value if value != "" else None
