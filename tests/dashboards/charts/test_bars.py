from dashboards import charts
from dashboards.charts import Bar
from tests.dashboards.charts.drawings import drawn, of_kind, place, words

BAR = Bar("Trust", (1, 1, 18, 20, 60), ("1.0%", "1.0%", "18%", "20%", "60%"), "80%")


def bars(root):
    """Without the key above."""
    return [mark for mark in root.iter("rect") if mark.get("height") == "20"]


def test_parts_are_true_to_their_share():
    widths = [place(part, "width") for part in bars(drawn(charts.answers([BAR], "Title", "Said")))]
    assert [round(100 * width / sum(widths)) for width in widths] == [1, 1, 18, 20, 60]


def test_share_is_written_only_where_it_fits():
    said = words(drawn(charts.answers([BAR], "Title", "Said", width=340)))
    assert {"18%", "20%", "60%", "80% positive"} <= set(said)
    assert "1.0%" not in said


def test_narrow_drawing_has_the_name_over_its_bar():
    for width, over in ((340, True), (840, False)):
        root = drawn(charts.answers([BAR], "Title", "Said", width=width))
        [name] = of_kind(root, "name")
        assert (place(name, "y") < place(bars(root)[0], "y")) is over
        assert (place(bars(root)[0], "x") == 0) is over


def test_one_key_names_both_ends_and_all_five():
    assert words(drawn(charts.answers([], "Title", "Said"))) == [
        *("Strongly disagree", "1", "2", "3", "4", "5", "Strongly agree"),
    ]
