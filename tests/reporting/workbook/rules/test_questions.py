"""A survey's questions beside each other, each defect as somebody would make it."""

from dataclasses import replace

import pytest

from reporting.contents import Contents, Question, Survey
from reporting.domains import DOMAIN_BY_SLUG
from reporting.scoring import Tally
from reporting.workbook.cells import EXPLAIN
from tests.reporting.workbook.rules.checks import found, with_question
from tests.reporting.workbook.workbooks import contents, question, survey

FIVE = (38, 42, 120, 480, 1_100)  # of survey(1)


def own(number: int, *five: int) -> Tally:
    """Counts that differ a little from question to question."""
    return Tally(five[0] + number, *five[1:])


def all_of(*five: int) -> tuple[Question, ...]:
    return tuple(replace(q, tally=own(n, *five)) for n, q in enumerate(survey().questions))


def turned(made: Survey) -> Survey:
    return replace(made, questions=tuple(
        replace(q, tally=Tally(*reversed(q.tally.counts))) for q in made.questions if q.tally
    ))  # fmt: skip


def before(made: Survey) -> Contents:
    return replace(contents(0), surveys=(made,))


def test_question_at_the_other_end_than_the_others_is_to_be_explained() -> None:
    problem = found(with_question(question("satisfaction", *reversed(FIVE))), "reversed_answers")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "Satisfaction 1.56, in the other questions 4.44" in problem.found


def test_all_questions_at_the_other_end_than_last_quarter_are_told_once() -> None:
    problem = found(turned(survey(questions=all_of(*FIVE))), "reversed_answers", previous=before(survey()))

    assert problem is not None
    assert "Trust 1.56, last quarter 4.44" in problem.found


def test_question_that_was_at_the_other_end_last_quarter_too_is_not_told() -> None:
    made = with_question(question("ease", *reversed(FIVE)))

    assert found(made, "reversed_answers", previous=before(made)) is None


@pytest.mark.parametrize("five", [(500, 420, 300, 280, 280), (12, 4, 3, 2, 1)])
def test_low_mean_or_few_answers_are_not_reversed(five: tuple[int, ...]) -> None:
    assert found(with_question(question("ease", *five)), "reversed_answers") is None


def test_of_two_questions_none_is_called_reversed() -> None:
    made = survey(questions=(question("satisfaction", *FIVE), question("trust", *reversed(FIVE))))

    assert found(made, "reversed_answers") is None


def test_one_row_copied_to_all_questions_is_to_be_explained() -> None:
    made = survey(questions=tuple(question(slug, *FIVE) for slug in DOMAIN_BY_SLUG))

    problem = found(made, "same_counts_within")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "have exactly the same five counts: 38/42/120/480/1,100." in problem.found


def test_two_questions_with_the_same_counts_pass() -> None:
    questions = (question("satisfaction", *FIVE), question("trust", *FIVE), *all_of(*FIVE)[2:])

    assert found(survey(questions=questions), "same_counts_within") is None


def test_same_counts_of_few_answers_pass() -> None:
    made = survey(respondents=20, questions=tuple(question(slug, 1, 2, 3, 4, 5) for slug in DOMAIN_BY_SLUG))

    assert found(made, "same_counts_within") is None


@pytest.mark.parametrize("five", [(100, 101, 102, 103, 104), (300, 250, 200, 150, 100), (90, 90, 90, 90, 90)])
def test_counts_that_were_dragged_on_are_to_be_explained(five: tuple[int, ...]) -> None:
    problem = found(with_question(question("ease", *five)), "counted_on")

    assert problem is not None
    assert problem.severity == EXPLAIN


@pytest.mark.parametrize("five", [(1, 2, 3, 4, 5), (100, 101, 102, 103, 105)])
def test_few_answers_and_uneven_steps_pass(five: tuple[int, ...]) -> None:
    assert found(with_question(question("ease", *five)), "counted_on") is None


@pytest.mark.parametrize(("respondents", "is_told"), [(330_979, True), (3_600, True), (3_500, False)])
def test_far_fewer_answers_than_respondents_are_to_be_explained(respondents: int, is_told: bool) -> None:
    problem = found(survey(respondents=respondents, questions=all_of(*FIVE)), "answers_far_below_respondents")

    assert (problem is not None) is is_told


def test_one_question_that_most_answered_is_enough() -> None:
    made = survey(questions=(*all_of(3, 4, 12, 48, 110)[1:], question("satisfaction", *FIVE)))

    assert found(made, "answers_far_below_respondents") is None
