"""The cells of a worksheet's tree by place: those that stand in the file, and those that are made when needed."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reporting.workbook.package import child, children, made
from reporting.workbook.places import number_of
from reporting.workbook.scan import column_letters

Place = tuple[int, int]  # row, column; from 1
Range = tuple[Place, Place]  # its first and its last


class SheetCells:
    """`sheet` is the tree of the worksheet's part. A sheet without rows has no cells, and none can be made."""

    def __init__(self, sheet: Element) -> None:
        self.sheet, self.data = sheet, child(sheet, "sheetData")
        self.rows = dict(_numbered_rows(self.data)) if self.data is not None else {}

    def __iter__(self) -> Iterator[tuple[Place, Element]]:
        for number, row in self.rows.items():
            yield from _numbered_cells(row, number)

    def get(self, place: Place) -> Element | None:
        row = self.rows.get(place[0])
        found = (cell for at, cell in _numbered_cells(row, place[0]) if at == place) if row is not None else iter(())
        return next(found, None)

    def is_merged_away(self, place: Place) -> bool:
        """Whether the cell lies under the first one of a merged range, and so shows nothing."""
        merged = child(self.sheet, "mergeCells")
        ranges = (range_of(each.get("ref", "")) for each in (merged if merged is not None else ()))
        return any(holds(each, place) and each[0] != place for each in ranges if each is not None)

    def put(self, place: Place) -> Element:
        """The cell, made where the file leaves it out."""
        found = self.get(place)
        return self.make(place) if found is None else found

    def make(self, place: Place) -> Element:
        """A cell that the file leaves out, as it looks there. Raises ValueError in a sheet without rows."""
        if self.data is None:
            raise ValueError("The sheet has no place for cells.")
        number, column = place
        row = self.rows[number] if number in self.rows else self._make_row(self.data, number)
        row.attrib.pop("spans", None)  # a hint of Excel's to itself, which may now be wrong
        cell = made(row, "c", r=f"{column_letters(column)}{number}", s=str(_style_of_blank(self.sheet, row, column)))
        row.insert(sum(at[1] < column for at, _ in _numbered_cells(row, number)), cell)
        return cell

    def _make_row(self, data: Element, number: int) -> Element:
        row = made(data, "row", r=str(number))
        data.insert(sum(each < number for each in self.rows), row)
        self.rows[number] = row
        return row


def range_of(reference: str) -> Range | None:
    """The first and the last place of “F5:J9”, or twice that of “F5”; None for anything else."""
    first, _, last = reference.partition(":")
    places = [_place(first), _place(last or first)]
    return (places[0], places[1]) if places[0] and places[1] else None


def _place(address: str) -> Place | None:
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", address, re.ASCII)
    return (int(match[2]), number_of(match[1])) if match else None


def holds(where: Range, place: Place) -> bool:
    (top, left), (bottom, right) = where
    return top <= place[0] <= bottom and left <= place[1] <= right


def index(text: str | None, otherwise: int = 0) -> int:
    """A number that an attribute holds."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else otherwise


def _numbered_rows(rows: Element) -> Iterator[tuple[int, Element]]:
    number = 0
    for row in children(rows, "row"):
        number = index(row.get("r"), number + 1)
        yield number, row


def _numbered_cells(row: Element, number: int) -> Iterator[tuple[Place, Element]]:
    column = 0
    for cell in children(row, "c"):
        letters = re.match(r"[A-Z]*", cell.get("r", ""))
        column = number_of(letters[0]) if letters and letters[0] else column + 1
        yield (number, column), cell


def _style_of_blank(sheet: Element, row: Element, column: int) -> int:
    """What a cell that is not in the file looks like: its row's style, else its column's."""
    if row.get("customFormat") in ("1", "true"):
        return index(row.get("s"))
    columns = child(sheet, "cols")
    for each in columns if columns is not None else ():
        if index(each.get("min")) <= column <= index(each.get("max")):
            return index(each.get("style"))
    return 0
