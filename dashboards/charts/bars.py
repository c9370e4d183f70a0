"""How people answered: the five answers side by side, one bar for a cell of a table or a bar for each domain."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.svg import Svg, box, breadth, picture, rect, text

ANSWERS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
_BAR, _ROW, _STACKED = 20, 32, 50  # heights, in units of the viewBox
_SMALL, _SIZE = 12, 13  # of letters


@dataclass(frozen=True)
class Segment:
    """One answer's part of a bar, in percent of its width."""

    answer: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One row: what was asked, the five counts, the share of each as the page prints it, and the share positive."""

    name: str
    counts: Sequence[int]
    shares: Sequence[str]
    positive: str


def segments(counts: Sequence[int]) -> list[Segment]:
    """The five parts of a bar, side by side; answers nobody gave have no part."""
    total, x, parts = sum(counts), 0.0, []
    for answer, count in enumerate(counts, start=1):
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(Segment(answer, x, width))
        x += width
    return parts


def distribution(counts: Sequence[int], title: str, description: str, key: str = "") -> Svg:
    """One bar, as wide as its place."""
    body = "".join(
        f'<rect class="answer-{part.answer}" x="{part.x:.2f}%" y="0" width="{part.width:.2f}%" height="10"/>'
        for part in segments(counts)
    )
    return picture("distribution", title, description, body, 'width="100%" height="10"', key)


def answers(rows: Sequence[Bar], title: str, description: str, *, width: float = 840, key: str = "") -> Svg:
    """A bar for each row under one key, shares written where they fit. Narrow: the name stands over its bar."""
    narrow = width < 480
    left = 0.0 if narrow else max((breadth(row.name, _SIZE) for row in rows), default=0.0) + 12
    right = 0.0 if narrow else 96.0
    body, y = (_key_across(width), 54.0) if narrow else (_key(left), 42.0)
    for row in rows:
        body += _row(row, left, width - right, y + 18 if narrow else y, narrow=narrow)
        y += _STACKED if narrow else _ROW
    return picture("answers", title, description, body, box(width, y), key)


def _row(row: Bar, left: float, right: float, y: float, *, narrow: bool) -> str:
    said = text(row.name, 0, y - 6 if narrow else y + 14, "name")
    positive = f"{row.positive} positive" if row.positive else "No answers"
    said += text(positive, right, y - 6, "note", "end") if narrow else text(positive, right + 12, y + 14, "note")
    return said + "".join(_part(part, row.shares, left, right - left, y) for part in segments(row.counts))


def _part(part: Segment, shares: Sequence[str], left: float, across: float, y: float) -> str:
    x, width = left + across * part.x / 100, across * part.width / 100
    share = shares[part.answer - 1]
    drawn = rect(f"answer-{part.answer}", x, y, max(width, 0.5), _BAR)
    if breadth(share, _SMALL) + 6 > width:
        return drawn
    return drawn + text(share, x + width / 2, y + 14.5, f"on-answer-{part.answer}", "middle")


def _key_across(width: float) -> str:
    """The five answers in their order and their colors, with words over the ends."""
    each = width / 5
    swatches = "".join(
        rect(f"answer-{number}", each * (number - 1), 20, each, 18)
        + text(str(number), each * (number - 0.5), 33.5, f"on-answer-{number}", "middle")
        for number in range(1, 6)
    )
    return text(ANSWERS[0], 0, 13, "note") + text(ANSWERS[-1], width, 13, "note", "end") + swatches


def _key(left: float) -> str:
    """The same on one line."""
    first, last = ANSWERS[0], ANSWERS[-1]
    start = left + breadth(first, _SMALL) + 4
    swatches = "".join(
        rect(f"answer-{number}", start + 26 * (number - 1), 0, 24, 18)
        + text(str(number), start + 26 * (number - 1) + 12, 13.5, f"on-answer-{number}", "middle")
        for number in range(1, 6)
    )
    return text(first, left, 13.5, "note") + swatches + text(last, start + 26 * 5 + 6, 13.5, "note")
