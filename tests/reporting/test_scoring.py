from decimal import Decimal
from fractions import Fraction
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.scoring import METHODS, SurveyTally, Tally, domain_score, for_display, plain_mean, pool, ratio

COUNTS = st.tuples(*[st.integers(0, 10**10)] * 5)
SMALL = st.tuples(*[st.integers(0, 30)] * 5).filter(lambda counts: sum(counts) >= 2)


def test_the_published_score_of_outpatient_satisfaction_is_reproduced():
    assert for_display(Tally(2302, 3118, 10615, 55358, 249586).mean) == Decimal("4.70")


def test_a_score_exactly_between_two_hundredths_is_rounded_up():
    assert for_display(Fraction(4125, 1000)) == Decimal("4.13")
    assert for_display(Fraction(-4125, 1000)) == Decimal("-4.13")
    assert str(for_display(Fraction(9, 2))) == "4.50"


def test_no_answers_give_no_score_instead_of_zero():
    empty = Tally()
    assert (empty.mean, empty.share_positive, empty.margin_of_error()) == (None, None, None)


@pytest.mark.parametrize("counts", [(-1, 0, 0, 0, 0), (1.0, 0, 0, 0, 0), (True, 0, 0, 0, 0)])
def test_a_tally_holds_only_whole_numbers_of_people(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        Tally(*counts)


@given(SMALL)
def test_mean_and_margin_agree_with_the_answers_written_out(counts):
    answers = [point for point, count in enumerate(counts, start=1) for _ in range(count)]
    tally = Tally(*counts)
    assert float(tally.mean) == pytest.approx(fmean(answers))
    expected = 1.96 * (variance(answers) / len(answers)) ** 0.5
    assert float(tally.margin_of_error()) == pytest.approx(expected)


def test_the_margin_shrinks_to_nothing_when_everybody_answered():
    tally = Tally(5, 5, 5, 5, 5)
    assert tally.margin_of_error(25) == 0
    assert tally.margin_of_error(50) < tally.margin_of_error(10**6) < tally.margin_of_error()


def test_a_population_smaller_than_the_answers_is_not_believed():
    tally = Tally(5, 5, 5, 5, 5)
    assert tally.margin_of_error(3) == tally.margin_of_error()


@given(st.lists(COUNTS, max_size=5))
def test_pooling_adds_every_answer_once(many):
    pooled = pool(Tally(*counts) for counts in many)
    assert pooled.n == sum(map(sum, many))


SURVEYS = [
    SurveyTally("va-vha", Tally(0, 0, 0, 0, 8), customers=100),
    SurveyTally("va-vha", Tally(2, 0, 0, 0, 0), customers=300),
    SurveyTally("ssa-oo", Tally(0, 0, 4, 0, 0), customers=None),
    SurveyTally("treas-irs", Tally(), customers=10**6),
]


@pytest.mark.parametrize(
    ("method", "value", "surveys", "left_out"),
    [
        ("pooled", Fraction(54, 14), 3, 0),
        ("mean-of-surveys", Fraction(3), 3, 0),
        ("mean-of-hisps", (Fraction(42, 10) + 3) / 2, 3, 0),
        ("by-customers", Fraction(2), 2, 1),
    ],
)
def test_each_method_combines_as_its_sentence_says(method, value, surveys, left_out):
    score = domain_score(SURVEYS, method)
    assert (score.value, score.surveys, score.left_out) == (value, surveys, left_out)


def test_every_method_gives_no_score_when_nobody_answered():
    for method in METHODS:
        assert domain_score([SurveyTally("va-vha", Tally(), customers=5)], method).value is None


def test_the_combined_score_leaves_out_missing_domains():
    assert plain_mean([Fraction(4), None, Fraction(5)]) == Fraction(9, 2)
    assert plain_mean([None]) is None


def test_the_response_rate_of_a_published_quarter():
    assert for_display(ratio(377_268, 1_236_483) * 100, 0) == 31
    assert ratio(5, None) is None
    assert ratio(5, 0) is None
