"""From customers to answers: three bars on one true scale, with the proportions in words, because the last one is
often too thin to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.svg import Svg, box, breadth, line, picture, rect, text

_THIN = 1.0  # a bar below this, in units of the viewBox, is drawn as an upright line and said to be one
_STEP, _BAR, _LINE = 70, 22, 18  # from one bar to the next, its height, words below it
_SIZE = 12.5  # of letters


@dataclass(frozen=True)
class Step:
    """People who came this far, and their part of those before and of the first, in words."""

    name: str
    count: int
    text: str
    words: str = ""


def funnel(steps: Sequence[Step], title: str, description: str, *, width: float = 840, key: str = "") -> Svg:
    most = max((step.count for step in steps), default=0) or 1
    below = any(_fitting(step, width * step.count / most, width) == "below" for step in steps)
    apart = _STEP + (_LINE if below else 0)
    body = "".join(_step(step, number * apart, width, most) for number, step in enumerate(steps))
    return picture("funnel", title, description, body, box(width, apart * len(steps) - 8), key)


def _step(step: Step, y: float, width: float, most: int) -> str:
    across = width * step.count / most
    said = text(step.name, 0, y + 14, "name") + text(step.text, width, y + 14, "score", "end")
    track = rect("track", 0, y + 22, width, _BAR)
    if across >= _THIN:
        bar = rect("reached", 0, y + 22, across, _BAR)
    else:
        bar = line("hair", 0.5, y + 22, 0.5, y + 22 + _BAR)
    return said + track + bar + _words(step, across, width, y)


def _words(step: Step, across: float, width: float, y: float) -> str:
    place = _fitting(step, across, width)
    if place == "below":
        return text(step.words, 0, y + 22 + _BAR + 15, "words")
    inside = place == "inside"
    return text(step.words, 10 if inside else max(across, _THIN) + 10, y + 37, "on-reached" if inside else "words")


def _fitting(step: Step, across: float, width: float) -> str:
    """Where the words of a step have room: inside of its bar, beside it, or only below."""
    room = breadth(step.words, _SIZE) + 20
    return "inside" if room <= across else "beside" if room <= width - across else "below"


def one_in(part: int, whole: int) -> str:
    """A proportion as people say it: `1 in 24`, `1 in 4`, `6 in 10`, `more than all`."""
    if part > whole:
        return "more than all"
    if not part:
        return "none"
    if part * 7 <= whole * 2:
        return f"1 in {round_half_up(whole, part):,}"
    tenths = round_half_up(10 * part, whole)
    return "nearly all" if tenths >= 10 and part < whole else "all" if part == whole else f"{tenths} in 10"


def round_half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def too_thin(step: Step, steps: Sequence[Step], width: float = 840) -> bool:
    """Its bar cannot be seen at this scale."""
    most = max(other.count for other in steps) or 1
    return width * step.count / most < _THIN
