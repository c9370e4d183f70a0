"""Small multiples: a trend for each domain, all on one scale, side by side in one drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Frame, grid, lowest_half
from dashboards.charts.svg import Svg, box, picture, short, text
from dashboards.charts.trend import Point, plotted, quarters

_HEAD, _BETWEEN = 22, 16  # height of a name and the space between panels, in units of the viewBox
_TALL, _ROOMY = 132, 176  # heights of a panel; of one where every value is written
_BROAD = 280  # from where they are


@dataclass(frozen=True)
class Panel:
    """One trend with its name; without a score `reason` stands where the line would."""

    name: str
    points: Sequence[Point]
    reason: str = ""


def multiples(
    panels: Sequence[Panel], title: str, description: str, *, width: float = 840, columns: int = 4, key: str = ""
) -> Svg:
    """Every panel has the same quarters and the same scale."""
    across = (width - _BETWEEN * (columns - 1)) / columns
    low = lowest_half(
        float(point.value) - float(point.half or 0) for panel in panels for point in panel.points if point.value
    )
    rows = -(-len(panels) // columns)
    step = _HEAD + _BETWEEN + (_ROOMY if across >= _BROAD else _TALL)
    body = "".join(
        f'<g transform="translate({short((number % columns) * (across + _BETWEEN))} '
        f'{number // columns * step})">{_panel(panel, across, step - _BETWEEN, low)}</g>'
        for number, panel in enumerate(panels)
    )
    return picture("multiples", title, description, body, box(width, max(rows * step - _BETWEEN, 1)), key)


def _panel(panel: Panel, across: float, tall: float, low: float) -> str:
    roomy = across >= _BROAD
    top, inset = (_HEAD + 22, 24) if roomy else (_HEAD + 8, 9)
    frame = Frame(across, tall, left=28, right=32, top=top, bottom=36, low=low, inset=inset)
    body = text(panel.name, 0, 14, "panel-name") + grid(frame) + quarters(frame, panel.points)
    if panel.reason:
        return body + text(panel.reason, frame.left + 8, frame.top + 30, "note")
    return body + plotted(frame, panel.points, values=roomy)
