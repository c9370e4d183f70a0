"""Cells as they are read: what openpyxl would give, although it never sees the sheet."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting.workbook import guard, spec
from reporting.workbook.grid import raw_rows
from reporting.workbook.readings import Raw
from reporting.workbook.refusals import Refused
from tests.corpus.base import STRINGS, shared
from tests.reporting.workbook.workbooks import cell_of, complete, fresh, part_of, patched, typed

CELL = cell_of(spec.TOUCHPOINTS, "transaction_point")


def _read(data: bytes) -> dict[str, dict[int, dict[int, Raw]]]:
    safe = guard.inspect(data)
    book = load_workbook(BytesIO(safe.book), read_only=True, data_only=True)
    return {sheet.name: raw_rows(book[sheet.name], safe.sheets[sheet.name]) for sheet in spec.INPUT_SHEETS}


def _with(xml: str) -> bytes:
    """A faultless workbook with this in the cell."""
    data = typed(complete(), {CELL: "the place"})
    return patched(data, part_of(spec.TOUCHPOINTS), '<is><t xml:space="preserve">the place</t></is>', xml)


def _text(xml: str) -> Any:
    return _read(_with(xml))[spec.TOUCHPOINTS.name][5][4].value


@pytest.mark.parametrize("make", [complete, fresh, shared])
def test_every_cell_is_read_as_openpyxl_reads_it(make: Any) -> None:
    rows = _read(make())
    book = load_workbook(BytesIO(make()), read_only=True, data_only=True)
    for name, read in rows.items():
        theirs = {
            (cell.row, cell.column): cell.value
            for row in book[name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        ours = {(r, c): raw.value for r, cells in read.items() for c, raw in cells.items() if raw.value is not None}
        assert ours == theirs


def test_runs_of_a_text_are_read_as_one() -> None:
    assert _text("<is><r><t>E-mail </t></r><r><rPr><b/></rPr><t>after</t></r></is>") == "E-mail after"


def test_how_a_text_is_spoken_is_no_part_of_it() -> None:
    assert _text('<is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>') == "東京"


def test_spaces_between_tags_are_no_part_of_a_text() -> None:
    assert _text("<is>\n  <t>E-mail</t>\n</is>") == "E-mail"


@pytest.mark.parametrize("xml", ["<is><t>a</t><t>b</t></is>", "<is><r><t>a</t></r><t>b</t></is>"])
def test_text_that_readers_take_in_two_ways_is_refused(xml: str) -> None:
    with pytest.raises(Refused) as refused:
        _read(_with(xml))

    assert str(refused.value.problem.cell) == CELL


def test_cell_outside_any_row_is_refused() -> None:
    stray = '<x><c r="Z19"><v>1</v></c></x></sheetData>'
    data = patched(complete(), part_of(spec.TOUCHPOINTS), "</sheetData>", stray)

    assert guard.refusal(data) is not None


def test_text_that_is_missing_is_told_with_its_cell() -> None:
    """The list of texts is there, but in the words of another format."""
    data = patched(shared(), STRINGS, "spreadsheetml/2006/main", "spreadsheetml/2006/other")

    with pytest.raises(Refused) as refused:
        _read(data)

    assert str(refused.value.problem.cell) == f"{spec.COVER.name}!A1"
