"""Where a score stands in a drawing: the plotted area, its scale and its gridlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from dashboards.charts.svg import HIGHEST, LOWEST, Number, line, text


@dataclass(frozen=True)
class Frame:
    """The plotted area of a chart over quarters, in units of its viewBox, and the scores at its lower and upper
    edge."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float = HIGHEST
    inset: float = 0  # of the first and the last quarter from the ends of the gridlines

    def x(self, index: int, count: int) -> float:
        usable = self.width - self.left - self.right - 2 * self.inset
        return self.left + self.inset + (usable * index / (count - 1) if count > 1 else usable / 2)

    def y(self, value: Number) -> float:
        """Within the scale: what is beyond its ends is drawn at the end."""
        usable = self.height - self.top - self.bottom
        shown = max(self.low, min(self.high, float(value)))
        return self.top + usable * (self.high - shown) / (self.high - self.low)


def lowest_gridline(values: Iterable[Number | None]) -> float:
    """A whole score well under all of these, so that charts of one page start at the same height."""
    known = [float(value) for value in values if value is not None]
    return float(max(LOWEST, min(HIGHEST - 1, int(min(known, default=LOWEST) - 0.25))))


def lowest_half(values: Iterable[Number | None]) -> float:
    """The same in half scores where the scale is short, for a chart that says where it begins."""
    known = [float(value) for value in values if value is not None]
    lowest = floor(2 * (min(known, default=LOWEST) - 0.05)) / 2
    return max(LOWEST, min(HIGHEST - 1, lowest if HIGHEST - lowest <= 1.5 else floor(lowest)))


def steps(low: float, high: float = HIGHEST) -> list[float]:
    """Gridlines between these: whole scores; halves where there would be few."""
    step = 0.5 if high - low <= 1.5 else 1.0
    first = ceil(low / step) * step
    return [first + step * number for number in range(int((high - first) / step) + 1)]


def grid(frame: Frame) -> str:
    """Level lines with their scores at the left."""
    marks = steps(frame.low, frame.high)
    digits = 0 if all(mark.is_integer() for mark in marks) else 1
    return "".join(
        line("grid", frame.left, frame.y(mark), frame.width - frame.right, frame.y(mark))
        + text(f"{mark:.{digits}f}", frame.left - 8, frame.y(mark) + 4, "axis", "end")
        for mark in marks
    )
