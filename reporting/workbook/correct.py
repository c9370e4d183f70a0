"""Values written into single cells of the reporter's own file; all else in it stays as it was.

Where a formula uses a corrected cell, its stored result is taken away, so that nobody reads a result of the old value;
Excel computes it when the file is next opened. Marks of an annotated copy speak of the old values and go too.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import TranslatorError

from reporting.workbook import guard, spec
from reporting.workbook.annotate import styles_in, unmark
from reporting.workbook.cells import Cell
from reporting.workbook.dependents import dependents
from reporting.workbook.formulacells import FormulaCells
from reporting.workbook.marks import Styles
from reporting.workbook.numbers import Count, Number
from reporting.workbook.package import Package, add, child, made, put_after
from reporting.workbook.places import number_of
from reporting.workbook.readings import Kind, Raw
from reporting.workbook.refusals import Refused
from reporting.workbook.sheetcells import Place, SheetCells, index
from reporting.workbook.texts import cleaned, key

Value = str | int | Decimal  # "" clears the cell

_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    *("externalReferences", "definedNames"),
)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\ufffe\uffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@")
_IN_EXCEL = "Correct it in Excel, save the workbook and upload it."
_BROKEN = (ValueError, LookupError, AttributeError, ExpatError, TokenizerError, TranslatorError)


class NotCorrected(Exception):
    """The values cannot be written here; the message says why, and what to do instead."""


def value_for(kind: Kind, text: str) -> Value:
    """What a text becomes in a cell: a number where the column takes numbers and the text is one."""
    text = _NO_XML.sub("", cleaned(text))
    reading = kind.read(Raw(text)) if isinstance(kind, Count | Number) else None
    return text if reading is None or reading.failed or reading.value is None else reading.value


def corrected(data: bytes, values: Mapping[Cell, Value]) -> bytes:
    """Raises NotCorrected, and nothing else, for a file that the reader could open."""
    try:
        guard.inspect(data)
        return _corrected(Package(data), values)
    except Refused as refused:
        raise NotCorrected(f"{refused.problem.found} {refused.problem.fix}") from refused
    except _BROKEN as error:
        raise NotCorrected(f"This workbook is built in a way that cannot be corrected here. {_IN_EXCEL}") from error


def _corrected(package: Package, values: Mapping[Cell, Value]) -> bytes:
    styles = styles_in(package)
    unmark(package, styles)
    listed = package.sheets()
    sheets = {
        title.casefold(): SheetCells(package.tree(part)) for title, part in listed.items()
    }  # as formulas name them
    titles = {key(title): title.casefold() for title in reversed(listed)}
    formulas, changed = FormulaCells(sheets), set()
    for cell, value in values.items():
        title, place = _where(cell, titles)
        _refuse_what_belongs_together(cell, sheets[title], formulas, title, place)
        formulas.forget(title, place)
        _write(sheets[title].put(place), value, styles)
        changed.add((title, *place))
    for title, row, column in dependents(formulas.all, changed):
        _take_result_away(sheets[title].get((row, column)))
    if formulas.has_changed:
        package.remove_related(package.workbook, "calcChain")  # Excel calls a list that is not right damage
    _calculate_when_opened(package)
    return package.save()


def _where(cell: Cell, titles: Mapping[str, str]) -> tuple[str, Place]:
    column = number_of(cell.column)
    if key(cell.sheet) not in titles or not (0 < column <= spec.LAST_COLUMN and 0 < cell.row <= spec.LAST_ROW):
        raise NotCorrected(f"{cell} is not in this workbook. {_IN_EXCEL}")
    return titles[key(cell.sheet)], (cell.row, column)


def _refuse_what_belongs_together(
    cell: Cell, cells: SheetCells, formulas: FormulaCells, title: str, place: Place
) -> None:
    if cells.is_merged_away(place):
        raise NotCorrected(f"{cell} is merged with other cells. Unmerge them in Excel, fill in each, and upload it.")
    if formulas.fills_several(title, place):
        raise NotCorrected(f"{cell} gets its value from a formula that fills several cells. {_IN_EXCEL}")


def _write(cell: Element, value: Value, styles: Styles) -> None:
    for each in list(cell):
        cell.remove(each)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    style = index(cell.get("s"))
    style = style if style < len(styles.formats) else 0
    if isinstance(value, str):
        _write_text(cell, value)
        style = styles.for_text(style) if value.startswith(_LIKE_A_FORMULA) else style
    else:
        add(cell, "v").text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        style = styles.for_number(style)
    cell.set("s", str(style))


def _write_text(cell: Element, text: str) -> None:
    """Never a formula, whatever it starts with."""
    if text:
        cell.set("t", "inlineStr")
        written = add(add(cell, "is"), "t")
        written.set("xml:space", "preserve")
        written.text = _ESCAPE.sub("_x005F_", text)


def _take_result_away(cell: Element | None) -> None:
    value = child(cell, "v") if cell is not None else None
    if cell is not None and value is not None:
        cell.remove(value)
        cell.attrib.pop("t", None)


def _calculate_when_opened(package: Package) -> None:
    workbook = package.tree(package.workbook)
    settings = child(workbook, "calcPr")
    if settings is None:
        settings = made(workbook, "calcPr")
        put_after(workbook, settings, *_BEFORE_CALCULATION)
    settings.set("fullCalcOnLoad", "1")
