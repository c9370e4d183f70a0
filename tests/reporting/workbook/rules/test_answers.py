"""Counts that are no counts, each after a defect that was published."""

from dataclasses import replace

import pytest

from reporting.domains import DOMAIN_BY_SLUG
from reporting.scoring import Tally
from reporting.workbook import parse, rules
from reporting.workbook.cells import EXPLAIN, NOTE
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.rules.checks import found, rules_of, with_question
from tests.reporting.workbook.workbooks import SERVICES, contents, fresh, question, survey


def test_more_answers_than_respondents_are_to_be_explained() -> None:
    problem = found(survey(respondents=1_500), "answers_exceed_respondents")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found.startswith(
        "There are more answers than the 1,500 respondents: Satisfaction 1,780, Trust 1,780"
    )


def test_as_many_answers_as_respondents_pass() -> None:
    assert found(survey(respondents=1_780), "answers_exceed_respondents") is None


def test_percentages_typed_as_counts_are_to_be_explained() -> None:
    problem = found(
        with_question(question("satisfaction", 20, 11, 11, 25, 33), respondents=18_366), "percentages_as_counts"
    )

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "Satisfaction 20/11/11/25/33" in problem.found
    assert "18,366 respondents" in problem.found


@pytest.mark.parametrize("counts", [(20, 11, 11, 25, 31), (20, 11, 11, 25, 35), (200, 110, 110, 250, 330)])
def test_sums_away_from_100_are_no_percentages(counts: tuple[int, ...]) -> None:
    assert found(with_question(question("satisfaction", *counts)), "percentages_as_counts") is None


def test_about_100_answers_of_a_small_survey_are_no_percentages() -> None:
    made = survey(respondents=120, questions=(question("satisfaction", 20, 11, 11, 25, 33),))

    assert found(made, "percentages_as_counts") is None


@pytest.mark.parametrize("counts", [(86, 0, 0, 0, 0), (0, 0, 3, 0, 0), (0, 0, 0, 0, 5)])
def test_average_typed_as_a_count_is_to_be_explained(counts: tuple[int, ...]) -> None:
    problem = found(with_question(question("satisfaction", *counts), respondents=3_024), "average_as_count")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "3,024 respondents" in problem.found


@pytest.mark.parametrize("counts", [(0, 0, 0, 0, 400), (0, 0, 1, 0, 4)])
def test_one_sided_answers_are_no_average(counts: tuple[int, ...]) -> None:
    assert found(with_question(question("satisfaction", *counts)), "average_as_count") is None


def test_slip_in_a_row_of_percentages_is_to_be_explained() -> None:
    shares = tuple(question(slug, 20, 11, 11, 25, 33) for slug in ("satisfaction", "ease", "efficiency"))
    made = survey(questions=(*shares, question("trust", 130, 5, 14, 20, 46)))

    problem = found(made, "slip_in_percentages")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert "Trust 130/5/14/20/46" in problem.found


def test_same_counts_without_percentages_around_are_no_slip() -> None:
    assert found(with_question(question("trust", 130, 5, 14, 20, 46)), "slip_in_percentages") is None


def test_what_follows_from_percentages_is_not_told() -> None:
    made = survey(questions=tuple(question(slug, 20, 0, 0, 0, 80) for slug in DOMAIN_BY_SLUG))

    assert rules_of(made) == ["percentages_as_counts"]


def test_finding_names_the_cells_of_the_workbook() -> None:
    shares = tuple(question(slug, 20, 11, 11, 25, 33) for slug in ("satisfaction", "trust"))
    questions = (*shares, *survey().questions[2:])
    read = parse.read(fill_from(fresh(), contents((survey(questions=questions),)))).contents
    assert read is not None

    problems = rules.problems(read, rules.Context(SERVICES))

    assert [str(cell) for p in problems for cell in (p.cell, *p.related)] == ["Responses!F5", "Responses!F6"]
    assert problems[0].label == "Community Care: Appointment 1"


def test_small_excess_suggests_the_respondents() -> None:
    problem = found(survey(respondents=1_700), "answers_exceed_respondents")

    assert problem is not None
    assert problem.suggestion == "1780"


@pytest.mark.parametrize(
    ("respondents", "severity"),
    [(1_779, NOTE), (1_746, NOTE), (1_744, EXPLAIN), (1_619, EXPLAIN), (1_600, EXPLAIN), (10, EXPLAIN)],
)
def test_slight_excess_is_noted_and_a_larger_one_is_to_be_explained(respondents: int, severity: str) -> None:
    problem = found(survey(respondents=respondents), "answers_exceed_respondents")

    assert problem is not None
    assert problem.severity == severity
    assert ("needs no explanation" in problem.fix) == (severity == NOTE)


def test_one_person_more_is_noted_in_the_smallest_survey() -> None:
    tiny = tuple(replace(q, tally=Tally(0, 0, 1, 2, 3)) for q in survey().questions)

    one, two = (found(survey(respondents=n, questions=tiny), "answers_exceed_respondents") for n in (5, 4))

    assert one is not None
    assert two is not None
    assert (one.severity, two.severity) == (NOTE, EXPLAIN)


def test_large_excess_suggests_nothing() -> None:
    problem = found(survey(respondents=900), "answers_exceed_respondents")

    assert problem is not None
    assert problem.suggestion == ""


@pytest.mark.parametrize(("counts", "is_told"), [((0, 0, 0, 0, 1_780), True), ((0, 0, 0, 0, 29), False)])
def test_one_answer_that_everybody_gave_is_to_be_explained(counts: tuple[int, ...], is_told: bool) -> None:
    made = survey(respondents=1_780, questions=(question("ease", *counts),))

    assert (found(made, "one_point_only") is not None) is is_told
