import pytest

from reporting.workbook.cells import ERROR, NOTE
from tests.reporting.workbook.rules.checks import found, with_question
from tests.reporting.workbook.workbooks import question


@pytest.mark.parametrize(
    ("wording", "said"),
    [("NONE", " (the cell says “NONE”)"), ("No Question", " (the cell says “No Question”)"), (" ", "")],
)
def test_answers_without_a_question_block(wording: str, said: str) -> None:
    problem = found(with_question(question("ease", 1, 2, 3, 40, 50, wording=wording)), "wording_missing")

    assert problem is not None
    assert (problem.severity, problem.found) == (ERROR, f"There are answers, but no question: Ease{said}.")


def test_question_in_words_passes() -> None:
    assert found(with_question(question("ease", 1, 2, 3, 40, 50)), "wording_missing") is None


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
