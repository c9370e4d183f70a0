"""Odd counts: each is told at its cell, with what to write."""

from datetime import datetime
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reporting.workbook import parse, spec
from reporting.workbook.cells import NOTE
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    edited,
    part_of,
    patched,
    problem_at,
    typed,
)

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
N5 = cell_of(spec.RESPONSES, "n5")
RESPONSES = part_of(spec.RESPONSES)


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


@pytest.mark.parametrize("stored", ["1,234", "abc", "NaN", "INF", "0x10", "1_000", "３００", "9" * 5000])
def test_number_that_is_none_is_told_in_its_place_with_all_others(stored: str) -> None:
    others = typed(complete(), {CUSTOMERS: 987_654, cell_of(spec.RESPONSES, "n1"): "48 million"})
    problems = parse.read(patched(others, part_of(spec.TOUCHPOINTS), "<v>987654</v>", f"<v>{stored}</v>")).problems

    assert [(p.rule, str(p.cell)) for p in problems] == [
        ("unreadable_number", CUSTOMERS),
        ("not_a_number", cell_of(spec.RESPONSES, "n1")),
    ]
    assert problems[0].found.startswith(f"The cell is stored as a number, but holds “{stored[:20]}")


def test_word_in_the_counts_of_a_question_asked_is_not() -> None:
    problem = problem_at(typed(complete(), {N5: "n/a"}), N5)

    assert problem.fix.endswith("choose No under “Asked?”.")


def test_suppressed_count_is_not_told_to_be_zero() -> None:
    problem = problem_at(typed(complete(), {N5: "<10"}), N5)

    assert problem.suggestion == ""
    assert problem.fix.startswith("Write the exact number, and no 0 in its place.")
