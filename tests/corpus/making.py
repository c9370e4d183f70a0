"""Ways to make an input of a faultless workbook: single cells, sheets and raw XML."""

import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from reporting.contents import Contents
from reporting.workbook import spec
from reporting.workbook.stamp import PROPERTY, Stamp
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import (
    QUARTER,
    SECRET,
    complete,
    edited,
    fresh,
    part_of,
    parts_of,
    typed,
    zipped,
)

Make = Callable[[], bytes]


def with_cells(cells: dict[str, Any], data: Make = complete) -> Make:
    return lambda: typed(data(), cells)


def with_contents(made: Contents) -> Make:
    return lambda: fill_from(fresh(), made)


def changed(edit: Callable[[Any], object]) -> Make:
    """After `edit(openpyxl workbook)`."""
    return lambda: edited(complete(), edit)


def with_xml(place: str, xml: str) -> Make:
    """The cell as this XML; `{at}` stands for its reference and style."""
    sheet, _, address = place.partition("!")
    part = part_of(next(table for table in spec.INPUT_SHEETS if table.name == sheet))

    def make() -> bytes:
        parts = parts_of(complete())
        pattern = rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'
        new, count = re.subn(
            pattern,
            lambda match: xml.replace("{at}", f'r="{address}"{match[1]}'),
            parts[part].decode(),
            flags=re.DOTALL,
        )
        assert count == 1, place
        return zipped(parts | {part: new.encode()})

    return make


def replaced(part: str, old: str, new: str, data: Make = complete) -> Make:
    """Every `old` of a part replaced; fails when there is none."""

    def make() -> bytes:
        parts = parts_of(data())
        text = parts[part].decode()
        assert old in text, f"{old} is not in {part}"
        return zipped(parts | {part: text.replace(old, new).encode()})

    return make


def inline(text: str) -> str:
    """The XML of a cell with that text, kept to the letter."""
    return f'<c {{at}} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def stamped(text: str) -> Make:
    """With another stamp in both places; "" for none."""

    def edit(book: Any) -> None:
        if not text:
            book.remove(book[spec.STAMP])
            book.custom_doc_props.props.clear()
            return
        book[spec.STAMP]["A1"] = text
        for property_ in book.custom_doc_props.props:
            if property_.name == PROPERTY:
                property_.value = text

    return changed(edit)


def genuine(version: str = spec.VERSION, hisp: str = "va-vha", quarter: Any = QUARTER) -> str:
    return Stamp(version, hisp, quarter, "4f1d22aa90bc").sign(SECRET).text
