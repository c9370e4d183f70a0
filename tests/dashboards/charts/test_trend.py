from itertools import pairwise

import pytest

from dashboards import charts
from dashboards.charts import Point
from tests.dashboards.charts.drawings import drawn, of_kind, place, words

QUARTERS = [f"FY{year} Q{number}" for year in (20, 21, 22) for number in (1, 2, 3, 4)]


def points(*values, half=0.2, few=()):
    return [
        Point(label, value, f"{value:.2f}" if value else "", half if value else None, label in few)
        for label, value in zip(QUARTERS, values, strict=False)
    ]


def corners(path):
    numbers = [float(number) for number in path.get("d").strip("MZ").split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_band_is_as_high_as_the_interval_at_every_quarter():
    root = drawn(charts.trend(points(4.0, 4.2, 4.4), "Trend", 3))
    grid = [place(mark, "y1") for mark in of_kind(root, "grid")]
    one_score = (max(grid) - min(grid)) / 2
    band = corners(of_kind(root, "band")[0])
    heights = [below[1] - above[1] for above, below in zip(band[:3], band[:2:-1], strict=True)]
    assert heights == pytest.approx([0.4 * one_score] * 3, abs=0.2)


def test_band_and_line_break_together_where_a_quarter_is_missing():
    root = drawn(charts.trend(points(4.0, 4.2, None, 4.1, 4.3), "Trend", 3))
    assert (len(of_kind(root, "line")), len(of_kind(root, "band")), len(of_kind(root, "gap"))) == (2, 2, 1)


def test_quarter_that_stands_alone_has_its_interval_upright():
    root = drawn(charts.trend(points(4.0, None, 4.1), "Trend", 3))
    assert (len(of_kind(root, "whisker")), len(of_kind(root, "band"))) == (2, 0)


def test_score_without_a_margin_interrupts_the_band_but_not_the_line():
    line = [*points(4.0, 4.1), Point("FY20 Q3", 4.2, "4.20"), *points(4.0, 4.1)]
    root = drawn(charts.trend(line, "Trend", 3))
    assert (len(of_kind(root, "line")), len(of_kind(root, "band"))) == (1, 2)


def test_quarter_with_few_answers_is_drawn_hollow():
    root = drawn(charts.trend(points(4.0, 4.2, few=["FY20 Q2"]), "Trend", 3))
    assert [dot.get("class") for dot in of_kind(root, "dot")] == ["dot", "dot hollow"]


def test_newest_score_stands_at_the_end_of_its_line():
    root = drawn(charts.trend(points(4.0, 4.2, None), "Trend", 3))
    [last] = of_kind(root, "last")
    assert last.text == "4.20"
    assert place(last, "x") > place(of_kind(root, "dot")[-1], "cx")


def test_every_score_is_written_where_there_is_room():
    assert len(of_kind(drawn(charts.trend(points(4.0, 4.2, 4.1), "Trend", 3)), "value")) == 2
    assert of_kind(drawn(charts.trend(points(*[4.0] * 12), "Trend", 3, width=340)), "value") == []


def test_interval_never_leaves_the_scale():
    root = drawn(charts.trend(points(4.9, 4.8, half=0.9), "Trend", 4))
    grid = [place(mark, "y1") for mark in of_kind(root, "grid")]
    heights = [y for _, y in corners(of_kind(root, "band")[0])]
    assert (min(heights), max(heights)) == (min(grid), max(grid))


@pytest.mark.parametrize("count", [1, 2, 6, 12])
@pytest.mark.parametrize("width", [161, 240, 340, 840])
def test_no_two_quarters_are_written_over_each_other(count, width):
    root = drawn(charts.trend(points(*[4.0] * count), "Trend", 3, width=width))
    below = [mark for mark in of_kind(root, "axis") if mark.get("text-anchor") != "end" or mark.text.startswith("FY")]
    rows = {}
    for mark in below:
        size = 7.2 * len(mark.text)
        x = place(mark, "x")
        start = x - {"middle": size / 2, "end": size}.get(mark.get("text-anchor"), 0)
        rows.setdefault(mark.get("y"), []).append((start, start + size))
    for spans in rows.values():
        assert all(one[1] <= next_[0] for one, next_ in pairwise(sorted(spans)))


def test_quarters_are_numbered_and_years_named_once():
    named = words(drawn(charts.trend(points(*[4.0] * 6), "Trend", 3)))
    assert [word for word in named if word.startswith(("Q", "FY"))] == [
        *("Q1", "FY20", "Q2", "Q3", "Q4"),
        *("Q1", "FY21", "Q2"),
    ]


@pytest.mark.parametrize(
    ("values", "low"), [([4.21, 4.4], 4), ([3.8], 3.5), ([3.5], 3), ([1.0], 1), ([5.0], 4), ([], 1)]
)
def test_scale_may_begin_at_a_half_score(values, low):
    assert charts.lowest_half(values) == low
