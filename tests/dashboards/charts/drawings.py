"""A drawing taken apart again."""

from xml.etree import ElementTree

Element = ElementTree.Element


def drawn(svg: str) -> Element:
    return ElementTree.fromstring(svg)


def of_kind(root: Element, kind: str) -> list[Element]:
    return [mark for mark in root.iter() if kind in (mark.get("class") or "").split()]


def words(root: Element) -> list[str]:
    return [mark.text or "" for mark in root.iter("text")]


def place(mark: Element, name: str) -> float:
    return float(mark.get(name) or 0)
