"""What a finding of the rules is about, in the words that problems of single cells have too.

“Survey 1 (Appointment): OMB control number”, “Trust (Appointment)”, “Satisfaction index: Threshold”.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reporting.contents import Contents, Survey
from reporting.domains import question_name
from reporting.workbook import spec
from reporting.workbook.cells import Cell, Problem
from reporting.workbook.places import number_of
from reporting.workbook.sheetview import Typed

_FOR_ITS_ROW = frozenset({"survey", "service", "name", "domain", *spec.COUNTS})  # a finding there is about the row


@dataclass(frozen=True)
class _About:
    """`of`: the survey, metric or index; `row`: what the row is; `column`: "" where the cell stands for its row."""

    of: str
    row: str
    column: str


def labeled(findings: Iterable[Problem], contents: Contents, sheets: Mapping[str, Typed]) -> list[Problem]:
    """The findings with the label of their cells, where these have one in common."""
    known = dict(_known(contents, sheets))
    return [replace(finding, label=_label(finding, known)) for finding in findings]


def _label(finding: Problem, known: Mapping[Cell, _About]) -> str:
    abouts = [known.get(cell) for cell in finding.cells]
    told = [about for about in abouts if about is not None]
    if not told or len(told) < len(abouts) or len({about.of for about in told}) > 1:
        return finding.label
    rows, columns = {about.row for about in told}, {about.column for about in told}
    row = told[0].row if len(rows) == 1 else told[0].of
    column = told[0].column if len(rows) == len(columns) == 1 else ""
    return ": ".join(part for part in (row, column) if part) or finding.label


def _known(contents: Contents, sheets: Mapping[str, Typed]) -> Iterator[tuple[Cell, _About]]:
    yield from _cells(spec.COVER, contents.places, "", "")
    for survey in contents.surveys:
        number, name = _number(survey, sheets), (survey.service_provided or survey.service)[:60]
        of = f"Survey {number} ({name})" if name else f"Survey {number}"
        yield from _cells(spec.TOUCHPOINTS, survey.places, of, of)
        for question in survey.questions:
            row = f"{question_name(question.domain)} ({name or f'survey {number}'})"
            yield from _cells(spec.RESPONSES, question.places, of, row)
    for table, things in ((spec.OPERATIONS, contents.metrics), (spec.INDEXES, contents.indexes)):
        for thing in things:
            yield from _cells(table, thing.places, thing.name[:60], thing.name[:60])


def _cells(sheet: spec.Sheet, places: Mapping[str, Cell], of: str, row: str) -> Iterator[tuple[Cell, _About]]:
    for column in sheet.columns:
        if column.fills in places:
            words = "" if column.fills in _FOR_ITS_ROW else spec.LABELS.get(column.fills, column.header)
            yield places[column.fills], _About(of, row, words)


def _number(survey: Survey, sheets: Mapping[str, Typed]) -> str:
    """As it was typed."""
    cell = survey.places.get("survey")
    row = sheets[cell.sheet].rows.get(cell.row, {}) if cell is not None and cell.sheet in sheets else {}
    return row.get(number_of(cell.column), "") if cell is not None else ""
