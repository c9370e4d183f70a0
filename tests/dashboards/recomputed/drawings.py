"""An SVG file taken apart: its words, and where its dots, bands and bars stand on their own scale."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from xml.etree import ElementTree

from tests.dashboards.recomputed.history import Counts
from tests.dashboards.recomputed.scores import Found

_SVG = "{http://www.w3.org/2000/svg}"
_WRITTEN = [f"{_SVG}{name}" for name in ("title", "desc", "text")]
_NEAR = 0.11  # coordinates are written with one decimal
_BAND, _TRACK, _REACHED = "#dbe8f5", "#e8edf3", "#1c5c9e"
SCALE = {f"{number / 2:g}" for number in range(2, 11)} | {f"{number / 2:.1f}" for number in range(2, 11)} | {"30"}
Element = ElementTree.Element


class Drawing:
    def __init__(self, text: str) -> None:
        self.root = ElementTree.fromstring(text)

    @cached_property
    def texts(self) -> list[str]:
        """All that is written in it but its own address."""
        texts = ("".join(each.itertext()) for each in self.root.iter() if each.tag in _WRITTEN)
        return [text for text in texts if not text.startswith("HISP Quarterly, /")]

    @property
    def said(self) -> str:
        return self.root.findtext(f"{_SVG}desc", "")

    @property
    def panels(self) -> dict[str, Element]:
        """Of small multiples, by their names."""
        groups = (each for each in self.root.iter(f"{_SVG}g") if len(each) and each[0].tag == f"{_SVG}text")
        inner = (each for each in groups if not any(child.tag == f"{_SVG}g" for child in each))
        return {each[0].text or "": each for each in inner}


class Scale:
    """From scores to one of the coordinates, told by the lines of the grid and the numbers beside them."""

    def __init__(self, of: Element, axis: str) -> None:
        lines, known = [], []
        for each in of.iter():
            if each.tag == f"{_SVG}line" and each.get(f"{axis}1") == each.get(f"{axis}2"):
                lines.append(float(each.get(f"{axis}1", "")))
            elif each.tag == f"{_SVG}text" and lines and re.fullmatch(r"\d(\.\d)?", each.text or ""):
                known.append((float(each.text or ""), lines[-1]))
        (self.low, self.at_low), (self.high, self.at_high) = min(known), max(known)

    def place(self, score: Fraction) -> float:
        part = (float(score) - self.low) / (self.high - self.low)
        return self.at_low + part * (self.at_high - self.at_low)

    def clipped(self, score: Fraction) -> float:
        return self.place(Fraction(min(max(float(score), self.low), self.high)))


def line(of: Element, found: Sequence[Found]) -> Iterator[str]:
    """A dot for each score in the order of time, as high as it should be, and bands as wide as the margins."""
    known = [one for one in found if one.value is not None]
    dots = sorted((float(each.get("cx", "")), float(each.get("cy", ""))) for each in of.iter(f"{_SVG}circle"))
    if len(dots) != len(known):
        yield f"{len(dots)} dots for {len(known)} scores"
        return
    if not known:
        return
    scale = Scale(of, "y")
    for (_, y), one in zip(dots, known, strict=True):
        assert one.value is not None
        if abs(scale.place(one.value) - y) > _NEAR:
            yield f"the dot of {float(one.value):.4f} is at {y}, not at {scale.place(one.value):.1f}"
    ends = [end for dot, one in zip(dots, known, strict=True) for end in _ends(scale, dot[0], one)]
    for point in _points(of):
        if not any(abs(point[0] - x) <= _NEAR and abs(point[1] - y) <= _NEAR for x, y in ends):
            yield f"a band reaches {point}"


def _ends(scale: Scale, x: float, one: Found) -> list[tuple[float, float]]:
    if one.value is None or one.margin is None:
        return []
    return [(x, scale.clipped(one.value + one.margin)), (x, scale.clipped(one.value - one.margin))]


def _points(of: Element) -> Iterator[tuple[float, float]]:
    for each in of.iter(f"{_SVG}path"):
        if each.get("fill") == _BAND:
            numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", each.get("d", ""))]
            yield from zip(numbers[::2], numbers[1::2], strict=True)


def dots(drawing: Drawing, found: Sequence[Found], mean: Fraction | None) -> Iterator[str]:
    """From the top: each score with its margin to both sides, and the dashed line of all together."""
    scale = Scale(drawing.root, "x")
    circles = sorted(
        (float(each.get("cy", "")), float(each.get("cx", ""))) for each in drawing.root.iter(f"{_SVG}circle")
    )
    if len(circles) != len(found):
        yield f"{len(circles)} dots for {len(found)} scores"
        return
    reach = {y: (left, right) for left, y, right in _intervals(drawing.root)}
    for (y, x), one in zip(circles, found, strict=True):
        assert one.value is not None
        if abs(scale.place(one.value) - x) > _NEAR:
            yield f"the dot of {float(one.value):.4f} is at {x}, not at {scale.place(one.value):.1f}"
        if one.margin:
            ends = (scale.clipped(one.value - one.margin), scale.clipped(one.value + one.margin))
            if y not in reach or any(abs(a - b) > _NEAR for a, b in zip(reach[y], ends, strict=True)):
                yield f"the margin of {float(one.value):.4f} reaches {reach.get(y)}, not {ends}"
    dashed = next(each for each in drawing.root.iter(f"{_SVG}line") if each.get("stroke-dasharray"))
    if mean is not None and abs(scale.place(mean) - float(dashed.get("x1", ""))) > _NEAR:
        yield f"the line of all together is at {dashed.get('x1')}, not at {scale.place(mean):.1f}"


def _intervals(of: Element) -> Iterator[tuple[float, float, float]]:
    for each in of.iter(f"{_SVG}path"):
        if each.get("stroke-width") == "5":
            for move in re.findall(r"M(\S+) (\S+?)H([\d.]+)", each.get("d", "")):
                left, y, right = map(float, move)
                yield left, y, right


def bars(drawing: Drawing, counts: Sequence[Counts]) -> Iterator[str]:
    """Each row is divided as its answers are."""
    rows: dict[str, list[float]] = {}
    for each in drawing.root.iter(f"{_SVG}rect"):
        if each.get("height") == "20":
            rows.setdefault(each.get("y", ""), []).append(float(each.get("width", "")))
    if len(rows) != len(counts):
        yield f"{len(rows)} bars for {len(counts)} domains"
        return
    whole = max(sum(widths) for widths in rows.values())
    for widths, own in zip(rows.values(), counts, strict=True):
        right = [whole * count / sum(own) for count in own if count]
        if len(widths) != len(right) or any(abs(a - b) > 2 * _NEAR for a, b in zip(widths, right, strict=True)):
            yield f"a bar has the parts {widths}, not {[round(each, 1) for each in right]}"


def funnel(drawing: Drawing, people: Sequence[int]) -> Iterator[str]:
    """Bars true to scale; one that is thinner than a unit is a line."""
    rects = list(drawing.root.iter(f"{_SVG}rect"))
    whole = next(float(each.get("width", "")) for each in rects if each.get("fill") == _TRACK)
    reached = [float(each.get("width", "")) for each in rects if each.get("fill") == _REACHED]
    right = [width for number in people if (width := whole * number / max(people)) >= 1]
    if len(reached) != len(right) or any(abs(a - b) > _NEAR for a, b in zip(reached, right, strict=True)):
        yield f"the bars are {reached}, not {[round(each, 1) for each in right]}"
