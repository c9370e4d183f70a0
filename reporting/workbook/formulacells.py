"""The formulas of a workbook by place, those that share one text or one result among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from openpyxl.formula.translate import Translator

from reporting.workbook.dependents import MOST_FORMULAS, At, Formula
from reporting.workbook.package import child
from reporting.workbook.scan import column_letters
from reporting.workbook.sheetcells import Place, Range, SheetCells, holds, range_of

_ALL_TOGETHER = ("array", "dataTable")  # one formula that fills a range


@dataclass(frozen=True)
class _Shared:
    """The first of several formulas with one text."""

    place: Place
    text: str


class FormulaCells:
    """`all`: every cell with a formula, or with a result of one that fills several cells. `has_changed`: a formula
    was taken out of its cell or written anew."""

    def __init__(self, sheets: Mapping[str, SheetCells]) -> None:
        self.all: dict[At, Formula] = {}
        self.has_changed = False
        self._elements: dict[At, Element] = {}
        self._shared: dict[tuple[str, str], _Shared] = {}
        self._ranges: dict[str, list[Range]] = {title: [] for title in sheets}
        for title, cells in sheets.items():
            for place, cell in cells:
                element = child(cell, "f")
                if element is not None:
                    self._note((title, *place), element)
        for at, element in self._elements.items():
            self.all[at] = self._formula(at, element)
        self._note_ranges()

    def _note(self, at: At, element: Element) -> None:
        self._elements[at] = element
        title, row, column = at
        if element.get("t") == "shared" and element.text:
            self._shared.setdefault((title, element.get("si", "")), _Shared((row, column), element.text))
        elif element.get("t") in _ALL_TOGETHER:
            self._ranges[title].append(range_of(element.get("ref", "")) or ((row, column), (row, column)))

    def _formula(self, at: At, element: Element) -> Formula:
        first = self._shared.get((at[0], element.get("si", ""))) if element.get("t") == "shared" else None
        if first is None or element.text:
            return Formula(element.text or "")
        return Formula(first.text, at[1] - first.place[0], at[2] - first.place[1])

    def _note_ranges(self) -> None:
        for title, ranges in self._ranges.items():
            for where in ranges:
                for place in _within(where, MOST_FORMULAS):
                    self.all.setdefault((title, *place), self.all.get((title, *where[0]), Formula("")))

    def fills_several(self, title: str, place: Place) -> bool:
        """Whether the cell belongs to a formula that fills it together with others."""
        return any(holds(where, place) for where in self._ranges[title] if where[0] != where[1])

    def forget(self, title: str, place: Place) -> None:
        """Before the cell gets a value. Where others share the text of its formula, each gets its own."""
        at = (title, *place)
        element = self._elements.pop(at, None)
        self.all.pop(at, None)
        if element is None:
            return
        self.has_changed = True
        name = (title, element.get("si", ""))
        if element.get("t") == "shared" and element.text and self._shared[name].place == place:
            self._unshare(name, self._shared.pop(name))

    def _unshare(self, name: tuple[str, str], first: _Shared) -> None:
        origin = Translator(f"={first.text}", _address(first.place))
        for (title, *place), element in self._elements.items():
            if title == name[0] and element.get("t") == "shared" and element.get("si", "") == name[1]:
                if not element.text:
                    element.text = origin.translate_formula(_address((place[0], place[1])))[1:]
                for attribute in ("t", "si", "ref"):
                    element.attrib.pop(attribute, None)


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _within(where: Range, most: int) -> Iterator[Place]:
    """At most that many, and one more."""
    (top, left), (bottom, right) = where
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return islice(places, most + 1)
