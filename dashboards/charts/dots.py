"""Dot plot: every HISP's score on one scale, with its margin of error, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import lowest_half, steps
from dashboards.charts.svg import HIGHEST, Number, Svg, box, breadth, group, line, path, picture, short, text, wrapped

_SIZE = 13  # of letters
_LINE = 16  # from one line of a name to the next
_ROW, _STACKED = 26, 44  # heights of a row, in units of the viewBox
_VALUE = 116  # room for the value at the right
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
    width: float = 840,
    key: str = "",
) -> Svg:
    """Rows in the order of their scores. `mean`: an upright line that all are compared with. Narrow: the name stands
    over its line."""
    narrow = width < 480
    ordered = sorted(rows, key=lambda row: (-float(row.value), row.name))
    left = 8.0 if narrow else min(0.44 * width, max((breadth(row.name, _SIZE) for row in rows), default=0.0)) + 12
    right = width - (8 if narrow else _VALUE)
    lowest = min((float(row.value) - float(row.half or 0) for row in rows), default=float(HIGHEST))
    plot = _Plot(left, right, lowest_half([lowest]))
    marks, y = _Marks(plot), float(_HEAD)
    for row in ordered:
        room = width - breadth(_said(row), _SIZE) - 12 if narrow else left - 12
        names = wrapped(row.name, _SIZE, room)
        height = (_STACKED if narrow else _ROW) + _LINE * (len(names) - 1)
        marks.words(row, names, y, height, width, narrow=narrow)
        marks.mark(row, y + height - 15 if narrow else y + height / 2)
        y += height
    body = _scale(plot, y, mean, mean_text) + marks.drawn()
    return picture("dots", title, description, body, box(width, y + 4), key)


@dataclass
class _Marks:
    """What is drawn of all rows, kind by kind: so the looks of a kind are said once."""

    plot: _Plot
    guides: str = ""
    margins: str = ""
    full: str = ""
    hollow: str = ""
    names: str = ""
    scores: str = ""
    notes: str = ""

    def words(self, row: Dot, names: Sequence[str], y: float, height: float, width: float, *, narrow: bool) -> None:
        if narrow:
            first = y + 16
            self.scores += text(_said(row), width, first, anchor="end")
        else:
            base = y + height / 2 + 4.5
            first = base - _LINE * (len(names) - 1) / 2
            self.scores += text(row.text, self.plot.right + 14, base)
            self.notes += text(row.margin, self.plot.right + 54, base) if row.margin else ""
        self.names += "".join(text(name, 0, first + _LINE * number) for number, name in enumerate(names))

    def mark(self, row: Dot, y: float) -> None:
        plot, value, half = self.plot, float(row.value), float(row.half or 0)
        self.guides += f"M{short(plot.left)} {short(y)}H{short(plot.right)}"
        self.margins += f"M{short(plot.x(value - half))} {short(y)}H{short(plot.x(value + half))}" if half else ""
        dot = f'<circle cx="{short(plot.x(value))}" cy="{short(y)}" r="4.5"/>'
        self.full, self.hollow = (self.full, self.hollow + dot) if row.few else (self.full + dot, self.hollow)

    def drawn(self) -> str:
        return (
            path("guide", self.guides)
            + path("margin", self.margins)
            + group("dot full", self.full)
            + group("dot hollow", self.hollow)
            + group("name", self.names)
            + group("score", self.scores)
            + group("note", self.notes)
        )


def _said(row: Dot) -> str:
    return f"{row.text} {row.margin}".strip()


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
