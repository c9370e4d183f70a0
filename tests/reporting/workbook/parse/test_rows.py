"""Rows, and how their cells belong together."""

import re
from typing import Any

import pytest

from reporting.workbook import parse, spec
from reporting.workbook.cells import EXPLAIN
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    edited,
    part_of,
    parts_of,
    problem_at,
    typed,
    zipped,
)

N5 = cell_of(spec.RESPONSES, "n5")


def test_hidden_row_with_figures_is_told() -> None:
    def hide(book: Any) -> None:
        book["Responses"].row_dimensions[6].hidden = True

    problem = problem_at(edited(complete(), hide), "Responses!A6")

    assert problem.rule == "row_hidden"


def test_hidden_row_without_figures_is_nobodys_business() -> None:
    def hide(book: Any) -> None:
        book["Responses"].row_dimensions[100].hidden = True

    assert parse.read(edited(complete(), hide)).problems == []


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


def test_question_that_was_not_asked_is_that_whatever_its_counts_say() -> None:
    place, domain = cell_of(spec.RESPONSES, "n1"), 0
    data = typed(complete(), {cell_of(spec.RESPONSES, "asked"): "No", place: "N/A"})
    parsed = parse.read(data)

    assert parsed.contents is not None
    assert parsed.contents.surveys[0].questions[domain].no_data == "not_asked"


def test_row_whose_number_cannot_be_read_is_named_by_its_question() -> None:
    place = cell_of(spec.RESPONSES, "survey")

    assert problem_at(typed(complete(), {place: "one"}), place).label == "Satisfaction: Survey"


def test_words_in_the_counts_of_a_question_not_asked_are_to_be_cleared() -> None:
    parsed = parse.read(typed(complete(), {cell_of(spec.RESPONSES, "asked"): "No", N5: "n/a"}))
    problem = next(p for p in parsed.problems if str(p.cell) == N5)

    assert problem.fix.startswith("Clear the cell, because “Asked?” says No.")
