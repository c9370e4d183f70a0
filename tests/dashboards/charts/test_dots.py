from itertools import pairwise

import pytest

from dashboards import charts
from dashboards.charts import Dot
from tests.dashboards.charts.drawings import drawn, of_kind, place, words

NAMES = (
    "Occupational Safety and Health Administration",
    "Centers for Medicare & Medicaid Services, Marketplace",
    "Recreation.gov",
    "U.S. Citizenship and Immigration Services",
)


def rows(number):
    return [
        Dot(f"{NAMES[i % 4]} {i}", 3.5 + i % 13 / 10, f"{3.5 + i % 13 / 10:.2f}", "± 0.12", 0.12, few=i % 9 == 0)
        for i in range(number)
    ]


def names(root):
    [group] = of_kind(root, "name")
    return [mark.text for mark in group]


def test_best_comes_first_and_its_dot_is_farthest_to_the_right():
    three = [Dot("Low", 3.2, "3.20"), Dot("High", 4.8, "4.80"), Dot("Middle", 4.1, "4.10")]
    root = drawn(charts.dots(three, "Title", "Said"))
    assert names(root) == ["High", "Middle", "Low"]
    at = [place(dot, "cx") for dot in root.iter("circle")]
    assert at == sorted(at, reverse=True)


def test_margin_reaches_as_far_as_it_is_wide():
    root = drawn(charts.dots([Dot("One", 4.5, "4.50", "± 0.25", 0.25)], "Title", "Said"))
    four, five = [place(mark, "x1") for mark in of_kind(root, "grid")][:: len(of_kind(root, "grid")) - 1]
    start, end = of_kind(root, "margin")[0].get("d").removeprefix("M").split("H")
    assert float(end) - float(start.split()[0]) == pytest.approx((five - four) * 0.5, abs=0.2)


def test_score_on_few_answers_is_hollow():
    root = drawn(charts.dots([Dot("One", 4.5, "4.50", few=True), Dot("Two", 4.4, "4.40")], "Title", "Said"))
    assert [len(of_kind(root, kind)[0]) for kind in ("full", "hollow")] == [1, 1]


def test_all_are_compared_with_an_upright_line():
    root = drawn(charts.dots(rows(3), "Title", "Said", mean=4.0, mean_text="All 4.00"))
    assert "All 4.00" in words(root)
    assert len(of_kind(root, "mean")) == 1
    assert of_kind(drawn(charts.dots(rows(3), "Title", "Said")), "mean") == []


@pytest.mark.parametrize("width", [840, 340])
@pytest.mark.parametrize("number", [2, 25, 60])
def test_rows_never_touch_and_names_stay_clear_of_values(number, width):
    root = drawn(charts.dots(rows(number), "Title", "Said", width=width))
    dots = sorted(place(dot, "cy") for dot in root.iter("circle"))
    assert len(dots) == number
    assert min(below - above for above, below in pairwise(dots)) >= 20
    values = {mark.get("y"): mark for mark in of_kind(root, "score")[0]}
    for name in of_kind(root, "name")[0]:
        value = values.get(name.get("y"))
        if value is not None:
            start = place(value, "x") - (7.2 * len(value.text) if value.get("text-anchor") == "end" else 0)
            assert 6.2 * len(name.text) < start


def test_25_hisps_weigh_less_than_12_kilobytes():
    for width in (840, 340):
        assert len(charts.dots(rows(25), "Title", "Said", mean=4.1, mean_text="All", width=width).encode()) < 12_000


def test_no_row_gives_a_drawing_without_dots():
    assert list(drawn(charts.dots([], "Title", "Said")).iter("circle")) == []
