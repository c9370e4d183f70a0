"""Words that stand somewhere and say nothing count as blank."""

from dataclasses import replace

import pytest

from reporting.workbook.cells import ERROR, EXPLAIN
from reporting.workbook.rules.fillers import says_nothing, without_fillers
from tests.reporting.workbook.rules.checks import found
from tests.reporting.workbook.workbooks import contents, survey

FILLERS = ["TBD", "n/a", "None", "x", "-", "...", "N"]


@pytest.mark.parametrize("text", ["", *FILLERS])
def test_filler_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["New vendor", "No survey ran.", "COVID", "ok", "见备注", "👍🏽"])
def test_whatever_has_words_says_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize("text", FILLERS)
def test_filler_is_no_reflection(text: str) -> None:
    problem = found(contents(reflection=text), "reflection_missing")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found == f"The reflection says only “{text}”."


def test_filler_is_no_reason_why_a_survey_may_not_be_published() -> None:
    problem = found(survey(publishable=False, publishable_reason="TBD"), "publishable_reason")

    assert problem is not None
    assert problem.severity == ERROR
    assert "says only “TBD”" in problem.found


def test_filler_is_no_conversion() -> None:
    problem = found(survey(scale="ten_point", conversion="n/a"), "conversion_missing")

    assert problem is not None
    assert problem.severity == ERROR


def test_zeros_are_no_control_number() -> None:
    problem = found(survey(control_number="0000-0000", control_number_typed="0000-0000"), "control_number_missing")

    assert problem is not None
    assert problem.found == "0000-0000 is no OMB control number."


def test_fillers_are_not_kept() -> None:
    made = survey(offered=None, volume_notes={"offered": "TBD"}, control_number="0000-0000")

    kept = without_fillers(replace(contents((made,)), reflection="TBD"))

    assert (kept.reflection, kept.surveys[0].volume_notes, kept.surveys[0].control_number) == ("", {}, "")


def test_contents_without_fillers_stay_as_they_are() -> None:
    assert without_fillers(contents()) == contents()
