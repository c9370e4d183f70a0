"""Scores as pictures: geometry in, SVG markup out. No Django, no script, no style attribute; colors are classes of
static/css/hisp.css. Every chart carries its title and description, and the page prints its numbers in a table too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from itertools import groupby

Number = Fraction | Decimal | float
LOWEST, HIGHEST = 1, 5  # the ends of a score


class Svg(str):
    """Markup that is safe to print: everything in it was made or escaped here."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Point:
    """One quarter of a trend; `value` is None where there is a gap. `text` is the value as the page prints it."""

    label: str
    value: Number | None
    text: str = ""


@dataclass(frozen=True)
class Segment:
    """One answer's part of a distribution bar, in percent of its width."""

    answer: int
    x: float
    width: float


def segments(counts: Sequence[int]) -> list[Segment]:
    """The five parts of a bar, side by side; answers nobody gave have no part."""
    total, x, parts = sum(counts), 0.0, []
    for answer, count in enumerate(counts, start=1):
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(Segment(answer, x, width))
        x += width
    return parts


def distribution(counts: Sequence[int], title: str, description: str) -> Svg:
    """One bar of the five answers, from strongly disagree to strongly agree."""
    bars = "".join(
        f'<rect class="answer-{part.answer}" x="{part.x:.2f}%" y="0" width="{part.width:.2f}%" height="10"/>'
        for part in segments(counts)
    )
    return _svg("distribution", title, description, bars, 'width="100%" height="10"')


def interval(value: Number, margin: Number | None, title: str) -> Svg:
    """A score on the line from 1 to 5, with its margin of error to both sides."""
    x = _on_scale(value)
    whisker = ""
    if margin:
        left, right = _on_scale(float(value) - float(margin)), _on_scale(float(value) + float(margin))
        whisker = f'<line class="margin" x1="{left:.2f}%" y1="9" x2="{right:.2f}%" y2="9"/>'
    ticks = "".join(
        f'<line class="tick" x1="{_on_scale(tick):.0f}%" y1="5" x2="{_on_scale(tick):.0f}%" y2="13"/>'
        for tick in range(LOWEST, HIGHEST + 1)
    )
    body = f'<line class="scale" x1="0" y1="9" x2="100%" y2="9"/>{ticks}{whisker}<circle cx="{x:.2f}%" cy="9" r="5"/>'
    return _svg("interval", title, "A line from 1 to 5 with a dot at the score.", body, 'width="100%" height="18"')


def gauge(value: Number, maximum: Number, threshold: Number | None, title: str) -> Svg:
    """An index on its own scale from 0, with a mark where its threshold is."""
    reached = 100 * float(value) / float(maximum)
    mark = ""
    if threshold is not None:
        at = 100 * float(threshold) / float(maximum)
        mark = f'<line class="threshold" x1="{at:.2f}%" y1="0" x2="{at:.2f}%" y2="22"/>'
    body = (
        '<rect class="track" x="0" y="6" width="100%" height="10" rx="5"/>'
        f'<rect class="reached" x="0" y="6" width="{reached:.2f}%" height="10" rx="5"/>{mark}'
    )
    description = "A bar from 0 to the end of the scale; the upright mark is the threshold."
    return _svg("gauge", title, description, body, 'width="100%" height="22"')


@dataclass(frozen=True)
class Frame:
    """The drawing area of a line chart, in units of its viewBox, and the scores at its lower and upper edge."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    low: float
    high: float = HIGHEST

    def x(self, index: int, count: int) -> float:
        usable = self.width - self.left - self.right
        return self.left + (usable * index / (count - 1) if count > 1 else usable / 2)

    def y(self, value: Number) -> float:
        usable = self.height - self.top - self.bottom
        return self.top + usable * (self.high - float(value)) / (self.high - self.low)


def lowest_gridline(values: Iterable[Number | None]) -> float:
    """A whole score well under all of these, so that charts of one page start at the same height."""
    known = [float(value) for value in values if value is not None]
    return float(max(LOWEST, min(HIGHEST - 1, int(min(known, default=LOWEST) - 0.25))))


def trend(points: Sequence[Point], title: str, low: float, *, wide: bool = False) -> Svg:
    """A line through the quarters, broken where a quarter is missing; first and last value are written out."""
    frame = Frame(480 if wide else 240, 200 if wide else 116, left=18, right=40, top=12, bottom=24, low=low)
    known = [(index, point) for index, point in enumerate(points) if point.value is not None]
    body = _grid(frame) + _quarters(frame, points, every=wide) + _lines(frame, points) + _dots(frame, points)
    if known:
        index, last = known[-1]
        x, y = frame.x(index, len(points)) + 8, frame.y(last.value or 0) + 4
        body += f'<text class="last" x="{x:.1f}" y="{y:.1f}">{escape(last.text)}</text>'
    said = "; ".join(f"{point.label}: {point.text or 'no score'}" for point in points)
    size = f'viewBox="0 0 {frame.width} {frame.height}"'
    return _svg("trend wide" if wide else "trend", title, said, body, size)


def sparkline(points: Sequence[Point], title: str, low: float) -> Svg:
    """A trend without axes, for a table row."""
    frame = Frame(120, 28, left=4, right=4, top=4, bottom=4, low=low)
    said = "; ".join(f"{point.label}: {point.text or 'no score'}" for point in points)
    body = _lines(frame, points) + _dots(frame, points, only_last=True)
    return _svg("sparkline", title, said, body, f'viewBox="0 0 {frame.width} {frame.height}" width="120" height="28"')


def runs(points: Sequence[Point]) -> list[list[int]]:
    """Positions of neighboring points that have a value: [0, 1], [3] when the third is missing."""
    groups = groupby(range(len(points)), key=lambda index: points[index].value is not None)
    return [list(indexes) for present, indexes in groups if present]


def _lines(frame: Frame, points: Sequence[Point]) -> str:
    paths = [
        "M" + " L".join(f"{frame.x(i, len(points)):.1f} {frame.y(points[i].value or 0):.1f}" for i in run)
        for run in runs(points)
        if len(run) > 1
    ]
    return "".join(f'<path class="line" d="{path}"/>' for path in paths)


def _dots(frame: Frame, points: Sequence[Point], *, only_last: bool = False) -> str:
    known = [index for index, point in enumerate(points) if point.value is not None]
    shown = known[-1:] if only_last else known
    return "".join(
        f'<circle class="dot" cx="{frame.x(i, len(points)):.1f}" cy="{frame.y(points[i].value or 0):.1f}" r="3"/>'
        for i in shown
    )


def _grid(frame: Frame) -> str:
    lines = []
    for score in range(int(frame.low), HIGHEST + 1):
        y = frame.y(score)
        lines.append(
            f'<line class="grid" x1="{frame.left}" y1="{y:.1f}" x2="{frame.width - frame.right}" y2="{y:.1f}"/>'
            f'<text class="axis" x="0" y="{y + 4:.1f}">{score}</text>'
        )
    return "".join(lines)


def _quarters(frame: Frame, points: Sequence[Point], *, every: bool) -> str:
    """Labels of the first and last quarter; of every one where there is room."""
    last = len(points) - 1
    named = range(last + 1) if every and last < 8 else sorted({0, max(last, 0)} if points else set())
    return "".join(
        f'<text class="axis" text-anchor="{_anchor(i, last, every)}" x="{frame.x(i, last + 1):.1f}" '
        f'y="{frame.height - 6}">{escape(points[i].label)}</text>'
        for i in named
    )


def _anchor(index: int, last: int, centered: bool) -> str:
    if centered or not last:
        return "middle"
    return "start" if index == 0 else "end" if index == last else "middle"


def _on_scale(value: Number) -> float:
    """Percent of the way from 1 to 5."""
    return max(0.0, min(100.0, 100 * (float(value) - LOWEST) / (HIGHEST - LOWEST)))


def _svg(kind: str, title: str, description: str, body: str, size: str) -> Svg:
    return Svg(
        f'<svg class="chart {kind}" role="img" focusable="false" {size}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{body}</svg>"
    )
