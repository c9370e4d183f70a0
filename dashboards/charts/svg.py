"""What all charts share: markup that is safe to print, titles and descriptions, words and the width of words."""

from decimal import Decimal
from fractions import Fraction
from html import escape

Number = Fraction | Decimal | float
LOWEST, HIGHEST = 1, 5  # the ends of a score
_NARROW, _BROAD = frozenset("fijlrt.,;:'’|!()[] "), frozenset("mwMWGOQ@%&")


class Svg(str):
    """Markup that is safe to print: everything in it was made or escaped here."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def picture(kind: str, title: str, description: str, body: str, size: str, key: str = "") -> Svg:
    """A whole drawing. With a `key`, which no other chart of the page may have, its title and description get ids and
    are its name and description for whoever listens; without, the title is."""
    named, ids = "", ("", "")
    if key:
        named = f' aria-labelledby="{key}-title" aria-describedby="{key}-says"'
        ids = (f' id="{key}-title"', f' id="{key}-says"')
    return Svg(
        f'<svg class="chart {kind}" role="img" focusable="false"{named} {size}>'
        f"<title{ids[0]}>{escape(title)}</title><desc{ids[1]}>{escape(description)}</desc>{body}</svg>"
    )


def text(words: str, x: float, y: float, kind: str = "", anchor: str = "") -> str:
    """One line of words that begins at x; with `anchor` middle or end, it is centered there or ends there."""
    of = f' class="{kind}"' if kind else ""
    to = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{of} x="{short(x)}" y="{short(y)}"{to}>{escape(words)}</text>'


def group(kind: str, marks: str) -> str:
    """Marks of one kind; nothing where there are none."""
    return f'<g class="{kind}">{marks}</g>' if marks else ""


def path(kind: str, steps: str) -> str:
    return f'<path class="{kind}" d="{steps}"/>' if steps else ""


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}"/>'


def circle(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"/>'


def rect(kind: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{kind}" x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"/>'


def box(width: float, height: float) -> str:
    return f'viewBox="0 0 {short(width)} {short(height)}"'


def short(number: float) -> str:
    """To a tenth of a pixel, without needless zeros."""
    return f"{number:.1f}".removesuffix(".0")


def breadth(words: str, size: float) -> float:
    """About how wide these words are in Public Sans of this size; rather too much than too little."""
    return size * sum(0.36 if one in _NARROW else 0.9 if one in _BROAD else 0.6 for one in words)


def wrapped(words: str, size: float, width: float) -> list[str]:
    """The words in lines no broader than this; a single word is never broken."""
    lines: list[str] = []
    for word in words.split():
        if lines and breadth(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
