from typing import Any

from reporting.workbook import parse
from tests.reporting.workbook.workbooks import complete, contents, edited, problem_at, rules_of, typed


def test_right_heading_is_suggested_for_a_misspelt_one() -> None:
    problem = problem_at(typed(complete(), {"Responses!D4": "Qestion as askd"}), "Responses!D4")

    assert (problem.rule, problem.suggestion) == ("column_missing", "Question as asked")


def test_right_heading_is_suggested_for_one_of_other_words_by_its_place() -> None:
    problem = problem_at(typed(complete(), {"Touchpoints!F4": "People served"}), "Touchpoints!F4")

    assert (problem.rule, problem.suggestion) == ("column_missing", "Customers")


def test_blank_heading_is_told_where_it_belongs_and_once() -> None:
    problem = problem_at(typed(complete(), {"Touchpoints!F4": None}), "Touchpoints!F4")

    assert (problem.rule, problem.suggestion) == ("column_missing", "Customers")


def test_rows_under_a_second_row_of_headings_are_not_read() -> None:
    def add(book: Any) -> None:
        sheet = book["Operations"]
        for column in range(1, 6):
            sheet.cell(12, column).value = sheet.cell(4, column).value
        sheet["A13"], sheet["B13"] = "Calls", 7

    parsed = parse.read(edited(complete(), add))

    assert rules_of(parsed.problems) == ["second_table"]
    assert parsed.contents == contents()


def test_heading_of_another_column_is_changed_and_its_figures_are_kept() -> None:
    data = typed(complete(), {"Responses!J4": "4 Agree"})
    problem = problem_at(data, "Responses!J4")

    assert (problem.rule, problem.suggestion) == ("column_missing", "5 Strongly agree")
    assert problem.fix == "Change J4 to “5 Strongly agree”; “4 Agree” stands there a second time."
    assert "column_twice" not in rules_of(parse.read(data).problems)


def test_heading_that_stands_too_early_is_changed_too() -> None:
    problem = problem_at(typed(complete(), {"Responses!I4": "5 Strongly agree"}), "Responses!I4")

    assert (problem.rule, problem.suggestion) == ("column_missing", "4 Agree")
