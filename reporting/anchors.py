"""Figures with the cell of the upload in which they stood, and with what was said about them there.

Stored are the row of a survey and the first count of a question. The other cells of a survey's row follow from the
template's columns; where somebody moved columns, they all are the stored cell, which is still the right row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from reporting.beside import Block
from reporting.comments import Thread, Threads
from reporting.models import Submission, TouchpointReport
from reporting.preview import SurveyBlock
from reporting.workbook import spec
from reporting.workbook.cells import Cell

_COLUMNS = {column.fills: chr(ord("A") + place) for place, column in enumerate(spec.TOUCHPOINTS.columns)}
_VOLUMES = ("customers", "offered", "respondents")


@dataclass(frozen=True)
class Place:
    """`figure`: a volume, a question or the survey itself. `cell` is blank where none is known."""

    figure: Any
    cell: str
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True)
class Placed:
    """One survey; `whole` has what is about its row and about none of its volumes. `number` counts from 1."""

    number: int
    block: Any
    whole: Place
    volumes: tuple[Place, ...]
    rows: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.whole, *self.volumes, *self.rows)

    @property
    def open(self) -> int:
        """Open threads."""
        return sum(thread.is_open for place in self.places for thread in place.threads)


def surveys(submission: Submission, blocks: Iterable[Any], threads: Threads) -> list[Placed]:
    """`blocks`: Block or SurveyBlock, in the order of the submission's reports."""
    cells = [cells_of(report) for report in submission.reports.all()]
    return [_survey(n, *each, threads) for n, each in enumerate(zip(blocks, cells, strict=True), start=1)]


def elsewhere(found: Iterable[Placed], threads: Threads) -> list[Thread]:
    """Threads about the whole, or about a cell that no figure of the page stood in."""
    told = {id(thread) for survey in found for place in survey.places for thread in place.threads}
    return [thread for thread in threads if id(thread) not in told]


def _survey(number: int, block: Block | SurveyBlock, cells: dict[str, str], threads: Threads) -> Placed:
    told: set[int] = set()

    def place(figure: Any, cell: str, *, row: bool) -> Place:
        found = [one for one in threads if id(one) not in told and _is_at(one.cell, cell, row=row)]
        told.update(map(id, found))
        return Place(figure, cell, tuple(found))

    volumes = [place(one, cells.get(one.field, ""), row=False) for one in getattr(block, "volumes", ())]
    rows = [place(one, cells.get(_slug(one), ""), row=True) for one in block.rows]
    return Placed(number, block, place(block, cells.get("survey", ""), row=True), tuple(volumes), tuple(rows))


def _slug(row: Any) -> str:
    return str(getattr(row, "now", row).slug)


def _is_at(said: str, cell: str, *, row: bool) -> bool:
    """`row`: any cell of the row counts, since a question's counts stand side by side."""
    if not cell or said == cell:
        return bool(cell)
    one, other = Cell.parse(said), Cell.parse(cell)
    return bool(row and one and other and replace(one, column="A") == replace(other, column="A"))


def cells_of(report: TouchpointReport) -> dict[str, str]:
    """Cell by volume and by domain, and that of the survey itself under “survey”; nothing for what has none."""
    found = {result.domain: result.source for result in report.results.all() if result.source}
    if report.source:
        found |= {"survey": report.source, **{field: _volume(report.source, field) for field in _VOLUMES}}
    return found


def _volume(source: str, field: str) -> str:
    cell = Cell.parse(source)
    if cell is None or (cell.sheet, cell.column) != (spec.TOUCHPOINTS.name, _COLUMNS["survey"]):
        return source
    return str(Cell(cell.sheet, cell.row, _COLUMNS[field]))
