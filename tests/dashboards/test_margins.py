from decimal import Decimal

import pytest

from dashboards.margins import Sample, margin, mean_margin
from reporting.scoring import METHODS, Tally

MANY = Tally(10, 10, 20, 60, 100)


def test_population_is_the_customers_then_those_offered_then_unknown():
    assert Sample("a", MANY, customers=1000, offered=400).population == 1000
    assert Sample("a", MANY, customers=None, offered=400).population == 400
    assert Sample("a", MANY).population is None


def test_population_smaller_than_the_answers_is_not_believed():
    assert Sample("a", MANY, customers=100, offered=None).population is None


def test_margin_of_one_survey_is_the_same_by_every_method():
    one = [Sample("a", MANY, customers=1000)]
    assert len({round(margin(one, method), 12) for method in METHODS}) == 1


def test_margin_of_two_equal_parts_shrinks_by_the_root_of_two():
    two = [Sample("a", MANY), Sample("b", MANY)]
    alone = margin([two[0]], "mean-of-surveys")
    assert margin(two, "mean-of-surveys") == pytest.approx(alone / Decimal(2).sqrt())


def test_nobody_knows_the_margin_when_a_survey_has_one_answer():
    samples = [Sample("a", MANY), Sample("b", Tally(0, 0, 0, 0, 1))]
    assert margin(samples, "mean-of-surveys") is None
    assert margin(samples, "pooled") is not None


def test_weights_by_customers_leave_out_surveys_without_that_number():
    known = Sample("a", MANY, customers=1000)
    assert margin([known, Sample("b", Tally(0, 0, 0, 0, 1))], "by-customers") == margin([known], "by-customers")


@pytest.mark.parametrize("method", METHODS)
def test_nothing_has_no_margin(method):
    assert margin([], method) is None


def test_combined_margin_is_the_mean_of_the_margins_or_unknown():
    assert mean_margin([Decimal("0.2"), Decimal("0.4")]) == Decimal("0.3")
    assert mean_margin([Decimal("0.2"), None]) is None
    assert mean_margin([]) is None
