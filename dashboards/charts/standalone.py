"""A chart as a file of its own: with its title, how to read it and its colors, on white. The colors stand in the marks
themselves: a style sheet inside of a file is refused by our own policy, and unknown to some programs."""

import re
from html import escape

from dashboards.charts.svg import Svg, short, text, wrapped

INK, SOFT, PAPER = "#14202e", "#4d5a6a", "#fff"
COLORS = {
    "answer-1": "#481c3a",
    "answer-2": "#632f54",
    "answer-3": "#4a5463",
    "answer-4": "#34699e",
    "answer-5": "#4f90cd",
    "on-answer-1": "#fff",
    "on-answer-2": "#fff",
    "on-answer-3": "#fff",
    "on-answer-4": "#fff",
    "on-answer-5": "#14202e",
    "mark": "#1c5c9e",
    "on-mark": "#fff",
    "band": "#dbe8f5",
    "edge": "#6c8fb5",
    "grid": "#e3e8ee",
    "gap": "#f4f6f9",
    "track": "#e8edf3",
}  # those of static/css/charts.css, for white paper; a test holds them together
_MARGIN = 24
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_CLASS = re.compile(r' class="([^"]*)"')
_TITLES = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)


def _stroke(color: str, width: float, more: str = "") -> str:
    return f'fill="none" stroke="{color}" stroke-width="{short(width)}"{more}'


def _words(size: float, color: str = INK, weight: int = 400) -> str:
    return f'fill="{color}" font-size="{short(size)}" font-weight="{weight}"'


_ROUND = ' stroke-linecap="round" stroke-linejoin="round"'
LOOKS: dict[str, str] = {
    **{f"answer-{n}": f'fill="{COLORS[f"answer-{n}"]}" stroke="{PAPER}"' for n in range(1, 6)},
    **{f"on-answer-{n}": _words(12, COLORS[f"on-answer-{n}"], 600) for n in range(1, 6)},
    "axis": _words(12, SOFT),
    "axis year": _words(12, SOFT),
    "note": _words(12.5, SOFT),
    "note mean-label": _words(12.5, SOFT),
    "words": _words(12.5, SOFT),
    "name": _words(13),
    "score": _words(13, INK, 600),
    "last": _words(13, INK, 600),
    "panel-name": _words(13, INK, 600),
    "value": _words(12, SOFT),
    "heading": _words(17, INK, 600),
    "on-reached": _words(12, COLORS["on-mark"], 600),
    "grid": _stroke(COLORS["grid"], 1),
    "guide": _stroke(COLORS["grid"], 1),
    "mean": _stroke(SOFT, 1, ' stroke-dasharray="3 3"'),
    "line": _stroke(COLORS["mark"], 2, _ROUND),
    "hair": _stroke(COLORS["mark"], 1),
    "band": f'fill="{COLORS["band"]}" stroke="{COLORS["edge"]}" stroke-width="0.75"',
    "whisker": _stroke(COLORS["edge"], 4, _ROUND),
    "margin": _stroke(COLORS["edge"], 5, _ROUND),
    "gap": f'fill="{COLORS["gap"]}"',
    "dot": f'fill="{COLORS["mark"]}" stroke="{COLORS["mark"]}" stroke-width="2"',
    "dot full": f'fill="{COLORS["mark"]}" stroke="{COLORS["mark"]}" stroke-width="2"',
    "dot hollow": f'fill="{PAPER}" stroke="{COLORS["mark"]}" stroke-width="2"',
    "track": f'fill="{COLORS["track"]}"',
    "reached": f'fill="{COLORS["mark"]}"',
}


def document(drawing: Svg, title: str, note: str, source: str = "") -> str:
    """The drawing under its title, in a file that any program shows alike. `source`: where the figures are."""
    view = _VIEW.search(drawing)
    if view is None:
        raise ValueError("Only a chart with a size of its own can stand alone.")
    width, height = float(view[1]), float(view[2])
    heads = [(words, "heading", 23) for words in wrapped(title, 17, width)]
    heads += [(words, "note", 18) for words in wrapped(note, 12.5, width)]
    head, y = "", 0.0
    for words, kind, step in heads:
        y += step
        head += text(words, 0, y, kind)
    top = y + 24
    foot = text(source, 0, top + height + 22, "note") if source else ""
    inner = f'<g transform="translate(0 {short(top)})">{_TITLES.sub("", _inside(drawing))}</g>'
    body = f'<g transform="translate({_MARGIN} {_MARGIN})">{head}{inner}{foot}</g>'
    across, down = short(width + 2 * _MARGIN), short(top + height + 2 * _MARGIN + (18 if source else 0))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}" '
        f'role="img" aria-labelledby="title" stroke="none" font-family="Public Sans, Helvetica, Arial, sans-serif">'
        f'<title id="title">{escape(title)}</title>{"".join(_said(drawing))}'
        f'<rect width="{across}" height="{down}" fill="{PAPER}"/>{_CLASS.sub(_look, body)}</svg>\n'
    )


def _inside(drawing: Svg) -> str:
    return drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]


def _said(drawing: Svg) -> list[str]:
    found = re.search(r"<desc[^>]*>(.*?)</desc>", drawing, re.DOTALL)
    return [f"<desc>{found[1]}</desc>"] if found else []


def _look(found: re.Match[str]) -> str:
    return f" {LOOKS[found[1]]}"
