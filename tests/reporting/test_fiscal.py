from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.fiscal import EASTERN, FiscalQuarter, days_late, end_of_day_eastern

QUARTERS = st.builds(FiscalQuarter, st.integers(1978, 9997), st.integers(1, 4))


@pytest.mark.parametrize(
    ("slug", "first", "last", "due"),
    [
        ("2021-q1", date(2020, 10, 1), date(2020, 12, 31), date(2021, 1, 30)),
        ("2021-q2", date(2021, 1, 1), date(2021, 3, 31), date(2021, 4, 30)),
        ("2021-q3", date(2021, 4, 1), date(2021, 6, 30), date(2021, 7, 30)),
        ("2021-q4", date(2021, 7, 1), date(2021, 9, 30), date(2021, 10, 30)),
    ],
)
def test_quarters_run_and_fall_due_as_the_circular_says(slug, first, last, due):
    quarter = FiscalQuarter.parse(slug)
    assert (quarter.first_day, quarter.last_day, quarter.due_day) == (first, last, due)


@given(QUARTERS)
def test_every_day_of_a_quarter_belongs_to_it_alone(quarter):
    assert FiscalQuarter.containing(quarter.first_day) == quarter
    assert FiscalQuarter.containing(quarter.last_day) == quarter
    assert FiscalQuarter.containing(quarter.last_day + timedelta(days=1)) == quarter.next


@given(QUARTERS)
def test_slug_reads_back_and_neighbors_agree(quarter):
    assert FiscalQuarter.parse(quarter.slug.upper()) == quarter
    assert quarter.next.previous == quarter
    assert quarter < quarter.next


@pytest.mark.parametrize("text", ["2021", "2021-q5", "q1-2021", "21-q1", "2021-q1x", "٢٠٢١-q1", ""])
def test_other_spellings_of_a_quarter_are_refused_with_an_example(text):
    with pytest.raises(ValueError, match="2024-q2"):
        FiscalQuarter.parse(text)


def test_the_due_moment_follows_daylight_saving_time():
    assert FiscalQuarter(2021, 1).due_at == datetime(2021, 1, 31, 4, 59, 59, tzinfo=UTC)
    assert FiscalQuarter(2021, 3).due_at == datetime(2021, 7, 31, 3, 59, 59, tzinfo=UTC)


def test_the_nights_the_clocks_change_end_at_the_right_moment():
    assert end_of_day_eastern(date(2021, 3, 14)) == datetime(2021, 3, 15, 3, 59, 59, tzinfo=UTC)
    assert end_of_day_eastern(date(2021, 11, 7)) == datetime(2021, 11, 8, 4, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        (None, 0),
        (datetime(2021, 10, 30, 23, 59, 59, tzinfo=EASTERN), 0),
        (datetime(2021, 10, 31, 0, 30, tzinfo=EASTERN), 1),
        (datetime(2021, 11, 1, 23, 30, tzinfo=EASTERN), 2),
        (datetime(2021, 11, 8, 23, 30, tzinfo=EASTERN), 9),  # an hour was given back in between
    ],
)
def test_days_late_are_days_of_the_calendar_in_us_eastern(submitted, days):
    assert days_late(submitted, FiscalQuarter(2021, 4).due_at) == days


def test_late_by_less_than_a_day_is_a_day_late():
    noon = datetime(2021, 5, 14, 12, tzinfo=EASTERN)
    assert days_late(noon + timedelta(hours=2), noon) == 1
