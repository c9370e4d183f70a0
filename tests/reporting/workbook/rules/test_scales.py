"""Scales that are not what is said."""

import pytest

from reporting.workbook.cells import ERROR, EXPLAIN
from tests.reporting.workbook.rules.checks import found, with_question
from tests.reporting.workbook.workbooks import question, survey

TEN = [
    "On a scale of 1 to 10, how easy was it?",
    "On a scale from 0-10, how easy was it?",
    "From one to ten, how easy was it?",
    "Rate us on a 10-point scale.",
]


@pytest.mark.parametrize(
    "counts",
    [
        (144, 0, 108, 0, 347),
        (63, 0, 0, 0, 41),
        (50, 0, 0, 70, 0),
        (60, 0, 35, 213, 0),
        (306, 393, 0, 1_705, 1_967),
    ],
)
def test_answers_of_another_scale_are_to_be_explained(counts: tuple[int, ...]) -> None:
    problem = found(with_question(question("ease", *counts)), "other_scale")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "Answer scale on Touchpoints" in problem.fix


@pytest.mark.parametrize(
    "counts", [(0, 0, 0, 30, 70), (1, 0, 0, 0, 20), (1, 1, 0, 0, 50), (0, 0, 9, 300, 700), (14, 0, 4, 47, 137)]
)
def test_answers_that_may_be_five_points_pass(counts: tuple[int, ...]) -> None:
    assert found(with_question(question("ease", *counts)), "other_scale") is None


def test_declared_scale_passes() -> None:
    made = with_question(question("ease", 63, 0, 0, 0, 41), scale="yes_no", conversion="Yes = 5, No = 1")

    assert found(made, "other_scale") is None


@pytest.mark.parametrize(
    ("scale", "counts", "is_told"),
    [
        ("yes_no", (63, 0, 0, 0, 41), False),
        ("yes_no", (63, 0, 1, 0, 41), True),
        ("three_point", (63, 0, 9, 0, 41), False),
        ("three_point", (63, 0, 9, 5, 41), True),
        ("ten_point", (63, 3, 9, 5, 41), False),
    ],
)
def test_answers_that_the_scale_cannot_give_are_to_be_explained(
    scale: str, counts: tuple[int, ...], is_told: bool
) -> None:
    made = survey(scale=scale, conversion="As usual.", questions=(question("ease", *counts),))

    assert (found(made, "scale_contradicted") is not None) is is_told


def test_scale_without_its_conversion_blocks_and_suggests_the_usual_one() -> None:
    problem = found(survey(scale="ten_point"), "conversion_missing")

    assert problem is not None
    assert problem.severity == ERROR
    assert problem.suggestion == "1 and 2 = 1, 3 and 4 = 2, 5 and 6 = 3, 7 and 8 = 4, 9 and 10 = 5"
    assert "ten-point" in problem.found


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
