import pytest

from reporting.workbook.cells import ERROR, EXPLAIN, NOTE
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


@pytest.mark.parametrize(
    ("domain", "wording", "other"),
    [
        ("trust", "I am satisfied with the service.", "Satisfaction"),
        ("satisfaction", "This interaction increased my confidence in us.", "Trust"),
        ("employee", "It was easy to find the form.", "Ease"),
        ("efficiency", "I was treated fairly.", "Transparency"),
    ],
)
def test_wording_of_another_domain_is_a_note_to_the_reviewer(domain: str, wording: str, other: str) -> None:
    problem = found(
        with_question(question(domain, 31, 42, 120, 480, 1_100, wording=wording)), "wording_of_other_domain"
    )

    assert problem is not None
    assert problem.severity == NOTE
    assert problem.found.endswith(f"reads like {other}.")


@pytest.mark.parametrize(
    ("domain", "wording"),
    [
        ("trust", "How likely are you to recommend us?"),
        ("effectiveness", "It was easy to find the help I needed."),
        ("employee", "The website helped me do what I needed to do."),
        ("extra_1", "It was easy to pay."),
    ],
)
def test_free_wording_passes(domain: str, wording: str) -> None:
    made = with_question(question(domain, 31, 42, 120, 480, 1_100, wording=wording))

    assert found(made, "wording_of_other_domain") is None
