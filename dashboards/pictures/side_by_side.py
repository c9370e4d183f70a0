"""The combined scores of what is compared, over the same quarters and on one scale."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dashboards import charts
from dashboards.charts import Panel
from dashboards.pictures.picture import Picture, Rows, Table, points
from dashboards.scorecards.compare import ComparePage


def side_by_side(page: ComparePage, href: str) -> list[Picture]:
    """Nothing where no score is known."""
    panels = [Panel(line.name, line.points, "" if _known(line.points) else "No score") for line in page.lines]
    if not any(_known(panel.points) for panel in panels):
        return []
    title = f"Combined satisfaction, {page.times[-1][0].label} to {page.times[0][0].label}"
    said = "; ".join(f"{panel.name} {(_known(panel.points) or [panel.reason.lower()])[-1]}" for panel in panels)

    def draw(width: float, key: str) -> charts.Svg:
        columns = min(len(panels), 2) if width > 480 else 1
        return charts.multiples(panels, title, said, width=width, columns=columns, key=key)

    return [
        Picture(
            slug="lines",
            about=page.names,
            title=title,
            note=f"All on one scale. {page.method}. The band is the 95% margin of error, at most."
            " Where a line breaks, a quarter has no score.",
            tabulate=lambda: _table(page),
            draw=draw,
            href=f"{href}lines",
            query=next(choice.query for choice in page.methods if choice.chosen),
        )
    ]


def _known(line: Sequence[charts.Point]) -> list[str]:
    return [f"{point.text} in {point.label}" for point in line if point.text]


def _table(page: ComparePage) -> Table:
    names = [line.name for line in page.lines]
    lines: Rows = [
        (quarter.label, *(value for point in of for value in (_rounded(point.value), _rounded(point.half))))
        for quarter, of in page.times
    ]
    columns = ("Quarter", *(column for name in names for column in (name, "Margin ±")))
    return Table(columns, tuple(lines), frozenset(columns[:1]))


def _rounded(value: charts.Number | None) -> Decimal | None:
    return None if value is None else points(Fraction(value))
