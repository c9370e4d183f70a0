import pytest

from dashboards import charts
from dashboards.charts import Step, one_in
from tests.dashboards.charts.drawings import drawn, of_kind, place, words

STEPS = [Step("Customers", 1_000_000, "1,000,000"), Step("Offered", 250_000, "250,000", "1 in 4 customers")]


def test_bars_are_true_to_scale():
    first, second = (place(bar, "width") for bar in of_kind(drawn(charts.funnel(STEPS, "Title", "Said")), "reached"))
    assert second / first == 0.25


def test_what_is_too_thin_to_see_is_a_line_and_still_said_in_words():
    thin = Step("Responded", 100, "100", "1 in 10,000 customers")
    root = drawn(charts.funnel([*STEPS, thin], "Title", "Said"))
    assert (len(of_kind(root, "reached")), len(of_kind(root, "hair"))) == (2, 1)
    assert "1 in 10,000 customers" in words(root)
    assert (charts.too_thin(thin, [*STEPS, thin]), charts.too_thin(STEPS[1], STEPS)) == (True, False)


def test_words_never_run_over_the_end_of_a_long_bar():
    nearly = Step("Offered", 900_000, "900,000", "9 in 10 customers")
    root = drawn(charts.funnel([STEPS[0], nearly], "Title", "Said", width=340))
    assert [mark.text for mark in of_kind(root, "on-reached") if mark.text] == ["9 in 10 customers"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1, 24, "1 in 24"),
        (40_435_224, 361_187_796, "1 in 9"),
        (1, 1_234_567, "1 in 1,234,567"),
        (1, 4, "1 in 4"),
        (2, 5, "4 in 10"),
        (9, 10, "9 in 10"),
        (97, 100, "nearly all"),
        (5, 5, "all"),
        (6, 5, "more than all"),
        (0, 5, "none"),
    ],
)
def test_proportion_is_said_as_people_say_it(part, whole, said):
    assert one_in(part, whole) == said
