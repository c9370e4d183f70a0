from xml.etree import ElementTree

import pytest

from dashboards import charts
from dashboards.charts import Bar, Dot, Panel, Point, Step

GAP = [
    Point("FY21 Q1", 4.0, "4.00"),
    Point("FY21 Q2", None),
    Point("FY21 Q3", 4.5, "4.50"),
    Point("FY21 Q4", 5, "5.00"),
]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_parts_of_a_bar_fill_it_and_stand_side_by_side():
    parts = charts.segments((1, 1, 2, 0, 4))
    assert [(part.answer, part.x, part.width) for part in parts] == [
        (1, 0, 12.5),
        (2, 12.5, 12.5),
        (3, 25, 25),
        (5, 50, 50),
    ]


def test_bar_of_no_answers_has_no_parts():
    assert charts.segments((0, 0, 0, 0, 0)) == []


@pytest.mark.parametrize(
    "svg",
    [
        charts.distribution((1, 2, 3, 4, 5), "Title <&>", "Said"),
        charts.gauge(83, 100, 80, "Title <&>"),
        charts.trend(GAP, "Title <&>", 3),
        charts.sparkline(GAP, "Title <&>", 3),
        charts.trend([], "Title <&>", 3),
        charts.answers([Bar("<&>", (1, 2, 3, 4, 5), ("1%",) * 5, "60%")], "Title <&>", "Said"),
        charts.dots([Dot("<&>", 4.5, "4.50", "± 0.10", 0.1)], "Title <&>", "Said"),
        charts.multiples([Panel("<&>", GAP)], "Title <&>", "Said"),
        charts.funnel([Step("<&>", 9, "9", "all")], "Title <&>", "Said"),
    ],
)
def test_every_chart_is_well_formed_and_carries_its_title_and_description(svg):
    root = drawn(svg)
    assert (root.get("role"), root.find("title").text) == ("img", "Title <&>")
    assert root.find("desc").text is not None or svg == charts.trend([], "Title <&>", 3)
    assert "style" not in svg


def test_chart_with_a_key_is_named_and_described_by_its_own_ids():
    root = drawn(charts.sparkline(GAP, "Title", 3, key="one"))
    assert (root.get("aria-labelledby"), root.find("title").get("id")) == ("one-title", "one-title")
    assert (root.get("aria-describedby"), root.find("desc").get("id")) == ("one-says", "one-says")
    assert "id=" not in charts.sparkline(GAP, "Title", 3)


def test_line_breaks_where_a_quarter_is_missing():
    assert charts.runs(GAP) == [[0], [2, 3]]
    assert len(drawn(charts.trend(GAP, "Trend", 3)).findall("path")) == 1


def test_quarter_standing_alone_still_has_its_dot():
    assert len(drawn(charts.trend(GAP, "Trend", 3)).findall("circle")) == 3


def test_higher_score_is_drawn_higher():
    dots = [float(dot.get("cy")) for dot in drawn(charts.trend(GAP, "Trend", 3)).findall("circle")]
    assert dots == sorted(dots, reverse=True)


def test_trend_says_every_quarter_in_words():
    said = drawn(charts.trend(GAP, "Trend", 3)).find("desc").text
    assert said == "FY21 Q1: 4.00; FY21 Q2: no score; FY21 Q3: 4.50; FY21 Q4: 5.00"


@pytest.mark.parametrize(
    ("values", "low"), [([4.3, 4.9], 4), ([4.0, None], 3), ([4.2], 3), ([1.0], 1), ([], 1), ([5.0], 4)]
)
def test_lowest_gridline_is_a_whole_score_well_under_all(values, low):
    assert charts.lowest_gridline(values) == low


def test_gauge_marks_its_threshold():
    assert drawn(charts.gauge(83, 100, 80, "Index")).find("line[@class='threshold']").get("x1") == "80.00%"
    assert drawn(charts.gauge(83, 100, None, "Index")).find("line") is None
