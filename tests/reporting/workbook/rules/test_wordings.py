import pytest

from reporting.workbook.cells import ERROR, EXPLAIN
from tests.reporting.workbook.rules.checks import found, with_question
from tests.reporting.workbook.workbooks import question


@pytest.mark.parametrize("wording", ["NONE", "No Question", " "])
def test_answers_without_a_question_block(wording: str) -> None:
    problem = found(with_question(question("ease", 1, 2, 3, 40, 50, wording=wording)), "wording_missing")

    assert problem is not None
    assert (problem.severity, problem.found) == (ERROR, "There are answers, but no question: Ease.")


def test_question_in_words_passes() -> None:
    assert found(with_question(question("ease", 1, 2, 3, 40, 50)), "wording_missing") is None


TEN = [
    "On a scale of 1 to 10, how easy was it?",
    "On a scale from 0-10, how easy was it?",
    "From one to ten, how easy was it?",
    "Rate us on a 10-point scale.",
]


@pytest.mark.parametrize("wording", TEN)
def test_ten_point_wording_is_to_be_explained(wording: str) -> None:
    problem = found(with_question(question("ease", 1, 2, 3, 40, 50, wording=wording)), "ten_point_wording")

    assert problem is not None
    assert problem.severity == EXPLAIN


@pytest.mark.parametrize("wording", ["It took 10 minutes or less.", "On a scale of 1 to 5, how easy was it?"])
def test_other_wording_with_numbers_passes(wording: str) -> None:
    assert found(with_question(question("ease", 1, 2, 3, 40, 50, wording=wording)), "ten_point_wording") is None


def test_declared_ten_point_scale_passes() -> None:
    made = with_question(question("ease", 1, 2, 3, 40, 50, wording=TEN[0]), scale="ten_point", conversion="Halved")

    assert found(made, "ten_point_wording") is None
