"""One streaming pass over an XML part, before any other parser sees it. Pure expat: no tree, no entities, no DTD.

It stops at the first thing that is unsafe or that a reader could take for something else: a cell outside the form area
(one value at XFD1048576 keeps openpyxl busy for 40 s), cells out of order or twice (readers disagree on which one
counts), an index into nothing. On the way it notes what openpyxl does not tell of a sheet that it only reads: which
cells are formulas, which are merged, and which rows and columns are hidden.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from reporting.workbook.cells import Cell
from reporting.workbook.spec import LAST_COLUMN, LAST_ROW

MOST_ELEMENTS = {"worksheet": 150_000, "sst": 50_000}  # a filled template has about 10,000 and 1,000
MOST_ELEMENTS_ELSEWHERE = 30_000
DEEPEST = 40

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_NOTHING = re.compile(r"0+(\.0*)?", re.ASCII)  # a height or width of 0 hides too
_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,4})?", re.ASCII)


class Unsafe(Exception):
    """Why a part is not opened: rule, what was found, and where."""

    def __init__(self, rule: str, found: str, cell: Cell | None = None) -> None:
        super().__init__(rule)
        self.rule, self.found, self.cell = rule, found, cell


@dataclass
class Facts:
    """What a pass noted. `formulas`: (row, column), from 1; `sheets`: (name, relation id); `targets`: id -> part.

    `hidden_rows`: those with a value in them. `merged`: first row, first column, last row, last column of each range.
    """

    root: str = ""
    strings: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_filtered: bool = False
    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)


def scan(data: bytes, sheet: str = "", strings: int = 0) -> Facts:
    """Raises Unsafe, or expat.ExpatError when it is not well-formed. `strings`: how many shared strings there are."""
    return _Pass(sheet, strings).over(data)


class _Pass:
    def __init__(self, sheet: str, strings: int) -> None:
        self.facts, self.sheet, self.strings = Facts(), sheet, strings
        self.elements = self.depth = self.row = self.column = 0
        self.type = ""
        self.has_value = self.hidden = False
        self.text: list[str] | None = None

    def over(self, data: bytes) -> Facts:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(data, True)
        return self.facts

    def _doctype(self, *_: object) -> None:
        raise Unsafe("file_unsafe", "The file contains a document type definition, which a workbook never has.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.elements += 1
        self.depth += 1
        if self.depth == 1:
            self.facts.root = local
            self.facts.namespaces = {value for key, value in attributes.items() if key.startswith("xmlns")}
        if self.depth > DEEPEST:
            raise Unsafe("file_unsafe", "The file is nested deeper than any workbook.")
        if self.elements > MOST_ELEMENTS.get(self.facts.root, MOST_ELEMENTS_ELSEWHERE):
            raise Unsafe("file_unsafe", f"The file has far more {self._things} than the template.")
        if self.facts.root == "worksheet":
            self._sheet_element(local, attributes)
        elif local == "si" and self.facts.root == "sst":
            self.facts.strings += 1
        elif local == "sheet" and self.facts.root == "workbook":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.facts.sheets.append((attributes.get("name", ""), relation))
        elif local == "Relationship":
            self.facts.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    @property
    def _things(self) -> str:
        return {"worksheet": "cells", "sst": "texts"}.get(self.facts.root, "styles and settings")

    def _sheet_element(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._begin_row(attributes)
        elif local == "c":
            self._begin_cell(attributes)
        elif local == "f" and self.depth == 5:
            self.has_value = True
            self.facts.formulas.add((self.row, self.column))
        elif local in ("v", "is") and self.depth == 5:
            self.has_value = True
            self.text = [] if local == "v" else None
        elif local in _LAYOUT:
            self._layout(local, attributes)

    def _layout(self, local: str, attributes: dict[str, str]) -> None:
        if local == "col" and _is_hidden(attributes, "width"):
            first, last = (int(attributes.get(side, "0")[:6]) for side in ("min", "max"))
            self.facts.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        elif local == "mergeCell":
            top_left, _, bottom_right = attributes.get("ref", "").partition(":")
            corners = [_REFERENCE.fullmatch(corner) for corner in (top_left, bottom_right or top_left)]
            if all(corners):
                places = [(int(c[2]), _column_number(c[1])) for c in corners if c]
                self.facts.merged.append((*places[0], *places[1]))
        elif local == "filterColumn":
            self.facts.is_filtered = True

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self.row + 1))
        if not re.fullmatch(r"[1-9]\d{0,9}", number, re.ASCII) or int(number) <= self.row:
            raise Unsafe("file_damaged", f"Row {number[:20]} follows row {self.row} on the sheet {self.sheet}.")
        self.row, self.column = int(number), 0
        self.hidden = _is_hidden(attributes, "ht")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = self.column + 1
        if reference is not None:
            match = _REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != self.row:
                raise Unsafe("file_damaged", f"A cell in row {self.row} of {self.sheet} is named “{reference[:20]}”.")
            column = _column_number(match[1])
        if column <= self.column:
            raise Unsafe("file_damaged", "The cell stands twice or out of order.", self._cell(column))
        self.column, self.type, self.has_value, self.text = column, attributes.get("t", "n"), False, None

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.facts.root != "worksheet":
            return
        local = name.rpartition(":")[2]
        if local == "v" and self.text is not None:
            self._check_value("".join(self.text))
            self.text = None
        elif local == "c" and self.has_value:
            self._check_place()

    def _check_place(self) -> None:
        if self.row > LAST_ROW or self.column > LAST_COLUMN:
            raise Unsafe("outside_form", "There is data outside the form area.", self._cell())
        if self.hidden:
            self.facts.hidden_rows.add(self.row)

    def _check_value(self, text: str) -> None:
        if self.type == "s" and not (text.isascii() and text.isdigit() and int(text[:10]) < self.strings):
            raise Unsafe("file_damaged", "The cell points to a text that the file does not have.", self._cell())
        if self.type == "n" and text and not _NUMBER.fullmatch(text.strip(" \n")):
            raise Unsafe(
                "unreadable_number", f"The cell is stored as a number, but holds “{text[:40]}”.", self._cell()
            )

    def _cell(self, column: int = 0) -> Cell:
        return Cell(self.sheet, self.row, _column_letters(column or self.column or 1))


_LAYOUT = {"col", "mergeCell", "filterColumn"}


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or _NOTHING.fullmatch(attributes.get(size, "1")) is not None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
