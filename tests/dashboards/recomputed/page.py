"""A page of HTML taken apart by its structure, and which of its numbers somebody has looked at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Numbers that are no figures: quarters and days, the ends of the scale, and the level of confidence.
_DAY = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?"
NO_FIGURE = re.compile(
    rf"FY\d{{4}} Q\d|FY\d\d Q\d|FY\d{{4}}|{_DAY}|\b1 (?:to|–) 5\b|\b95 ?%|\bof 5\b|[^\W\d]+\d+"
    r"|\b[1-5] (?:[Ss]trongly |)(?:[Dd]isagree|[Nn]either|[Aa]gree)\b"
)
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    seen: bool = False
    flat: list["Element"] = field(default_factory=list)  # all elements of the page; those below this one stand
    first_below: int = 0
    after: int | None = None  # from one place to the other

    @cached_property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def every(self, tag: str = "", of_class: str = "") -> Iterator["Element"]:
        """Below this one, in the order of the page."""
        for element in self.flat[self.first_below : self.after]:
            if (not tag or element.tag == tag) and (not of_class or of_class in element.classes):
                yield element

    def first(self, tag: str = "", of_class: str = "") -> "Element | None":
        return next(self.every(tag, of_class), None)

    @property
    def text(self) -> str:
        """What is read, without pictures and marks; parts are apart by one space."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("svg", "script", "style") and child.attributes.get("aria-hidden") != "true":
                yield from child._texts()

    def not_seen(self) -> Iterator[str]:
        """Texts with a figure in them that nobody has looked at."""
        if self.seen:
            return
        for child in self.children:
            if isinstance(child, Element):
                yield from child.not_seen()
            elif figures(child):
                yield " ".join(child.split())


def figures(text: str) -> list[str]:
    """`4.35`, `5,321`, `12%`, without quarters, days and the like."""
    return [found.rstrip(",") for found in FIGURE.findall(NO_FIGURE.sub(" ", " ".join(text.split())))]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("#document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attributes)
        if tag not in _VOID:
            self.open.append(self.open[-1].children[-1])  # type: ignore[arg-type]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        flat = self.root.flat
        place = len(flat) + 1
        known = {name: value or "" for name, value in attributes}
        flat.append(Element(tag, known, flat=flat, first_below=place, after=place))
        self.open[-1].children.append(flat[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop().after = len(self.root.flat)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.open[-1].children.append(data)


def parsed(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


@dataclass
class Table:
    """`name`: its caption, else its label, which tells what the rows are."""

    element: Element
    headings: list[str]
    lines: list[tuple[Element, list[Element]]]  # the heading of the row, and its cells


def table(element: Element) -> Table:
    head, body = element.first("thead"), list(element.every("tbody"))
    headings = [each.text for each in head.every("th")] if head else []
    lines = []
    for line in (line for part in body for line in part.every("tr")):
        heading, cells = line.first("th"), list(line.every("td"))
        if heading and cells:
            lines.append((heading, cells))
    return Table(element, headings, lines)
