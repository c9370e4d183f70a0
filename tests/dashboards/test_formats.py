from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from dashboards import formats
from reporting.domains import NO_DATA_REASONS
from reporting.fiscal import FiscalQuarter


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(9, 2), "4.50"), (Fraction(4345, 1000), "4.35"), (Fraction(5), "5.00"), (None, "")]
)
def test_score_has_two_decimals_rounded_half_up(value, text):
    assert formats.score(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(377_268, 1_236_483), "31%"), (Fraction(42, 1000), "4.2%"), (Fraction(6, 10_000), "0.06%"), (0, "0%")],
)
def test_small_shares_keep_the_digits_that_tell(value, text):
    assert formats.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.128"), "±\xa00.13"),
        (Decimal("0.001"), "±\xa0less than\xa00.01"),
        (Decimal(0), "±\xa00.00"),
        (None, ""),
    ],
)
def test_tiny_margin_is_not_shown_as_none(value, text):
    assert formats.margin(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(2, 100), "+0.02"), (Fraction(-1, 10), "−0.10"), (Fraction(1, 1000), "0.00")]
)
def test_change_carries_its_sign(value, text):
    assert formats.change(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(4, 100), "+4%"),
        (Fraction(-1, 8), "−13%"),
        (Fraction(0), "0%"),
        (Fraction(9), "×10"),
        (Fraction(899, 100), "+899%"),
        (None, ""),
    ],
)
def test_growth_is_a_part_of_what_there_was(value, text):
    assert formats.growth(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("48.0000"), "48"), (Decimal("1234.5000"), "1,234.5"), (Decimal("100"), "100")]
)
def test_plain_figure_has_no_needless_zeros(value, text):
    assert formats.plain(value) == text


def test_unknown_number_is_named_and_never_zero():
    assert formats.count(None) == "Unknown"


def test_day_is_the_day_in_washington():
    assert formats.day(datetime(2021, 5, 1, 3, 59, tzinfo=UTC)) == "April 30, 2021"


def test_period_of_a_first_quarter_names_both_years():
    assert formats.period(FiscalQuarter(2021, 1)) == "October 1 to December 31, 2020"


def test_every_kind_of_no_data_has_words_for_page_and_table():
    for kind, words in NO_DATA_REASONS.items():
        assert formats.reason(kind) == words
    shorts = {formats.short_reason(kind) for kind in NO_DATA_REASONS}
    assert len(shorts) == len(NO_DATA_REASONS)


@pytest.mark.parametrize(("parts", "text"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b and c")])
def test_names_are_joined_as_in_speech(parts, text):
    assert formats.joined(parts) == text
