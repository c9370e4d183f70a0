from dashboards import charts
from dashboards.charts import Panel, Point
from tests.dashboards.charts.drawings import drawn, of_kind, words

SEVEN = [Panel(f"Domain {n}", [Point("FY21 Q1", 4.0 + n / 10, "4"), Point("FY21 Q2", 4.1, "4.10")]) for n in range(7)]


def panels(root):
    return [mark for mark in root if mark.tag == "g"]


def test_all_panels_share_one_scale():
    root = drawn(charts.multiples(SEVEN, "Title", "Said"))
    scales = [[mark.text for mark in of_kind(panel, "axis") if mark.text[0].isdigit()] for panel in panels(root)]
    assert len(scales) == 7
    assert all(scale == scales[0] for scale in scales)


def test_panels_stand_in_rows_of_as_many_as_are_asked_for():
    for columns, rows in ((4, 2), (2, 4)):
        root = drawn(charts.multiples(SEVEN, "Title", "Said", columns=columns, width=200 * columns))
        places = [panel.get("transform")[10:-1].split() for panel in panels(root)]
        assert (len({x for x, _ in places}), len({y for _, y in places})) == (columns, rows)


def test_panel_without_a_score_says_why():
    root = drawn(charts.multiples([Panel("Trust", [Point("FY21 Q1", None)], "Not asked")], "Title", "Said"))
    assert {"Trust", "Not asked"} <= set(words(root))
    assert of_kind(root, "dot") == []
