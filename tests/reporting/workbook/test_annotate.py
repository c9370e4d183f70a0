"""The annotated copy: her own file, with the problems where they are, as often as she likes."""

import io
import random
import re
import zipfile
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from reporting.workbook import guard, parse, spec
from reporting.workbook.annotate import annotate
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Cell, Problem
from reporting.workbook.marks import COLORS
from reporting.workbook.notes import SIGNED
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    edited,
    parts_of,
    patched,
    typed,
    zipped,
)

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
MARKED = set(COLORS.values())


def problem(place: str, severity: str = ERROR, found: str = "It is wrong.", *related: str) -> Problem:
    cells = [Cell.parse(each) for each in (place, *related)]
    return Problem(
        "rule", severity, found, "Something else.", "Write 5.", cells[0], related=tuple(c for c in cells[1:] if c)
    )


@cache
def slip() -> bytes:
    return typed(complete(), {CUSTOMERS: "48 million"})


def opened(data: bytes) -> Any:
    guard.inspect(data)
    return load_workbook(io.BytesIO(data))


def at(book: Any, place: str) -> Any:
    sheet, _, address = place.partition("!")
    return book[sheet][address]


def marks(book: Any) -> dict[str, str]:
    """Every colored cell outside the list -> its color."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in MARKED
    }


def test_cell_with_a_problem_is_colored_and_says_what_is_wrong_and_how_to_fix_it() -> None:
    cell = at(opened(annotate(slip(), parse.read(slip()).problems)), CUSTOMERS)

    assert cell.value == "48 million"
    assert cell.fill.fgColor.rgb == COLORS[ERROR]
    assert cell.comment.text == (
        "Must be fixed: “48 million” is not a whole number in plain digits.\n"
        "Expected: A whole number of people, 0 or more, such as 1234.\n"
        f"How to fix it: Write 48000000.\n{SIGNED}"
    )
    assert not cell.protection.locked


@pytest.mark.parametrize(
    ("severity", "words"),
    [(ERROR, "Must be fixed"), (EXPLAIN, "Needs an explanation"), (NOTE, "For your information")],
)
def test_severity_is_said_in_words_and_in_a_color_of_its_own(severity: str, words: str) -> None:
    book = opened(annotate(complete(), [problem(CUSTOMERS, severity)]))

    assert marks(book) == {CUSTOMERS: COLORS[severity]}
    assert at(book, CUSTOMERS).comment.text.startswith(words)
    assert book["Problems"]["A6"].value == words


def test_every_cell_of_a_problem_is_marked() -> None:
    book = opened(annotate(complete(), [problem("Responses!F5", ERROR, "Odd.", "Responses!G5", "Touchpoints!H5")]))

    assert set(marks(book)) == {"Responses!F5", "Responses!G5", "Touchpoints!H5"}
    assert all(at(book, place).comment for place in marks(book))


def test_several_problems_of_a_cell_share_a_comment_and_the_worst_gives_the_color() -> None:
    told = [problem(CUSTOMERS, NOTE, "It is text."), problem(CUSTOMERS, ERROR, "It is too large.")]
    cell = at(opened(annotate(complete(), told)), CUSTOMERS)

    assert cell.fill.fgColor.rgb == COLORS[ERROR]
    assert cell.comment.text.index("It is text.") < cell.comment.text.index("Must be fixed: It is too large.")
    assert cell.comment.text.count(SIGNED) == 1


def test_cells_of_a_group_say_what_was_found_in_each() -> None:
    other = cell_of(spec.TOUCHPOINTS, "customers", 1)
    data = typed(complete(), {CUSTOMERS: "N/A", other: "tbd"})
    told = parse.read(data).problems
    book = opened(annotate(data, told))

    assert len(told) == 1
    assert "“N/A”" in at(book, CUSTOMERS).comment.text
    assert "“tbd”" in at(book, other).comment.text
    assert "“N/A”" not in at(book, other).comment.text


def test_list_stands_first_with_a_link_to_each_place() -> None:
    told = [
        problem("Index scores!B5", ERROR, "It is odd."),
        problem("Responses!F5", NOTE, "Odd.", "Responses!G5", "Responses!F6", "Responses!G6"),
        Problem("whole", ERROR, "It is late.", "", "Hurry."),
    ]
    book = opened(annotate(complete(), told))
    sheet = book.worksheets[0]

    assert (sheet.title, book.active.title) == ("Problems", "Problems")
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)] == [
        ["Must be fixed", "Index scores!B5", None, "It is odd.", "Something else.", "Write 5."],
        ["For your information", "4 cells: Responses!F5 to G6", None, "Odd.", "Something else.", "Write 5."],
        ["Must be fixed", "The whole file", None, "It is late.", None, "Hurry."],
    ]
    assert sheet["B6"].hyperlink.location == "'Index scores'!B5"
    assert sheet["B7"].hyperlink.location == "'Responses'!F5:G6"
    assert sheet["B8"].hyperlink is None
    assert not any(each.sheet_view.tabSelected for each in book.worksheets[1:])


def test_words_that_start_like_a_formula_stay_words() -> None:
    told = [problem(CUSTOMERS, ERROR, "=HYPERLINK(1)")]
    cell = opened(annotate(complete(), told))["Problems"]["D6"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_nothing_else_in_the_file_changes() -> None:
    before, after = parts_of(slip()), parts_of(annotate(slip(), parse.read(slip()).problems))
    touched = {name for name in before if before[name] != after[name]}
    book, original = opened(annotate(slip(), [problem(CUSTOMERS)])), opened(slip())

    assert parse.read(annotate(slip(), [problem(CUSTOMERS)])) == parse.read(slip())
    assert not any("docProps" in name or "theme" in name for name in touched)
    for name in original.sheetnames:
        sheet, former = book[name], original[name]
        assert sheet.sheet_state == former.sheet_state
        assert sheet.protection.sheet == former.protection.sheet
        assert sheet.print_title_rows == former.print_title_rows
        assert sheet.freeze_panes == former.freeze_panes
        assert {k: d.width for k, d in sheet.column_dimensions.items()} == {
            k: d.width for k, d in former.column_dimensions.items()
        }
        assert [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation] == [
            (str(v.sqref), v.formula1) for v in former.data_validations.dataValidation
        ]


def test_drop_downs_in_the_form_that_excel_saves_are_kept() -> None:
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
        'spreadsheetml/2009/9/main"><x14:dataValidations count="1"/></ext></extLst>'
    )
    data = patched(slip(), "xl/worksheets/sheet2.xml", "</worksheet>", f"{extension}</worksheet>")
    sheet = parts_of(annotate(data, parse.read(data).problems))["xl/worksheets/sheet2.xml"].decode()

    assert 'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"' in sheet
    assert "<x14:dataValidations" in sheet


def test_stored_results_of_formulas_are_kept() -> None:
    data = patched(
        complete(), "xl/worksheets/sheet2.xml", '<c r="F5"', '<c r="F5" t="str"><f>A1</f><v>300</v></c><c r="F5x"'
    )
    xml = parts_of(data)["xl/worksheets/sheet2.xml"].replace(b'<c r="F5x"', b'<c r="G5x"')
    xml = xml[: xml.index(b'<c r="G5x"')] + xml[xml.index(b"</c>", xml.index(b'<c r="G5x"')) + 4 :]
    data = zipped(parts_of(data) | {"xl/worksheets/sheet2.xml": xml})

    after = load_workbook(io.BytesIO(annotate(data, [problem(CUSTOMERS)])), data_only=True)

    assert after["Touchpoints"]["F5"].value == "300"


def test_own_comment_is_kept_below_ours_and_stays_when_the_problem_is_gone() -> None:
    def note(book: Any) -> None:
        at(book, CUSTOMERS).comment = Comment("Ask Kim about this.", "Robin")
        at(book, "Touchpoints!G6").comment = Comment("From the dashboard.", "Robin")

    data = edited(slip(), note)
    annotated = annotate(data, parse.read(data).problems)
    text = at(opened(annotated), CUSTOMERS).comment.text
    corrected = annotate(typed(annotated, {CUSTOMERS: 48_000_000}), [problem("Cover!B9")])

    assert text.startswith("Must be fixed: ")
    assert text.endswith(f"{SIGNED}\n\nAsk Kim about this.")
    assert at(opened(annotated), "Touchpoints!G6").comment.text == "From the dashboard."
    assert at(opened(corrected), CUSTOMERS).comment.text == "Ask Kim about this."
    assert at(opened(corrected), "Touchpoints!G6").comment.author == "Robin"


def test_annotating_again_replaces_the_former_marks() -> None:
    once = annotate(slip(), parse.read(slip()).problems)
    again = annotate(once, [problem("Cover!B10")])
    book = opened(again)

    assert set(marks(book)) == {"Cover!B10"}
    assert at(book, CUSTOMERS).comment is None
    assert book.sheetnames.count("Problems") == 1
    assert len(book["Problems"]["A"]) == 6
    assert annotate(once, parse.read(once).problems) == once, "the same marks again change nothing"


def test_corrected_copy_reads_like_the_file_that_never_had_a_problem() -> None:
    corrected = typed(annotate(slip(), parse.read(slip()).problems), {CUSTOMERS: contents().surveys[0].customers})

    assert parse.read(corrected) == parse.read(complete())


def test_headings_stay_readable_when_they_are_marked() -> None:
    cell = at(opened(annotate(complete(), [problem("Touchpoints!F4")])), "Touchpoints!F4")

    assert cell.font.color.rgb != "FFFFFFFF"
    assert "People who interacted" in cell.comment.text, "the template’s explanation is kept"


def test_cells_that_the_file_leaves_out_are_made() -> None:
    xml = parts_of(slip())["xl/worksheets/sheet2.xml"]
    row = xml[xml.index(b'<row r="7"') :]
    row = row[: row.index(b"</row>") + 6]
    data = zipped(parts_of(slip()) | {"xl/worksheets/sheet2.xml": xml.replace(row, b"")})
    book = opened(annotate(data, [problem("Touchpoints!C7"), problem("Touchpoints!B7"), problem("Touchpoints!P900")]))

    assert set(marks(book)) == {"Touchpoints!B7", "Touchpoints!C7", "Touchpoints!P900"}


def test_sheet_that_she_named_problems_herself_is_not_touched() -> None:
    data = edited(complete(), lambda book: book.create_sheet("Problems").append(["My list"]))
    book = opened(annotate(annotate(data, [problem(CUSTOMERS)]), [problem(CUSTOMERS)]))

    assert book.sheetnames[0] == "Problems found"
    assert book["Problems"]["A1"].value == "My list"
    assert len(book.sheetnames) == 10


def test_file_without_styles_is_annotated_too() -> None:
    styled = re.compile(
        rb' s="\d+"|<conditionalFormatting.*?</conditionalFormatting>|<[^<>]*/styles\.xml[^<>]*>', re.DOTALL
    )
    parts = {name: styled.sub(b"", body) for name, body in parts_of(slip()).items() if name != "xl/styles.xml"}
    data = zipped(parts)

    assert CUSTOMERS in marks(opened(annotate(data, parse.read(data).problems)))


def test_very_many_problems_give_a_file_that_can_come_back() -> None:
    told = [problem(f"Responses!{'FGHIJ'[n % 5]}{5 + n // 5}", ERROR, f"Number {n}.") for n in range(4000)]
    data = annotate(complete(), told)

    assert parse.read(data).contents == parse.read(complete()).contents
    assert "3,100 more" in opened(data)["Problems"]["A906"].value


def test_unsafe_bytes_are_not_opened() -> None:
    with pytest.raises(guard.Refused):
        annotate(b"PK\x03\x04 and then nothing", [problem(CUSTOMERS)])


def test_file_saved_by_libreoffice_is_annotated_corrected_and_annotated_again() -> None:
    data = saved_again(slip())
    once = annotate(data, parse.read(data).problems)
    edited_there = saved_again(once)
    again = annotate(edited_there, [problem("Cover!B10", NOTE)])

    assert marks(opened(once)) == {CUSTOMERS: COLORS[ERROR]}
    assert parse.read(edited_there).problems == parse.read(data).problems
    assert marks(opened(again)) == {"Cover!B10": COLORS[NOTE]}
    assert at(opened(again), CUSTOMERS).comment is None
    assert opened(again).sheetnames.count("Problems") == 1
    assert "People who interacted" in at(opened(again), "Touchpoints!F4").comment.text


def test_annotated_copy_survives_openpyxl() -> None:
    once = edited(annotate(slip(), parse.read(slip()).problems), lambda book: None)
    again = annotate(once, [problem("Cover!B10", NOTE)])

    assert parse.read(once).problems == parse.read(slip()).problems
    assert marks(opened(again)) == {"Cover!B10": COLORS[NOTE]}
    assert at(opened(again), CUSTOMERS).comment is None


def test_conversation_at_a_cell_is_left_alone() -> None:
    def talk(book: Any) -> None:
        at(book, CUSTOMERS).comment = Comment("[Threaded comment] Is this right?", "tc={5A3D}")

    data = edited(slip(), talk)
    cell = at(opened(annotate(data, parse.read(data).problems)), CUSTOMERS)

    assert cell.comment.text == "[Threaded comment] Is this right?"
    assert cell.fill.fgColor.rgb == COLORS[ERROR]


@pytest.mark.parametrize(
    ("part", "old"),
    [("_rels/.rels", "relationships/officeDocument"), ("xl/_rels/workbook.xml.rels", "relationships/styles")],
)
def test_ties_that_the_reader_does_not_need_are_not_needed_here(part: str, old: str) -> None:
    data = patched(slip(), part, old, "relationships/unknown")

    assert marks(opened(annotate(data, parse.read(data).problems))) == {CUSTOMERS: COLORS[ERROR]}


def test_whatever_the_reader_could_open_is_annotated() -> None:
    annotated = 0
    for seed in range(120):
        data = mutated(slip(), random.Random(seed))
        if guard.refusal(data) is None:
            parsed = parse.read(data)
            copy = annotate(data, [*parsed.problems, problem(CUSTOMERS)])
            assert parse.read(copy).contents == parsed.contents, f"seed {seed}"
            annotated += 1

    assert annotated > 12


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One part with some of its tags, names or numbers turned into others."""
    parts = parts_of(data)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels", ".vml"))])
    content = bytearray(parts[name])
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(content))
        length = chance.randint(0, 12)
        content[place : place + length] = bytes(chance.choice(b'0123456789abrsv"/ ') for _ in range(length))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in (parts | {name: bytes(content)}).items():
            archive.writestr(part, body)
    return file.getvalue()
