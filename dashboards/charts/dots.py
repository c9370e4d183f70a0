"""Dot plot: every HISP's score on one scale, with its margin of error, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import lowest_gridline, steps
from dashboards.charts.svg import HIGHEST, Number, Svg, box, breadth, circle, line, picture, text, wrapped

_SIZE = 13  # of letters
_LINE = 16  # from one line of a name to the next
_ROW, _STACKED = 26, 44  # heights of a row, in units of the viewBox
_VALUE = 92  # room for the value at the right
_HEAD = 40


@dataclass(frozen=True)
class Dot:
    """One row. `half`: of its interval; `few`: it rests on few answers, so the dot is hollow."""

    name: str
    value: Number
    text: str
    margin: str = ""
    half: Number | None = None
    few: bool = False


@dataclass(frozen=True)
class _Plot:
    left: float
    right: float
    low: float

    def x(self, value: Number) -> float:
        shown = max(self.low, min(HIGHEST, float(value)))
        return self.left + (self.right - self.left) * (shown - self.low) / (HIGHEST - self.low)


def dots(
    rows: Sequence[Dot],
    title: str,
    description: str,
    *,
    mean: Number | None = None,
    mean_text: str = "",
    width: float = 720,
    key: str = "",
) -> Svg:
    """Rows in the order of their scores. `mean`: an upright line that all are compared with. Narrow: the name stands
    over its line."""
    narrow = width < 480
    ordered = sorted(rows, key=lambda row: (-float(row.value), row.name))
    left = 8.0 if narrow else min(0.44 * width, max((breadth(row.name, _SIZE) for row in rows), default=0.0)) + 12
    right = width - (8 if narrow else _VALUE)
    lowest = min((float(row.value) - float(row.half or 0) for row in rows), default=float(HIGHEST))
    plot = _Plot(left, right, lowest_gridline([lowest]))
    body, y = "", float(_HEAD)
    for row in ordered:
        names = [row.name] if narrow else wrapped(row.name, _SIZE, left - 12)
        height = _STACKED if narrow else _ROW + _LINE * (len(names) - 1)
        body += _narrow_row(row, plot, y, width) if narrow else _row(row, names, plot, y, height)
        y += height
    return picture("dots", title, description, _scale(plot, y, mean, mean_text) + body, box(width, y + 4), key)


def _row(row: Dot, names: Sequence[str], plot: _Plot, y: float, height: float) -> str:
    middle = y + height / 2
    first = middle + 4.5 - _LINE * (len(names) - 1) / 2
    said = "".join(text(name, 0, first + _LINE * number, "name") for number, name in enumerate(names))
    values = text(row.text, plot.right + 14, middle + 4.5, "score") + text(
        row.margin, plot.right + 46, middle + 4.5, "note"
    )
    return said + _mark(row, plot, middle) + values


def _narrow_row(row: Dot, plot: _Plot, y: float, width: float) -> str:
    said = f"{row.text} {row.margin}".strip()
    return text(row.name, 0, y + 16, "name") + text(said, width, y + 16, "score", "end") + _mark(row, plot, y + 29)


def _mark(row: Dot, plot: _Plot, y: float) -> str:
    drawn = line("guide", plot.left, y, plot.right, y)
    if row.half:
        value, half = float(row.value), float(row.half)
        drawn += line("margin", plot.x(value - half), y, plot.x(value + half), y)
    return drawn + circle("dot hollow" if row.few else "dot full", plot.x(row.value), y, 4.5)


def _scale(plot: _Plot, foot: float, mean: Number | None, mean_text: str) -> str:
    drawn = "".join(
        line("grid", plot.x(mark), _HEAD - 8, plot.x(mark), foot)
        + text(f"{mark:g}", plot.x(mark), _HEAD - 14, "axis", "middle")
        for mark in steps(plot.low)
    )
    if mean is None:
        return drawn
    x = plot.x(mean)
    anchor = "end" if x > (plot.left + plot.right) / 2 else "start"
    return drawn + line("mean", x, 14, x, foot) + text(mean_text, x, 10, "note mean-label", anchor)
