from xml.etree import ElementTree

import pytest

from dashboards import charts
from dashboards.charts import Bar, Dot, Panel, Point, Step, standalone

LINE = [Point("FY21 Q1", 4.0, "4.00", 0.1), Point("FY21 Q2", None), Point("FY21 Q3", 4.5, "4.50", 0.1, few=True)]
DRAWINGS = [
    charts.trend([*LINE, *LINE[2:]], "Title", 3, width=840),
    charts.multiples([Panel("Trust", LINE), Panel("Ease", [], "Not asked")], "Title", "Said"),
    charts.dots([Dot("A", 4.5, "4.50", "± 0.1", 0.1, few=True), Dot("B", 4, "4.00")], "Title", "Said", mean=4.2),
    charts.answers([Bar("Trust", (9, 9, 9, 9, 9), ("20%",) * 5, "40%")], "Title", "Said"),
    charts.funnel([Step("All", 10**6, "-", "all"), Step("Few", 9, "9", "1 in 111,111")], "Title", "Said"),
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_file_says_what_it_is_and_needs_no_style_sheet(drawing):
    file = standalone.document(drawing, "Federal & State: trust", "How to read it.")
    root = ElementTree.fromstring(file.encode())
    assert root.find(f"{SVG}title").text == "Federal & State: trust"
    assert root.find(f"{SVG}desc").text
    assert "How to read it." in [mark.text for mark in root.iter(f"{SVG}text")]
    assert "class=" not in file
    assert "style" not in file


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_every_mark_of_a_file_has_its_color(drawing):
    root = ElementTree.fromstring(standalone.document(drawing, "Title", "Note").encode())
    parents = {child: parent for parent in root.iter() for child in parent}
    for mark in root.iter():
        if mark.tag.removeprefix(SVG) in ("rect", "line", "path", "circle", "text"):
            looks = {**parents[mark].attrib, **mark.attrib}
            assert looks.get("fill") or looks.get("stroke"), ElementTree.tostring(mark)


def test_chart_for_a_cell_cannot_stand_alone():
    with pytest.raises(ValueError, match="a size of its own"):
        standalone.document(charts.distribution((1, 2, 3, 4, 5), "Title", "Said"), "Title", "Note")
