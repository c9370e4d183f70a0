from decimal import Decimal

from dashboards import charts
from dashboards.pictures.picture import Part, Picture, Table

TABLE = Table(
    ("Who", "Score", "Answers", "Agree"),
    (("=1+1", Decimal("4.50"), 1234, Part(1, 3)), ("Nobody", None, 0, Part(0, 0))),
    frozenset(["Who"]),
)


def test_page_prints_numbers_as_people_read_them():
    assert TABLE.printed == [
        [("=1+1", "", False), ("4.50", "", True), ("1,234", "", True), ("1", "33%", True)],
        [("Nobody", "", False), ("", "", True), ("0", "", True), ("0", "", True)],
    ]


def test_file_has_plain_numbers_and_no_formula():
    assert TABLE.csv.splitlines() == [
        'Who,Score,Answers,Agree,"Agree, %"',
        "'=1+1,4.50,1234,1,33.3",
        "Nobody,,0,0,",
    ]


def test_both_drawings_have_ids_of_their_own():
    points = [charts.Point("FY21 Q1", 4.0, "4.00")]
    picture = Picture(
        slug="trend",
        about="Government-wide",
        title="Trust",
        note="-",
        tabulate=lambda: TABLE,
        draw=lambda width, key: charts.trend(points, "Trust", 3, width=width, key=key),
        href="/domains/trust/charts/trend",
    )
    assert 'id="chart-trend-title"' in picture.wide
    assert 'id="chart-trend-narrow-title"' in picture.narrow
    assert picture.file_name == "domains-trust-trend"
    assert ">Government-wide: Trust</title>" in picture.svg
    assert ">HISP Quarterly, /domains/trust/</text>" in picture.svg
