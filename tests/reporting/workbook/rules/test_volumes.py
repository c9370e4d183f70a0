from typing import Any

import pytest

from reporting.workbook.cells import ERROR, EXPLAIN, NOTE
from tests.reporting.workbook.rules.checks import found, rules_of, with_question
from tests.reporting.workbook.workbooks import question, survey


def test_faultless_survey_has_no_finding() -> None:
    assert rules_of(survey()) == []


def test_respondents_above_offered_block() -> None:
    problem = found(survey(offered=500, respondents=2_007), "respondents_exceed_offered")

    assert problem is not None
    assert problem.severity == ERROR
    assert problem.found == "2,007 people answered, but the survey was offered to 500."


def test_unknown_typed_as_zero_is_told_to_be_left_blank() -> None:
    problem = found(survey(offered=0), "respondents_exceed_offered")

    assert problem is not None
    assert "Leave the number offered blank if it is unknown" in problem.fix


@pytest.mark.parametrize("changes", [{"offered": 2_007}, {"offered": None}, {"respondents": None}])
def test_respondents_within_offered_or_unknown_pass(changes: dict[str, Any]) -> None:
    assert found(survey(**changes), "respondents_exceed_offered") is None


def test_offered_above_customers_is_to_be_explained() -> None:
    problem = found(survey(customers=1_000), "offered_exceeds_customers")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found == "The survey was offered to 40,007 people, but there were 1,000 customers."


def test_offered_equal_to_customers_passes() -> None:
    assert found(survey(customers=40_007), "offered_exceeds_customers") is None


@pytest.mark.parametrize("field", ["customers", "offered", "respondents"])
@pytest.mark.parametrize(("value", "words"), [(None, "is unknown."), (0, "is 0.")])
def test_missing_volume_is_to_be_explained(field: str, value: int | None, words: str) -> None:
    respondents = {"respondents": None} if field == "offered" else {}  # else 0 offered must be fixed, and says so
    problem = found(survey(**{field: value} | respondents), "volume_missing")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert words in problem.found


def test_missing_volumes_of_a_survey_take_one_sentence() -> None:
    problem = found(survey(customers=None, offered=None, respondents=None), "volume_missing")

    assert problem is not None
    assert problem.found.count("is unknown.") == 3
    assert "“Why a volume is unknown”" in problem.fix


@pytest.mark.parametrize("field", ["customers", "offered"])
def test_zero_is_told_once(field: str) -> None:
    told = [rule for rule in rules_of(survey(**{field: 0})) if rule != "few_answers"]

    assert told == ["volume_missing" if field == "customers" else "respondents_exceed_offered"]


@pytest.mark.parametrize("note", ["TBD", "n/a", "-", "x"])
def test_reason_that_says_nothing_is_none(note: str) -> None:
    problem = found(survey(offered=None, volume_notes={"offered": note}), "volume_missing")

    assert problem is not None
    assert problem.severity == EXPLAIN


def test_missing_volume_with_a_reason_is_a_note() -> None:
    problem = found(survey(offered=None, volume_notes={"offered": "The vendor does not count."}), "volume_missing")

    assert problem is not None
    assert problem.severity == NOTE
    assert problem.fix == "The reason given: The vendor does not count."


def test_survey_without_any_figure_is_told_once() -> None:
    empty = survey(customers=None, offered=None, respondents=0, questions=(question("trust"),))

    assert rules_of(empty) == ["empty_survey"]


def test_survey_with_one_volume_is_not_called_empty() -> None:
    assert found(survey(offered=None, respondents=None, questions=()), "empty_survey") is None


def test_under_30_answers_are_noted() -> None:
    problem = found(with_question(question("ease", 1, 2, 3, 4, 19)), "few_answers")

    assert problem is not None
    assert problem.severity == NOTE
    assert problem.found == "Fewer than 30 people answered: Ease."


def test_30_answers_pass() -> None:
    assert found(with_question(question("ease", 1, 2, 3, 4, 20)), "few_answers") is None


@pytest.mark.parametrize(("respondents", "is_told"), [(2_007, True), (99, False)])
def test_survey_that_everybody_answered_is_to_be_explained(respondents: int, is_told: bool) -> None:
    made = survey(1, offered=respondents, respondents=respondents)

    assert (found(made, "everybody_answered") is not None) is is_told
