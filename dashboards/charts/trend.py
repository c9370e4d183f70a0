"""Scores over quarters: a line with its 95 % band, broken where a quarter is missing; and the same without axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboards.charts.frame import Frame, grid
from dashboards.charts.svg import Number, Svg, box, breadth, circle, line, picture, short, text

_SIZE = 12  # of letters at an axis
_APART = 22  # what every quarter needs to have its number, in units of the viewBox


@dataclass(frozen=True)
class Point:
    """One quarter. `value` is None where there is a gap; `text` is the value as the page prints it; `half` is the half
    width of its interval; `few`: it rests on few answers."""

    label: str  # “FY21 Q2”
    value: Number | None
    text: str = ""
    half: Number | None = None
    few: bool = False


def trend(points: Sequence[Point], title: str, low: float, *, width: float = 840, key: str = "") -> Svg:
    """From `low`, a score. The newest value is written out; every value is where there is room."""
    tall = 240 if width > 480 else 200
    frame = Frame(width, tall, left=30, right=32, top=18, bottom=36, low=low, inset=14)
    body = grid(frame) + quarters(frame, points) + plotted(frame, points)
    return picture("trend", title, said(points), body, box(width, tall), key)


def sparkline(points: Sequence[Point], title: str, low: float, key: str = "") -> Svg:
    """For a table row."""
    frame = Frame(120, 28, left=4, right=4, top=4, bottom=4, low=low)
    known = [index for index, point in enumerate(points) if point.value is not None][-1:]
    body = _lines(frame, points) + "".join(_dot(frame, points, index) for index in known)
    return picture("sparkline", title, said(points), body, f'{box(120, 28)} width="120" height="28"', key)


def plotted(frame: Frame, points: Sequence[Point], *, values: bool = True) -> str:
    """Band, line, dots and values, without axes. The newest value alone unless all are asked for."""
    known = [index for index, point in enumerate(points) if point.value is not None]
    dots = "".join(_dot(frame, points, index) for index in known)
    return (
        _bands(frame, points)
        + _gaps(frame, points)
        + _lines(frame, points)
        + dots
        + _values(frame, points, known, every=values)
    )


def quarters(frame: Frame, points: Sequence[Point]) -> str:
    """The number of each quarter, and the fiscal year under its first; only the ends where there is no room."""
    count, y = len(points), frame.height - frame.bottom + 16
    if not count:
        return ""
    apart = frame.x(1, count) - frame.x(0, count) if count > 1 else frame.width
    if apart < _APART:
        return _ends(frame, points, y)
    marks, year_before, free_from = [], "", 0.0
    for index, point in enumerate(points):
        year, _, quarter = point.label.rpartition(" ")
        x = frame.x(index, count)
        marks.append(text(quarter, x, y, "axis", "middle"))
        if year and year != year_before and x >= free_from:
            marks.append(text(year, x, y + 15, "axis year", "middle"))
            year_before, free_from = year, x + breadth(year, _SIZE)
    return "".join(marks)


def _ends(frame: Frame, points: Sequence[Point], y: float) -> str:
    """The first and the last quarter; only their fiscal years where even these have no room."""
    count = len(points)
    labels = [points[0].label, points[-1].label]
    if sum(breadth(label, _SIZE) for label in labels) + 8 > frame.x(count - 1, count) - frame.x(0, count):
        labels = list(dict.fromkeys(label.split(" ")[0] for label in labels))
    places = [0, count - 1][: len(labels)]
    return "".join(
        text(label, frame.x(place, count), y, "axis", _outward(place, count))
        for label, place in zip(labels, places, strict=True)
    )


def runs(points: Sequence[Point]) -> list[list[int]]:
    """Positions of neighboring points that have a value: [0, 1], [3] when the third is missing."""
    groups = groupby(range(len(points)), key=lambda index: points[index].value is not None)
    return [list(indexes) for present, indexes in groups if present]


def said(points: Sequence[Point]) -> str:
    return "; ".join(f"{point.label}: {point.text or 'no score'}" for point in points)


def _lines(frame: Frame, points: Sequence[Point]) -> str:
    paths = (_path(frame, [(i, points[i].value or 0) for i in run], len(points)) for run in runs(points) if run[1:])
    return "".join(f'<path class="line" d="M{path}"/>' for path in paths)


def _bands(frame: Frame, points: Sequence[Point]) -> str:
    """The interval of each quarter: a band where neighbors have one, an upright bar where a quarter stands alone."""
    drawn = []
    for run in runs([point if point.half is not None else Point(point.label, None) for point in points]):
        above = [(i, float(points[i].value or 0) + float(points[i].half or 0)) for i in run]
        below = [(i, float(points[i].value or 0) - float(points[i].half or 0)) for i in reversed(run)]
        if run[1:]:
            drawn.append(f'<path class="band" d="M{_path(frame, above + below, len(points))}Z"/>')
        else:
            x = frame.x(run[0], len(points))
            drawn.append(line("whisker", x, frame.y(above[0][1]), x, frame.y(below[0][1])))
    return "".join(drawn)


def _gaps(frame: Frame, points: Sequence[Point]) -> str:
    """A faint column where a quarter between others has no score."""
    known = [index for index, point in enumerate(points) if point.value is not None]
    between = range(known[0], known[-1]) if known else ()
    missing = [index for index in between if points[index].value is None]
    half = (frame.x(1, len(points)) - frame.x(0, len(points))) / 2 if missing else 0.0
    foot = frame.height - frame.bottom
    return "".join(
        f'<rect class="gap" x="{short(frame.x(i, len(points)) - half)}" y="{short(frame.top)}" '
        f'width="{short(2 * half)}" height="{short(foot - frame.top)}"/>'
        for i in missing
    )


def _path(frame: Frame, corners: Sequence[tuple[int, Number]], count: int) -> str:
    return " ".join(f"{short(frame.x(i, count))} {short(frame.y(value))}" for i, value in corners)


def _dot(frame: Frame, points: Sequence[Point], index: int) -> str:
    kind = "dot hollow" if points[index].few else "dot"
    return circle(kind, frame.x(index, len(points)), frame.y(points[index].value or 0), 3.5)


def _values(frame: Frame, points: Sequence[Point], known: Sequence[int], *, every: bool) -> str:
    """The newest beside its dot; the others over theirs, where there is room for every one."""
    if not known:
        return ""
    count, last = len(points), known[-1]
    x, y = frame.x(last, count), frame.y(points[last].value or 0)
    marks = [text(points[last].text, x + 9, y + 4.5, "last")]
    if every and count > 1 and frame.x(1, count) - frame.x(0, count) >= 38:
        marks += [
            text(points[i].text, frame.x(i, count), _over(frame, points[i]), "value", "middle") for i in known[:-1]
        ]
    return "".join(marks)


def _over(frame: Frame, point: Point) -> float:
    """Clear of the band; under the dot where there is no room above."""
    above = frame.y(float(point.value or 0) + float(point.half or 0)) - 9
    return above if above >= frame.top - 8 else frame.y(float(point.value or 0) - float(point.half or 0)) + 18


def _outward(index: int, count: int) -> str:
    return "middle" if count == 1 else "start" if index == 0 else "end"
