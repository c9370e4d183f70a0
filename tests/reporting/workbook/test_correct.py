"""Values written into her own file: these cells and no others, whatever program saved it."""

import io
import random
import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from reporting.workbook import guard, parse, spec
from reporting.workbook.annotate import annotate
from reporting.workbook.cells import Cell
from reporting.workbook.correct import NotCorrected, Value, corrected, value_for
from reporting.workbook.marks import COLORS
from tests.corpus import passing
from tests.corpus.base import Item, shared
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.test_annotate import mutated
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    edited,
    part_of,
    parts_of,
    patched,
    rules_of,
    typed,
    zipped,
)

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
FIRST_COUNT = cell_of(spec.RESPONSES, "n1")
REFLECTION = "Cover!B11"
TOTAL, NEXT_TOTAL = "Responses!K5", "Responses!K6"


def at(place: str) -> Cell:
    found = Cell.parse(place)
    assert found is not None
    return found


def put(data: bytes, values: dict[str, Value]) -> bytes:
    made = corrected(data, {at(place): value for place, value in values.items()})
    guard.inspect(made)
    return made


def values(data: bytes) -> dict[str, Any]:
    """Every cell with something in it, as openpyxl has it; of a formula its text."""
    book = load_workbook(io.BytesIO(data))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and not isinstance(cell.value, ArrayFormula)
    }


def cell(data: bytes, place: str, *, results: bool = False) -> Any:
    sheet, _, address = place.partition("!")
    return load_workbook(io.BytesIO(data), data_only=results)[sheet][address]


def look(of: Any) -> list[str]:
    """The number format first."""
    return [of.number_format, *map(repr, (of.font, of.fill, of.border, of.alignment, of.protection))]


@cache
def calculated() -> bytes:
    return saved_again(complete())


@pytest.mark.parametrize("item", passing.ITEMS, ids=str)
def test_one_cell_changes_and_all_others_stay(item: Item) -> None:
    data = item.data()
    before = parse.read(data).contents
    assert before is not None
    place = before.surveys[0].places["customers"]

    made = put(data, {str(place): 123_456})

    after = parse.read(made).contents
    assert after is not None
    assert after.surveys[0].customers == 123_456
    assert after.surveys[1:] == before.surveys[1:]
    assert (after.metrics, after.indexes, after.reflection) == (before.metrics, before.indexes, before.reflection)
    assert values(made) == values(data) | {f"{_title(data, place)}!{place.address}": 123_456}


def _title(data: bytes, place: Cell) -> str:
    names = load_workbook(io.BytesIO(data), read_only=True).sheetnames
    return next(name for name in names if name.casefold().strip() == place.sheet.casefold())


@pytest.mark.parametrize("make", [complete, calculated, shared], ids=["generated", "libreoffice", "shared strings"])
def test_word_becomes_a_number_with_the_looks_of_its_cell(make: Any) -> None:
    slip = edited(make(), lambda book: book["Touchpoints"].__setitem__("F5", "48 million"))
    before, after = cell(slip, CUSTOMERS), cell(put(slip, {CUSTOMERS: 48_000_000}), CUSTOMERS)

    assert after.value == 48_000_000
    assert after.data_type == "n"
    assert look(after) == look(before)


def test_libreoffice_opens_the_file_and_computes_what_follows() -> None:
    made = saved_again(put(calculated(), {FIRST_COUNT: 1_000}))

    counts = [cell(made, cell_of(spec.RESPONSES, n)).value for n in spec.COUNTS]
    assert counts[0] == 1_000
    assert cell(made, TOTAL, results=True).value == sum(counts)
    assert parse.read(made).problems == parse.read(calculated()).problems


def test_results_that_used_the_old_value_are_taken_away_and_others_are_kept() -> None:
    made = put(calculated(), {FIRST_COUNT: 1_000})

    assert cell(calculated(), TOTAL, results=True).value
    assert cell(made, TOTAL, results=True).value is None
    assert cell(made, TOTAL).value == cell(calculated(), TOTAL).value
    assert cell(made, NEXT_TOTAL, results=True).value == cell(calculated(), NEXT_TOTAL, results=True).value
    assert b'fullCalcOnLoad="1"' in parts_of(made)["xl/workbook.xml"]


def test_figure_computed_from_the_old_value_is_never_read() -> None:
    offered = cell_of(spec.TOUCHPOINTS, "offered")
    data = saved_again(edited(complete(), lambda book: book["Touchpoints"].__setitem__("G5", "=ROUND(F5/10,0)")))
    assert rules_of(parse.read(data).problems) == ["computed"]

    problems = parse.read(put(data, {CUSTOMERS: 1_000_000})).problems

    assert [(p.rule, str(p.cell)) for p in problems] == [("formula_without_result", offered)]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "@SUM(A1)", "-5", "a < b & c", "_x0041_", "two\nlines"]
)
def test_text_stays_text(text: str) -> None:
    notes = cell_of(spec.RESPONSES, "notes")
    found = cell(put(complete(), {notes: text}), notes)

    assert (found.value, found.data_type) == (text.replace("_x0041_", "_x005F_x0041_"), "s")
    assert found.quotePrefix == (text[0] in "=+-@")  # so that it stays text when somebody edits it in Excel


def test_text_like_a_formula_stays_text_in_libreoffice() -> None:
    notes = cell_of(spec.RESPONSES, "notes")
    found = cell(saved_again(put(complete(), {notes: "=1+1"})), notes)

    assert found.value == "=1+1"


def test_empty_value_clears_the_cell() -> None:
    assert cell(put(complete(), {CUSTOMERS: ""}), CUSTOMERS).value is None


@pytest.mark.parametrize("number_format", ["yyyy-mm-dd", "0%", "h:mm"])
def test_number_in_a_cell_of_dates_or_shares_shows_as_a_number(number_format: str) -> None:
    def disguise(book: Any) -> None:
        book["Touchpoints"]["F5"].value = 300
        book["Touchpoints"]["F5"].number_format = number_format

    data = edited(complete(), disguise)
    assert rules_of(parse.read(data).problems) in (["date_format"], ["percent"])

    made = put(data, {CUSTOMERS: 300})

    assert parse.read(made).problems == []
    assert cell(made, CUSTOMERS).number_format == "#,##0"
    assert look(cell(made, CUSTOMERS))[1:] == look(cell(data, CUSTOMERS))[1:]


def test_cells_and_rows_that_the_file_lacks_are_made_in_order() -> None:
    part = part_of(spec.OPERATIONS)
    parts = parts_of(complete())
    parts[part] = re.sub(rb'<row r="(6|7|8|9|10|11|12)".*?</row>', b"", parts[part], flags=re.DOTALL)
    made = put(zipped(parts), {"Operations!B9": Decimal("83.5"), "Operations!A9": "Calls", "Operations!A7": "Visits"})

    assert cell(made, "Operations!B9").value == 83.5
    assert (cell(made, "Operations!A9").value, cell(made, "Operations!A7").value) == ("Calls", "Visits")


def test_hidden_sheet_is_corrected_like_any_other() -> None:
    data = edited(complete(), lambda book: setattr(book["Touchpoints"], "sheet_state", "hidden"))

    assert cell(put(data, {CUSTOMERS: 5}), CUSTOMERS).value == 5


def test_marks_of_an_annotated_copy_go_and_other_comments_stay() -> None:
    slip = typed(complete(), {CUSTOMERS: "48 million"})
    marked = annotate(slip, parse.read(slip).problems)

    made = put(marked, {CUSTOMERS: 48_000_000})

    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == load_workbook(io.BytesIO(slip)).sheetnames
    assert book["Touchpoints"]["F5"].comment is None
    assert book["Touchpoints"]["F5"].fill.fgColor.rgb not in COLORS.values()
    assert values(made) == values(slip) | {CUSTOMERS: 48_000_000}


def _with_shared_formula(data: bytes) -> bytes:
    """F5 with a formula whose text F6 and F7 share."""
    part = part_of(spec.TOUCHPOINTS)
    for row, formula in ((5, '<f t="shared" ref="F5:F7" si="0">G5*2</f>'), (6, '<f t="shared" si="0"/>')):
        found = re.search(rf'<c r="F{row}"( s="\d+")?[^>]*>.*?</c>', parts_of(data)[part].decode(), re.DOTALL)
        assert found is not None
        data = patched(data, part, found[0], f'<c r="F{row}"{found[1]}>{formula}<v>900000</v></c>')
    return data


def test_formulas_that_shared_the_corrected_ones_text_get_their_own() -> None:
    made = put(_with_shared_formula(complete()), {CUSTOMERS: 5})

    assert cell(made, CUSTOMERS).value == 5
    assert cell(made, cell_of(spec.TOUCHPOINTS, "customers", 1)).value == "=G6*2"
    assert cell(made, cell_of(spec.TOUCHPOINTS, "customers", 1), results=True).value == 900_000


def test_formula_that_shares_anothers_text_is_replaced_alone() -> None:
    second = cell_of(spec.TOUCHPOINTS, "customers", 1)
    made = put(_with_shared_formula(complete()), {second: 5})

    assert cell(made, second).value == 5
    assert cell(made, CUSTOMERS).value == "=G5*2"


def test_list_of_formulas_goes_when_one_of_them_does() -> None:
    parts = parts_of(typed(complete(), {CUSTOMERS: "=1+1"}))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{main}"><c r="F5" i="3"/></calcChain>'.encode()
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    relation = f'<Relationship Id="rIdC" Type="{office}/calcChain" Target="calcChain.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())

    made = parts_of(put(zipped(parts), {CUSTOMERS: 5}))

    assert "xl/calcChain.xml" not in made
    assert b"calcChain" not in made[rels] + made[types]
    assert "xl/calcChain.xml" in parts_of(put(zipped(parts), {FIRST_COUNT: 5}))


def _merge(book: Any) -> None:
    book["Touchpoints"].merge_cells("F5:G5")


def _fill(book: Any) -> None:
    book["Touchpoints"]["F5"] = ArrayFormula("F5:G5", "=H5:I5")


@pytest.mark.parametrize(
    ("edit", "place", "says"),
    [
        (_merge, "Touchpoints!G5", "Touchpoints!G5 is merged with other cells."),
        (_fill, "Touchpoints!G5", "a formula that fills several cells"),
        (_fill, "Touchpoints!F5", "a formula that fills several cells"),
        (lambda book: None, "Elsewhere!F5", "Elsewhere!F5 is not in this workbook."),
        (lambda book: None, "Touchpoints!F1048576", "is not in this workbook"),
        (lambda book: None, "Touchpoints!XFD5", "is not in this workbook"),
    ],
)
def test_cell_that_cannot_take_a_value_alone_is_refused_with_a_sentence(edit: Any, place: str, says: str) -> None:
    with pytest.raises(NotCorrected, match=says):
        corrected(edited(complete(), edit), {at(place): 5})


def test_first_cell_of_merged_ones_takes_a_value() -> None:
    assert cell(put(edited(complete(), _merge), {CUSTOMERS: 5}), CUSTOMERS).value == 5


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", complete()[:-100]])
def test_bytes_that_are_no_workbook_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotCorrected, match=r"\.$"):
        corrected(data, {at(CUSTOMERS): 5})


def test_same_corrections_make_the_same_file() -> None:
    assert put(complete(), {CUSTOMERS: 5}) == put(complete(), {CUSTOMERS: 5})


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (spec.TOUCHPOINTS.column("customers"), "48000000", 48_000_000),
        (spec.TOUCHPOINTS.column("customers"), " 1,234 ", 1_234),
        (spec.TOUCHPOINTS.column("customers"), "48 million", "48 million"),
        (spec.TOUCHPOINTS.column("customers"), "=5+5", "=5+5"),
        (spec.TOUCHPOINTS.column("customers"), "99999999999", "99999999999"),
        (spec.TOUCHPOINTS.column("customers"), "", ""),
        (spec.OPERATIONS.column("value"), "83.50", Decimal("83.5")),
        (spec.OPERATIONS.column("value"), "-3", Decimal(-3)),
        (spec.TOUCHPOINTS.column("control_number"), "29000770", "29000770"),
        (spec.TOUCHPOINTS.column("channel"), "Email", "Email"),
        (spec.RESPONSES.column("notes"), "a\r\nb\x07\uffff", "a\nb"),
    ],
)
def test_only_plain_numbers_in_columns_of_numbers_become_numbers(
    column: spec.Column, text: str, expected: Value
) -> None:
    assert value_for(column.kind, text) == expected


def test_figures_of_a_corrected_file_are_the_source_with_the_correction() -> None:
    found = parse.read(put(complete(), {CUSTOMERS: 900_008})).contents

    assert found is not None
    assert found.surveys[0].customers == 900_008
    assert found.surveys[1] == contents().surveys[1]


def test_whatever_the_reader_could_read_can_be_corrected() -> None:
    """Seeded mutations: the value is read back as written."""
    made = 0
    for seed in range(60):
        data = mutated(typed(complete(), {CUSTOMERS: "48 million"}), random.Random(seed))
        before = parse.read(data)
        if before.contents is None or guard.refusal(data) is not None:
            continue
        after = parse.read(put(data, {CUSTOMERS: 48_000_000}))
        assert after.sheets["Touchpoints"].rows[5][6] == "48000000", f"seed {seed}"
        assert all("F5" not in str(problem.cell) for problem in after.problems), f"seed {seed}"
        made += 1

    assert made > 12
