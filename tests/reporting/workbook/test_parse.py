"""Reading: what goes in comes out, whatever program saved it; and every fault of every cell is told once."""

import io
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reporting.contents import Contents
from reporting.workbook import parse, spec
from reporting.workbook.cells import EXPLAIN, NOTE
from reporting.workbook.generate import build
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    edited,
    fresh,
    part_of,
    parts_of,
    patched,
    problem_at,
    question,
    rules_of,
    survey,
    template,
    typed,
    zipped,
)

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
N5 = cell_of(spec.RESPONSES, "n5")
RESPONSES = part_of(spec.RESPONSES)


def test_what_was_filled_in_is_read() -> None:
    parsed = parse.read(complete())

    assert parsed.contents == contents()
    assert parsed.problems == []


def test_everything_that_contents_can_hold_is_read() -> None:
    everything = contents(
        surveys=3,
        reflection="",
        comment="“Quotes”, é, 👍\nand lines",
    )
    odd = survey(
        1,
        customers=None,
        volume_notes={"customers": "The system was down."},
        scale="yes_no",
        conversion="Yes = 5, No = 1",
        publishable=False,
        publishable_reason="The clearance forbids it.",
        control_number_typed="OMB 2900-0770",
        questions=(
            question("satisfaction", 3, 0, 0, 0, 90),
            question("trust"),
            question("extra_4", 1, 2, 3, 4, 5),
            replace(question("employee"), no_data="not_asked", notes="No employee online."),
        ),
    )
    filed = replace(everything, surveys=(odd, *everything.surveys[1:]))
    ordered = replace(odd, questions=tuple(odd.questions[n] for n in (0, 1, 3, 2)))

    parsed = parse.read(fill_from(fresh(), filed))

    assert parsed.contents == replace(filed, surveys=(ordered, *filed.surveys[1:]))


def test_untouched_template_holds_no_figures() -> None:
    parsed = parse.read(build(template(contents())))

    assert parsed.contents is not None
    assert all(q.tally is None for s in parsed.contents.surveys for q in s.questions)
    assert all(s.customers is None for s in parsed.contents.surveys)


def test_every_value_knows_its_cell() -> None:
    read = parse.read(complete()).contents
    assert read is not None
    first = read.surveys[0]

    assert str(first.places["customers"]) == "Touchpoints!F5"
    assert str(first.questions[1].places["n5"]) == "Responses!J6"
    assert str(read.places["reflection"]) == "Cover!B11"
    assert str(read.metrics[0].places["value"]) == "Operations!B5"


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    program = which("soffice") or which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice was not found: make machine installs it.")
    folder = tmp_path_factory.mktemp("libreoffice")
    source = folder / "filled.xlsx"
    source.write_bytes(complete())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Path(folder / "out" / "filled.xlsx").read_bytes()


def test_workbook_saved_by_libreoffice_reads_the_same(saved_by_libreoffice: bytes) -> None:
    parsed = parse.read(saved_by_libreoffice)

    assert parsed.problems == []
    assert parsed.contents == contents()
    assert parsed.stamp == parse.read(complete()).stamp


def test_texts_that_are_missing_from_the_file_are_damage(saved_by_libreoffice: bytes) -> None:
    parts = parts_of(saved_by_libreoffice)
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = strings[: strings.index(b"<si>")] + b"</sst>"

    assert [p.rule for p in parse.read(zipped(parts)).problems] == ["file_damaged"]


def test_libreoffice_computes_the_totals_and_means(saved_by_libreoffice: bytes) -> None:
    sheet = load_workbook(io.BytesIO(saved_by_libreoffice), data_only=True)["Responses"]

    assert sheet["B5"].value == "Community Care: Appointment 1"
    assert sheet["K5"].value == 1780
    assert sheet["L5"].value == pytest.approx(4.4393, abs=1e-4)
    assert sheet["K30"].value in (None, "")


def test_workbook_saved_by_openpyxl_reads_the_same() -> None:
    parsed = parse.read(edited(edited(complete(), lambda book: None), lambda book: None))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_workbook_rewritten_by_xlsxwriter_reads_the_same() -> None:
    """No styles, no properties, numbers and texts only, as an export of another program would be."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for source in load_workbook(io.BytesIO(complete())).worksheets:
            sheet = book.add_worksheet(source.title)
            for row in source.iter_rows():
                for cell in row:
                    if cell.value is not None and cell.data_type != "f":
                        sheet.write(cell.row - 1, cell.column - 1, cell.value)

    parsed = parse.read(file.getvalue())

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_columns_in_another_order_and_rows_further_down_are_found() -> None:
    def move(book: Any) -> None:
        sheet = book["Touchpoints"]
        for row in range(4, 7):
            a, b = sheet.cell(row, 6).value, sheet.cell(row, 8).value
            sheet.cell(row, 6).value, sheet.cell(row, 8).value = b, a
        book["Operations"].insert_rows(1, 3)

    parsed = parse.read(edited(complete(), move))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_blank_rows_between_are_skipped() -> None:
    def move(book: Any) -> None:
        sheet = book["Operations"]
        for column in range(1, 6):
            sheet.cell(20, column).value = sheet.cell(5, column).value
            sheet.cell(5, column).value = None

    parsed = parse.read(edited(complete(), move))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_headings_are_found_in_any_case() -> None:
    data = typed(complete(), {"Touchpoints!F4": " CUSTOMERS "})

    assert parse.read(data).contents == contents()


# Odd cells


@pytest.mark.parametrize(
    ("value", "rule", "fix"),
    [
        ("48 million", "not_a_number", "Write 48000000."),
        ("17%", "percent", "number of people"),
        (300.5, "not_whole", "no decimals"),
        (-5, "too_small", "Write 0 or more."),
        (10**11, "too_large", "digits"),
        (True, "not_a_number", "Write a number."),
        ("N/A", "not_a_number", "Leave the cell blank"),
        ("#DIV/0!", "excel_error", "Replace it."),
        ("=1/0", "formula_without_result", "Open the file in Excel"),
    ],
)
def test_odd_count_is_told_with_its_cell_and_what_to_write(value: Any, rule: str, fix: str) -> None:
    problem = problem_at(typed(complete(), {CUSTOMERS: value}), CUSTOMERS)

    assert (problem.rule, str(problem.cell)) == (rule, CUSTOMERS)
    assert fix in problem.fix
    assert problem.expected == "A whole number of people, 0 or more, such as 1234."
    assert problem.label == "Survey 1 (Appointment 1): Customers"


def test_date_format_is_told() -> None:
    def edit(book: Any) -> None:
        book["Touchpoints"]["F5"] = datetime(1900, 10, 26)  # noqa: DTZ001

    assert "write 300" in problem_at(edited(complete(), edit), CUSTOMERS).fix


def test_percent_format_is_told() -> None:
    def edit(book: Any) -> None:
        book["Responses"]["J5"] = 0.17
        book["Responses"]["J5"].number_format = "0%"

    problem = problem_at(edited(complete(), edit), N5)

    assert problem.rule == "percent"
    assert problem.label == "Satisfaction (Appointment 1): answers of 5"


def test_date_in_a_book_that_counts_from_1904_shows_its_own_number() -> None:
    def edit(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        book["Touchpoints"]["F5"] = 300
        book["Touchpoints"]["F5"].number_format = "yyyy-mm-dd"

    assert "write 300" in problem_at(edited(complete(), edit), CUSTOMERS).fix


@pytest.mark.parametrize("text", ["1,234", " 1234 ", "\u00a01234"])
def test_digits_as_text_are_read(text: str) -> None:
    parsed = parse.read(typed(complete(), {CUSTOMERS: text}))

    assert parsed.contents is not None
    assert parsed.contents.surveys[0].customers == 1234
    assert all(problem.severity == NOTE for problem in parsed.problems)


def _formula(result: str) -> bytes:
    return patched(complete(), RESPONSES, "<v>38</v>", f"<f>30+8</f>{result}")


def test_formula_with_a_stored_result_is_read_with_a_note() -> None:
    parsed = parse.read(_formula("<v>38</v>"))

    assert parsed.contents == contents()
    assert [(p.rule, p.severity, str(p.cell)) for p in parsed.problems] == [("computed", NOTE, "Responses!F5")]


def test_formula_without_a_stored_result_is_an_error() -> None:
    parsed = parse.read(_formula(""))

    assert [(p.rule, str(p.cell)) for p in parsed.problems] == [("formula_without_result", "Responses!F5")]


def test_formula_with_an_error_for_a_result_is_an_error() -> None:
    data = typed(complete(), {"Responses!J5": "#REF!"})
    data = patched(data, RESPONSES, "<v>#REF!</v>", "<f>A0</f><v>#REF!</v>")

    assert [(p.rule, str(p.cell)) for p in parse.read(data).problems] == [("excel_error", "Responses!J5")]


def test_hidden_row_with_figures_is_told() -> None:
    def hide(book: Any) -> None:
        book["Responses"].row_dimensions[6].hidden = True

    problem = problem_at(edited(complete(), hide), "Responses!A6")

    assert problem.rule == "row_hidden"


def test_hidden_row_without_figures_is_nobodys_business() -> None:
    def hide(book: Any) -> None:
        book["Responses"].row_dimensions[100].hidden = True

    assert parse.read(edited(complete(), hide)).problems == []


# Rows and how they belong together


def test_blank_count_among_others_is_told_once_per_question() -> None:
    data = typed(complete(), {"Responses!F5": None, "Responses!G5": None})

    problem = problem_at(data, "Responses!F5")

    assert problem.rule == "count_missing"
    assert problem.found == "Satisfaction of survey 1 has answers, but two of the five counts are blank."
    assert [str(cell) for cell in problem.related] == ["Responses!G5"]


SHIFTED = {"F5": None, "G5": 2_302, "H5": 3_118, "I5": 10_615, "J5": 55_358, "K5": 249_586}


def test_row_one_column_too_far_to_the_right_is_recognized_and_0_is_not_suggested() -> None:
    data = typed(complete(), {f"Responses!{address}": value for address, value in SHIFTED.items()})

    problem = problem_at(data, "Responses!F5")

    assert (problem.rule, problem.suggestion) == ("count_missing", "")
    assert "249,586 was typed, but the counts add up to 71,393" in problem.found
    assert "move G5 to K5 one column to the left, into F5 to J5" in problem.fix
    assert [p.rule for p in parse.read(data).problems] == ["count_missing"]


def test_blank_beside_a_typed_total_that_is_larger_has_no_suggestion() -> None:
    data = typed(complete(), {"Responses!H5": None, "Responses!K5": 5_000})

    assert problem_at(data, "Responses!H5").suggestion == ""


def test_blank_beside_a_typed_total_that_is_the_sum_is_0() -> None:
    data = typed(complete(), {"Responses!H5": None, "Responses!K5": 38 + 42 + 480 + 1_100})

    assert problem_at(data, "Responses!H5").suggestion == "0"


def test_total_typed_over_the_formula_is_to_be_explained_where_it_is_not_the_sum() -> None:
    problem = problem_at(typed(complete(), {"Responses!K5": 999}), "Responses!K5")

    assert (problem.rule, problem.severity) == ("total_differs", EXPLAIN)
    assert problem.found == "Under Total, 999 was typed, but the five counts of Satisfaction add up to 1,780."


@pytest.mark.parametrize("total", [1_780, "1,780", 1_100, None, "=SUM(F5:J5)", "see notes"])
def test_total_that_is_right_or_no_number_is_no_matter(total: Any) -> None:
    assert parse.read(typed(complete(), {"Responses!K5": total})).problems == []


def test_old_result_of_a_total_is_no_matter() -> None:
    parts = parts_of(complete())
    formula = re.compile(rb'(<c r="K5"[^>]*><f>[^<]*</f>)<v ?/>')
    parts[part_of(spec.RESPONSES)], found = formula.subn(rb"\1<v>0</v>", parts[part_of(spec.RESPONSES)])

    assert (found, parse.read(zipped(parts)).problems) == (1, [])


def test_five_zeros_are_no_answers() -> None:
    data = typed(complete(), {f"Responses!{letter}5": 0 for letter in "FGHIJ"})

    read = parse.read(data).contents

    assert read is not None
    assert (read.surveys[0].questions[0].tally, read.surveys[0].questions[0].no_data) == (None, "no_answers")


@pytest.mark.parametrize("text", ["NONE", "No Question", "n/a"])
def test_placeholder_wording_without_answers_is_not_asked(text: str) -> None:
    cells: dict[str, Any] = {f"Responses!{letter}5": None for letter in "FGHIJ"}

    read = parse.read(typed(complete(), cells | {"Responses!D5": text})).contents

    assert read is not None
    assert read.surveys[0].question("satisfaction") is None


def test_answers_to_a_question_not_asked_are_told() -> None:
    problem = problem_at(typed(complete(), {"Responses!E5": "No"}), "Responses!E5")

    assert (problem.rule, problem.found) == ("not_asked_with_answers", "Satisfaction has answers, but Asked? says No.")


def test_answers_for_a_survey_without_a_row_are_told_once() -> None:
    problems = parse.read(typed(complete(), {f"Touchpoints!{letter}6": None for letter in "BCDEFGHIJKLMNO"})).problems

    assert [p.rule for p in problems] == ["survey_unknown"]
    assert len(problems[0].related) == 6


def test_survey_number_that_stands_twice_is_told() -> None:
    problem = problem_at(typed(complete(), {"Touchpoints!A6": 1}), "Touchpoints!A6")

    assert (problem.rule, problem.found) == ("row_twice", "Survey 1 stands twice.")


def test_question_that_stands_twice_is_told() -> None:
    problem = problem_at(typed(complete(), {"Responses!C6": "Satisfaction"}), "Responses!C6")

    assert (problem.rule, problem.found) == ("row_twice", "Satisfaction stands twice for survey 1.")


def test_required_cell_that_is_blank_is_told() -> None:
    problem = problem_at(typed(complete(), {"Touchpoints!C5": None}), "Touchpoints!C5")

    assert (problem.rule, problem.found) == ("required", "Service provided is blank.")


def test_metric_without_a_value_is_told() -> None:
    problem = problem_at(typed(complete(), {"Operations!B5": None}), "Operations!B5")

    assert (problem.rule, problem.label) == ("required", "Online transactions: Value")


# The form itself


def _rename(sheet: str, name: str) -> Callable[[Any], None]:
    def rename(book: Any) -> None:
        book[sheet].title = name

    return rename


def test_missing_column_is_told_alone_with_its_likely_heading() -> None:
    data = typed(complete(), {"Responses!D4": "Question asked"})

    parsed = parse.read(data)

    assert [(p.rule, str(p.cell)) for p in parsed.problems] == [("column_missing", "Responses!D4")]
    assert parsed.problems[0].fix == "Change the heading “Question asked” to “Question as asked”."


def test_missing_sheet_is_told_alone() -> None:
    parsed = parse.read(edited(complete(), lambda book: book.remove(book["Responses"])))

    assert [p.found for p in parsed.problems] == ["The sheet Responses is missing."]


def test_workbook_without_a_cover_has_no_contents() -> None:
    assert parse.read(edited(complete(), lambda book: book.remove(book["Cover"]))).contents is None


def test_question_that_was_not_asked_is_that_whatever_its_counts_say() -> None:
    place, domain = cell_of(spec.RESPONSES, "n1"), 0
    data = typed(complete(), {cell_of(spec.RESPONSES, "asked"): "No", place: "N/A"})
    parsed = parse.read(data)

    assert parsed.contents is not None
    assert parsed.contents.surveys[0].questions[domain].no_data == "not_asked"


def test_renamed_sheet_is_recognized() -> None:
    parsed = parse.read(edited(complete(), _rename("Touchpoints", "Touchpoint")))

    assert [p.fix for p in parsed.problems] == ["Rename the sheet “Touchpoint” to “Touchpoints”."]


def test_missing_sheet_does_not_hide_faults_of_the_others() -> None:
    def edit(book: Any) -> None:
        book.remove(book["Responses"])
        book["Touchpoints"]["F5"] = "many"

    assert rules_of(parse.read(edited(complete(), edit)).problems) == ["not_a_number", "sheet_missing"]


def test_headings_that_were_deleted_are_told_once() -> None:
    data = typed(complete(), {f"Operations!{letter}4": None for letter in "ABCDE"})

    assert [p.rule for p in parse.read(data).problems] == ["header_missing"]


def test_heading_that_stands_twice_is_told() -> None:
    data = edited(complete(), lambda book: book["Operations"].__setitem__("F4", "Value"))

    assert [(p.rule, str(p.cell)) for p in parse.read(data).problems] == [("column_twice", "Operations!F4")]


def test_column_and_sheet_of_their_own_are_only_noted() -> None:
    def edit(book: Any) -> None:
        book["Operations"]["F4"] = "Owner"
        book.create_sheet("My sums")["A1"] = 1

    parsed = parse.read(edited(complete(), edit))

    assert parsed.contents == contents()
    assert [(p.rule, p.severity) for p in parsed.problems] == [("sheet_unknown", NOTE), ("column_unknown", NOTE)]


def test_line_missing_on_the_cover_is_told() -> None:
    data = typed(complete(), {"Cover!A11": "Thoughts"})

    assert [p.rule for p in parse.read(data).problems] == ["label_missing"]


# The stamp


def test_workbook_that_is_not_ours_is_told_so() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Sheet1").write(0, 0, "Customers")

    assert [p.rule for p in parse.read(file.getvalue()).problems] == ["not_our_template"]


def _drop_stamp(book: Any) -> None:
    book.remove(book["_stamp"])
    book.custom_doc_props.props.clear()


def test_workbook_without_its_stamp_is_told_so() -> None:
    parsed = parse.read(edited(complete(), _drop_stamp))

    assert parsed.stamp is None
    assert [p.rule for p in parsed.problems] == ["stamp_missing"]


@pytest.mark.parametrize("where", ["sheet", "property"])
def test_one_of_the_two_stamps_is_enough(where: str) -> None:
    def drop(book: Any) -> None:
        if where == "sheet":
            book.custom_doc_props.props.clear()
        else:
            book.remove(book["_stamp"])

    parsed = parse.read(edited(complete(), drop))

    assert parsed.stamp == parse.read(complete()).stamp


def test_stamp_that_differs_from_its_twin_was_edited() -> None:
    data = edited(complete(), lambda book: book["_stamp"].__setitem__("A1", "1|ssa-oo|2021-q3|x|y"))

    assert [p.rule for p in parse.read(data).problems] == ["stamp_edited"]


def test_other_version_is_told_and_nothing_else() -> None:
    def edit(book: Any) -> None:
        _drop_stamp(book)
        book.create_sheet("_stamp")["A1"] = "0|va-vha|2021-q3|x|y"
        book["Touchpoints"]["F5"] = "many"

    parsed = parse.read(edited(complete(), edit))

    assert [p.found for p in parsed.problems] == ["This is version 0 of the template; version 1 is in use."]


# All at once, quickly, and whatever comes


def test_every_fault_of_a_large_workbook_is_told_once_at_its_cells() -> None:
    cells: dict[str, Any] = {}
    for offset in range(11):
        cells[cell_of(spec.TOUCHPOINTS, "customers", offset)] = f"{offset + 1} million"
        cells[cell_of(spec.TOUCHPOINTS, "channel", offset)] = "Carrier pigeon"
        for question_offset in range(7):
            cells[cell_of(spec.RESPONSES, "n3", offset * 11 + question_offset)] = "n/a"
    cells["Cover!B10"] = "nobody"
    cells["Operations!B5"] = "a lot"
    data = typed(fill_from(fresh(), contents(11)), cells)

    problems = parse.read(data).problems

    told = [str(cell) for problem in problems for cell in (problem.cell, *problem.related)]
    assert sorted(told) == sorted(cells)
    assert len(problems) == 11 + 1 + 1 + 1 + 1
    pigeon = next(p for p in problems if p.rule == "not_in_list")
    assert (str(pigeon.cell), len(pigeon.related)) == ("Touchpoints!E5", 10)


def test_workbook_of_eleven_surveys_is_read_in_under_half_a_cpu_second() -> None:
    data = fill_from(fresh(), contents(11))
    before = time.process_time()

    parsed = parse.read(data)

    assert time.process_time() - before < 0.5
    assert parsed.contents == contents(11)


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"],
)
def test_missing_part_is_a_sentence(part: str) -> None:
    parts = parts_of(complete())
    del parts[part]

    assert [p.blocks for p in parse.read(zipped(parts)).problems] == [True]


def test_style_that_does_not_exist_is_damage() -> None:
    data = patched(complete(), RESPONSES, '<c r="A5" s="', '<c r="A5" s="9999')

    assert [p.rule for p in parse.read(data).problems] == ["file_damaged"]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    assert parse.read(data).problems


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(fresh()) - 1), junk=st.binary(min_size=1, max_size=8))
def test_no_change_to_the_file_raises(place: int, junk: bytes) -> None:
    data = complete()

    parsed = parse.read(data[:place] + junk + data[place + len(junk) :])

    assert isinstance(parsed.contents, Contents) or parsed.problems


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1), junk=st.text(alphabet='<>/&"=1aAr:s0 ', min_size=1, max_size=6))
def test_no_change_inside_a_sheet_raises(place: float, junk: str) -> None:
    parts = parts_of(complete())
    sheet = parts[RESPONSES]
    at = int(place * len(sheet))

    parsed = parse.read(zipped(parts | {RESPONSES: sheet[:at] + junk.encode() + sheet[at + len(junk) :]}))

    assert isinstance(parsed.contents, Contents) or parsed.problems


@pytest.mark.parametrize("stored", ["1,234", "abc", "NaN", "INF", "0x10", "1_000", "３００", "9" * 5000])
def test_number_that_is_none_is_told_in_its_place_with_all_others(stored: str) -> None:
    others = typed(complete(), {CUSTOMERS: 987_654, cell_of(spec.RESPONSES, "n1"): "48 million"})
    problems = parse.read(patched(others, part_of(spec.TOUCHPOINTS), "<v>987654</v>", f"<v>{stored}</v>")).problems

    assert [(p.rule, str(p.cell)) for p in problems] == [
        ("unreadable_number", CUSTOMERS),
        ("not_a_number", cell_of(spec.RESPONSES, "n1")),
    ]
    assert problems[0].found.startswith(f"The cell is stored as a number, but holds “{stored[:20]}")


def test_row_whose_number_cannot_be_read_is_named_by_its_question() -> None:
    place = cell_of(spec.RESPONSES, "survey")

    assert problem_at(typed(complete(), {place: "one"}), place).label == "Satisfaction: Survey"


def test_words_in_the_counts_of_a_question_not_asked_are_to_be_cleared() -> None:
    parsed = parse.read(typed(complete(), {cell_of(spec.RESPONSES, "asked"): "No", N5: "n/a"}))
    problem = next(p for p in parsed.problems if str(p.cell) == N5)

    assert problem.fix.startswith("Clear the cell, because “Asked?” says No.")


def test_word_in_the_counts_of_a_question_asked_is_not() -> None:
    problem = problem_at(typed(complete(), {N5: "n/a"}), N5)

    assert problem.fix.endswith("choose No under “Asked?”.")


def test_suppressed_count_is_not_told_to_be_zero() -> None:
    problem = problem_at(typed(complete(), {N5: "<10"}), N5)

    assert problem.suggestion == ""
    assert problem.fix.startswith("Write the exact number, and no 0 in its place.")
