"""Scores over quarters: the first of them by itself, and the domains side by side on one scale."""

from collections.abc import Sequence
from decimal import Decimal

from dashboards import charts, formats
from dashboards.charts import Panel, Point
from dashboards.pictures.picture import Crossed, Picture, Rows, Table, hollow, points
from dashboards.scorecards.trends import Trend, TrendRow, with_scores
from dashboards.scores import ScoreText

_SEEN = 0.015  # a margin under this, in score points, is a hair in the drawing


def over_time(trend: Trend, about: str, method: str, href: str, query: str) -> list[Picture]:
    """A line for the first score of the trend; small multiples where it has domains beside. Nothing where it has no
    score."""
    rows = with_scores(tuple(reversed(trend.rows)))
    if not any(score.value is not None for row in rows for score in row.scores):
        return []
    drawn = [_first(rows, about, method, href, query)]
    return [*drawn, _domains(rows, about, method, href, query)] if len(rows[0].scores) > 1 else drawn


def _first(rows: Sequence[TrendRow], about: str, method: str, href: str, query: str) -> Picture:
    name, line = rows[0].scores[0].name, _points(rows, 0)
    title = f"{name}, {_span(rows)}"
    low = charts.lowest_half(_lowest(line))
    return Picture(
        slug="trend",
        about=about,
        title=title,
        note=f"{method}. {_reading(line, low, rows[0].scores[0].slug)}",
        tabulate=lambda: _table(rows, range(1)),
        draw=lambda width, key: charts.trend(line, f"{about}: {title}", low, width=width, key=key),
        href=f"{href}trend",
        query=query,
    )


def _domains(rows: Sequence[TrendRow], about: str, method: str, href: str, query: str) -> Picture:
    places = range(1, len(rows[0].scores))
    panels = [_panel(rows, place) for place in places]
    title = f"The seven domains, {_span(rows)}"
    every = [point for panel in panels for point in panel.points]
    low = charts.lowest_half(_lowest(every))
    said = "; ".join(_newest(panel) for panel in panels)

    def draw(width: float, key: str) -> charts.Svg:
        return charts.multiples(
            panels, f"{about}: {title}", said, width=width, columns=4 if width > 480 else 2, key=key
        )

    return Picture(
        slug="domains",
        about=about,
        title=title,
        note=f"All on one scale. {method}. {_reading(every, low, rows[0].scores[1].slug)}",
        tabulate=lambda: _table(rows, places),
        cross=lambda: _crossed(rows),
        draw=draw,
        href=f"{href}domains",
        query=query,
    )


def _points(rows: Sequence[TrendRow], place: int) -> list[Point]:
    return [_point(row, row.scores[place]) for row in rows]


def _point(row: TrendRow, score: ScoreText) -> Point:
    return Point(row.quarter.short, score.value, score.text, score.half if score.text else None, score.few)


def _panel(rows: Sequence[TrendRow], place: int) -> Panel:
    line = _points(rows, place)
    newest = rows[-1].scores[place]
    return Panel(newest.name, line, "" if any(point.text for point in line) else newest.short_reason)


def _newest(panel: Panel) -> str:
    known = [point for point in panel.points if point.text]
    return f"{panel.name} {known[-1].text} in {known[-1].label}" if known else f"{panel.name}: {panel.reason}"


def _lowest(line: Sequence[Point]) -> list[float]:
    return [float(point.value) - float(point.half or 0) for point in line if point.value is not None]


def _span(rows: Sequence[TrendRow]) -> str:
    first, last = rows[0].quarter.label, rows[-1].quarter.label
    return first if first == last else f"{first} to {last}"


def _reading(line: Sequence[Point], low: float, score: str) -> str:
    missing = any(point.value is None for point in line)
    return (
        f"Scores from 1 to 5; the scale begins at {low:g}. {_margins(line)}"
        + (" Where the line breaks, a quarter has no score." if missing else "")
        + (hollow(score) if any(point.few for point in line) else "")
    )


def _margins(line: Sequence[Point]) -> str:
    most = max((point.half for point in line if point.half is not None), default=None, key=float)
    if most is None:
        return "The margin of error is unknown."
    if float(most) < _SEEN:
        return f"The 95% margin of error, {formats.margin(Decimal(str(most)))} at most, is too narrow to see."
    return "The band is the 95% margin of error."


def _table(rows: Sequence[TrendRow], places: Sequence[int]) -> Table:
    lines: Rows = [
        (
            row.quarter.label,
            row.scores[place].name,
            points(row.scores[place].value),
            points(row.scores[place].half) if row.scores[place].text else None,
            row.scores[place].n,
            row.scores[place].reason,
        )
        for place in places
        for row in rows
    ]
    columns = ("Quarter", "Domain", "Score", "Margin ±", "Answers", "Why there is no score")
    return Table(columns, tuple(lines), frozenset((columns[0], columns[1], columns[-1])))


def _crossed(rows: Sequence[TrendRow]) -> Crossed:
    """Newest first, without the combined score."""
    names = (score.name for score in rows[0].scores[1:])
    return Crossed(("Quarter", *names), tuple((row.quarter.label, row.scores[1:]) for row in reversed(rows)))
