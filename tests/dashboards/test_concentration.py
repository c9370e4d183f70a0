"""How few surveys hold most of the answers."""

from fractions import Fraction

import pytest

from dashboards import formats
from dashboards.concentration import Concentration, concentration, sentence
from dashboards.surveys import PublishedSurvey
from tests.dashboards.test_comparisons import TEXT
from tests.factories import survey


def test_worked_sentence_of_the_docs_is_what_the_code_gives():
    found = concentration([30, 500, 60, 50, 40, 300, 15, 5])
    assert f"the {found.surveys} largest hold {formats.share(found.share)} of all answers" in TEXT


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ([], None),
        ([0, 0], None),
        ([7], Concentration(1, 1, Fraction(1))),
        ([90, 10], Concentration(1, 2, Fraction(9, 10))),
        ([89, 11], Concentration(2, 2, Fraction(1))),
        ([90, 10, 0], Concentration(1, 2, Fraction(9, 10))),
    ],
)
def test_fewest_surveys_that_hold_nine_tenths(sizes, found):
    assert concentration(sizes) == found


@pytest.mark.parametrize("sizes", [[9], [9, 9]])
def test_nothing_is_said_where_it_takes_all_surveys(sizes):
    surveys = [
        PublishedSurvey("va-vha", "care", number, survey(satisfaction=(0, 0, 0, 0, size)))
        for number, size in enumerate(sizes)
    ]
    assert sentence(surveys) == ""


def test_sentence_names_the_question_and_who_holds_its_answers():
    surveys = [
        PublishedSurvey("va-vha", "care", number, survey(satisfaction=(0, 0, 0, 0, size)))
        for number, size in enumerate((95, 5))
    ]
    assert sentence(surveys) == "1 of 2 surveys holds 95% of the answers on satisfaction"
