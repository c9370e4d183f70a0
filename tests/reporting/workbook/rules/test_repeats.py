"""The same figures again, and figures that jump."""

from dataclasses import replace

import pytest

from reporting.contents import Contents
from reporting.domains import DOMAIN_BY_SLUG
from reporting.workbook.cells import EXPLAIN
from tests.reporting.workbook.rules.checks import found, rules_of, with_question
from tests.reporting.workbook.workbooks import contents, question, survey


def test_figures_of_last_quarter_are_to_be_explained() -> None:
    problem = found(contents(1), "same_as_last_quarter", previous=contents(1))

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found == "All answers are exactly the same as last quarter."


def test_one_question_of_last_quarter_is_named() -> None:
    before = Contents(surveys=(with_question(question("trust", 31 + 7, 42, 120, 480, 1_100)),))
    now = tuple(question(slug, 1, 2, 3, 400, 900) for slug in DOMAIN_BY_SLUG if slug != "trust")
    made = survey(questions=(*now, question("trust", 31 + 7, 42, 120, 480, 1_100)))

    problem = found(made, "same_as_last_quarter", previous=before)

    assert problem is not None
    assert problem.found == "The answers to Trust are exactly the same as last quarter."


@pytest.mark.parametrize(
    "before",
    [
        None,
        Contents(surveys=(survey(2),)),
        Contents(surveys=(survey(1, channel="phone"),)),
        Contents(surveys=(survey(1, questions=(question("trust", 9, 9, 9, 9, 99),)),)),
    ],
)
def test_other_figures_pass(before: Contents | None) -> None:
    assert found(contents(1), "same_as_last_quarter", previous=before) is None


def test_few_equal_answers_may_be_chance() -> None:
    made = survey(questions=(question("satisfaction", 1, 1, 1, 1, 40),))

    assert found(made, "same_as_last_quarter", previous=Contents(surveys=(made,))) is None


def test_whole_survey_of_few_answers_may_not_come_again() -> None:
    few = tuple(question(slug, 0, 0, 0, 0, 5) for slug in ("satisfaction", "trust", "ease", "efficiency"))
    made = survey(questions=few)

    assert found(made, "same_as_last_quarter", previous=Contents(surveys=(made,))) is not None


def _before(**changes: object) -> Contents:
    return Contents(surveys=(survey(1, **changes),))


@pytest.mark.parametrize(("then", "words"), [(90_000, "900,007 customers after 90,000"), (9_000_070, "9,000,070")])
def test_tenfold_volume_is_to_be_explained(then: int, words: str) -> None:
    problem = found(survey(1), "volume_jump", previous=_before(customers=then))

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert words in problem.found


@pytest.mark.parametrize("then", [100_000, 8_000_000, None, 0])
def test_volume_within_ten_times_of_last_quarters_passes(then: int | None) -> None:
    assert found(survey(1), "volume_jump", previous=_before(customers=then)) is None


def test_tenfold_of_a_handful_passes() -> None:
    made = survey(1, respondents=900)

    assert found(made, "volume_jump", previous=_before(respondents=9)) is None


def test_volumes_of_last_quarter_are_to_be_explained() -> None:
    problem = found(survey(1), "same_volumes_as_last_quarter", previous=_before())

    assert problem is not None
    assert problem.severity == EXPLAIN


def test_one_other_volume_is_enough_to_pass() -> None:
    assert found(survey(1), "same_volumes_as_last_quarter", previous=_before(offered=5)) is None


def test_of_two_surveys_of_one_name_the_one_at_the_same_point_is_compared() -> None:
    twins = Contents(
        surveys=(
            survey(1, transaction_point="Elsewhere", customers=9),
            survey(1, transaction_point="E-mail after the visit"),
        )
    )

    assert found(survey(1), "volume_jump", previous=twins) is None


def test_same_figures_in_two_surveys_are_to_be_explained() -> None:
    twin = replace(survey(2), questions=survey(1).questions)

    problem = found(contents((survey(1), twin)), "same_figures_twice")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "Community Care: Appointment 1" in problem.found


def test_same_few_figures_in_two_surveys_may_be_chance() -> None:
    few = (question("trust", 1, 1, 1, 1, 30),)

    assert found(contents((survey(1, questions=few), survey(2, questions=few))), "same_figures_twice") is None


def test_one_question_with_the_counts_of_another_survey_is_named() -> None:
    twin = replace(survey(2), questions=(question("trust", 39, 41, 120, 480, 1_100), *survey(2).questions[:1]))

    problem = found(contents((survey(1), twin)), "same_figures_twice")

    assert problem is not None
    assert problem.found.startswith("The answers to Trust are exactly the same")


def test_same_volumes_in_two_surveys_are_to_be_explained() -> None:
    twin = survey(2, customers=900_007, offered=40_007, respondents=2_007)

    problem = found(contents((survey(1), twin)), "same_volumes_twice")

    assert problem is not None
    assert problem.severity == EXPLAIN


def test_same_volumes_and_answers_are_told_once() -> None:
    twin = survey(2, customers=900_007, offered=40_007, respondents=2_007, questions=survey(1).questions)

    assert rules_of(contents((survey(1), twin))) == ["same_figures_twice"]
