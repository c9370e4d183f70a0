"""P: what must pass, whatever program saved it and however people type. FIGURES says what is read where it is not the
faultless workbook’s own."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from reporting.contents import Contents
from reporting.workbook import spec
from tests.corpus.base import Item
from tests.corpus.making import Make, changed, inline, replaced, with_cells, with_contents, with_xml
from tests.reporting.workbook.libreoffice import saved_again
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    part_of,
    parts_of,
    survey,
    zipped,
)

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
TOUCHPOINTS, RESPONSES = part_of(spec.TOUCHPOINTS), part_of(spec.RESPONSES)
Parts = dict[str, bytes]


def _rewritten(**options: Any) -> Make:
    """By XlsxWriter: values only, as an export of another program would be."""

    def make() -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, options) as book:
            for source in load_workbook(io.BytesIO(complete())).worksheets:
                sheet = book.add_worksheet(source.title)
                for row in source.iter_rows():
                    for cell in row:
                        if cell.value is not None and cell.data_type != "f":
                            sheet.write(cell.row - 1, cell.column - 1, cell.value)
        return file.getvalue()

    return make


def _surgery(operate: Callable[[Parts], Parts]) -> Make:
    return lambda: zipped(operate(parts_of(complete())))


def _in_sheets(change: Callable[[str], str]) -> Make:
    def operate(parts: Parts) -> Parts:
        return {
            name: change(content.decode()).encode() if name.startswith("xl/worksheets/sheet") else content
            for name, content in parts.items()
        }

    return _surgery(operate)


def _without(*starts: str) -> Make:
    """Without parts, what refers to them, and their content types."""

    def operate(parts: Parts) -> Parts:
        kept = {name: content for name, content in parts.items() if not name.startswith(starts)}
        for name in ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
            text = kept[name].decode()
            for name_there in (*starts, *(start.removeprefix("xl/") for start in starts)):
                text = re.sub(rf'<(?:Override|Relationship) [^>]*"/?{re.escape(name_there)}[^>]*/>', "", text)
            kept[name] = text.encode()
        return kept

    return _surgery(operate)


def _without_styles() -> bytes:
    parts = parts_of(_without("xl/styles.xml")())
    return zipped(
        {
            name: re.sub(rb' (?:s|style|dxfId)="\d+"', b"", content) if name.startswith("xl/worksheets/") else content
            for name, content in parts.items()
        }
    )


def _shared_strings(parts: Parts) -> Parts:
    """Every inline text in a table of texts instead, as Excel itself saves it."""
    texts: list[str] = []

    def share(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c{match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    made = {}
    for name, content in parts.items():
        text = content.decode() if name.startswith("xl/worksheets/sheet") else ""
        pattern = r'<c((?: r="[A-Z]+\d+"| s="\d+")*) t="inlineStr"><is>(.*?)</is></c>'
        made[name] = re.sub(pattern, share, text, flags=re.DOTALL).encode() if text else content
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = "".join(f"<si>{text}</si>" for text in texts)
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{items}</sst>'.encode()
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{office}"/></Types>'
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", override.encode())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rIdTexts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    return made | {rels: made[rels].replace(b"</Relationships>", relation.encode())}


def _prefixed(text: str) -> str:
    """With a prefix on every element, as some programs write."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text.replace(main, main.replace("xmlns=", "xmlns:x=")))


def _stored() -> bytes:
    return zipped(parts_of(complete()), zipfile.ZIP_STORED)


def _in_another_order() -> bytes:
    return zipped(dict(sorted(parts_of(complete()).items(), reverse=True)))


def _each_sheet(change: Callable[[Any], object]) -> Make:
    return changed(lambda book: [change(sheet) for sheet in book.worksheets])


def _protect(sheet: Any) -> None:
    sheet.protection.sheet = True
    sheet.protection.set_password("secret")


def _decorate(book: Any) -> None:
    sheet = book["Responses"]
    sheet.conditional_formatting.add(
        "F5:J200", CellIsRule("greaterThan", ["1000"], fill=PatternFill("solid", "FFEEEE"))
    )
    sheet["F5"].font = Font(color="FF0000", strike=True)
    sheet["C5"].comment = Comment("Checked with the vendor.", "Robin")


def _named(book: Any) -> None:
    book.defined_names["Everybody"] = DefinedName("Everybody", attr_text="Touchpoints!$F$5:$F$19")
    book["Touchpoints"].print_area = "A1:O19"


def _reordered(book: Any) -> None:
    book.move_sheet("Responses", -2)
    sheet = book["Touchpoints"]
    for row in range(4, 20):
        cells = [sheet.cell(row, column) for column in (3, 6, 10)]
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, values[1:] + values[:1], strict=True):
            cell.value = value


def _hide_empty(book: Any) -> None:
    for row in range(60, 100):
        book["Responses"].row_dimensions[row].hidden = True
    book["Touchpoints"].column_dimensions["I"].hidden = True


def _styled_empty_rows(book: Any) -> None:
    for row in range(200, 900):
        book["Responses"].cell(row, 3).fill = PatternFill("solid", "FFFF00")


def _numbers_as_text(book: Any) -> None:
    for row in book["Responses"]["F5:J18"]:
        for cell in row:
            cell.value = str(cell.value) if cell.value is not None else None


def _booleans(book: Any) -> None:
    for row in range(5, 19):
        book["Responses"].cell(row, 5).value = True


def _filter_unused(book: Any) -> None:
    book["Responses"].auto_filter.ref = "A4:O169"


def _calculated() -> bytes:
    """Computed volumes and totals, all with their stored results."""
    make = with_xml("Responses!K5", "<c {at}><f>SUM(F5:J5)</f><v>1780</v></c>")
    return replaced(RESPONSES, "<v>38</v>", "<f>30+8</f><v>38</v>", make)()


def _computed_zero() -> bytes:
    """A zero that was computed in a file whose totals show that it was calculated."""
    parts = parts_of(complete())
    xml = re.sub(r"<v>38</v>", "<f>0*1</f><v>0</v>", parts[RESPONSES].decode(), count=1)
    xml = re.sub(r'(<c r="K5"[^>]*>).*?</c>', r"\1<f>SUM(F5:J5)</f><v>1742</v></c>", xml, count=1)
    return zipped(parts | {RESPONSES: xml.encode()})


def _customers(number: int) -> Contents:
    whole = contents()
    return replace(whole, surveys=(replace(whole.surveys[0], customers=number), *whole.surveys[1:]))


def _first_count(number: int) -> Contents:
    whole = contents()
    first = whole.surveys[0]
    asked = first.questions[0]
    assert asked.tally is not None
    counted = replace(asked, tally=replace(asked.tally, n1=number))
    return replace(whole, surveys=(replace(first, questions=(counted, *first.questions[1:])), *whole.surveys[1:]))


WORDS = contents(
    reflection="“That’s it,” she said – été.\n\nTwo lines 👩‍⚕️",
    surveys=(survey(1, service_provided="Veterans’ “Café”", transaction_point="é, ü and 日本"), survey(2)),
)
FIGURES = {
    "grouped digits": _customers(930_000),
    "spaces around digits": _customers(300_000),
    "no-break spaces around digits": _customers(300_000),
    "whole number with a decimal point": _customers(300_000),
    "whole number but for the arithmetic": _customers(300_000),
    "whole number with an exponent": _customers(300_000),
    "leading zeros": _customers(300_000),
    "computed zero": _first_count(0),
    "quotes, accents, emoji and lines": WORDS,
    "eleven surveys": contents(11),
    "as many surveys as there is room for": contents(15),
}


def item(id_: str, data: Make, rule: str = "", says: str = "") -> Item:
    return Item("P", id_, data, rule, says, is_accepted=True)


ITEMS = [
    item("as generated", complete),
    item("saved by openpyxl", changed(lambda book: None)),
    item("saved by LibreOffice", lambda: saved_again(complete())),
    item("saved by XlsxWriter", _rewritten()),
    item("saved by XlsxWriter line by line", _rewritten(constant_memory=True)),
    item("dates from 1904", changed(lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))),
    item("shared texts", _surgery(_shared_strings)),
    item("huge dimension", _in_sheets(lambda text: re.sub(r'(<dimension ref=")[^"]*', r"\1A1:XFD1048576", text))),
    item("wrong dimension", _in_sheets(lambda text: re.sub(r'(<dimension ref=")[^"]*', r"\1A1", text))),
    item("no dimension", _in_sheets(lambda text: re.sub(r"<dimension[^>]*/>", "", text))),
    item("no theme", _without("xl/theme/")),
    item("no document properties", _without("docProps/")),
    item("no styles", _without_styles),
    item("prefixed elements", _in_sheets(_prefixed)),
    item("cells without references", _in_sheets(lambda text: text.replace('<c r="A1" ', "<c "))),
    item("stored without packing", _stored),
    item("parts in another order", _in_another_order),
    item("protected sheets", _each_sheet(_protect)),
    item(
        "protected structure", changed(lambda book: setattr(book, "security", WorkbookProtection(lockStructure=True)))
    ),
    item("comments and conditional formats", changed(_decorate)),
    item("frozen panes elsewhere", _each_sheet(lambda sheet: setattr(sheet, "freeze_panes", "B2"))),
    item("zoomed", _each_sheet(lambda sheet: setattr(sheet.sheet_view, "zoomScale", 60))),
    item("names and print areas", changed(_named)),
    item("columns and sheets reordered", changed(_reordered)),
    item("unused rows and columns hidden", changed(_hide_empty)),
    item("empty rows with color", changed(_styled_empty_rows)),
    item("arrows of a filter", changed(_filter_unused)),
    item("helper sheets deleted", changed(lambda book: [book.remove(book[n]) for n in ("Definitions", "Lists")])),
    item("checks of cells deleted", _in_sheets(lambda t: re.sub(r"<dataValidations.*</dataValidations>", "", t))),
    item("title deleted", with_cells({"Touchpoints!A1": None, "Touchpoints!A2": None, "Touchpoints!A3": None})),
    item("heading in capitals", with_cells({"Touchpoints!F4": " CUSTOMERS "})),
    item("grouped digits", with_cells({CUSTOMERS: "930,000"}), "read_as", "read as 930,000"),
    item("spaces around digits", with_xml(CUSTOMERS, inline(" 300000 "))),
    item("no-break spaces around digits", with_xml(CUSTOMERS, inline("\u00a0300000\u00a0"))),
    item("leading zeros", with_xml(CUSTOMERS, inline("0300000"))),
    item("whole number with a decimal point", with_xml(CUSTOMERS, "<c {at}><v>300000.0</v></c>")),
    item("whole number but for the arithmetic", with_xml(CUSTOMERS, "<c {at}><v>299999.99999999994</v></c>")),
    item("whole number with an exponent", with_xml(CUSTOMERS, "<c {at}><v>3.0E5</v></c>")),
    item("numbers stored as text", changed(_numbers_as_text)),
    item("yes as TRUE", changed(_booleans)),
    item("computed, with stored results", _calculated, "computed", "Compare it with the preview."),
    item("computed zero", _computed_zero, "computed", "Compare it with the preview."),
    item("quotes, accents, emoji and lines", with_contents(WORDS)),
    item("eleven surveys", with_contents(contents(11))),
    item("as many surveys as there is room for", with_contents(contents(15))),
]
