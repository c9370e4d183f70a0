"""D: packages whose parts are missing, wrong, or more than a template has."""

import re
from collections.abc import Callable

from reporting.workbook import spec
from tests.corpus.base import STRINGS, Item, having, shared, without
from tests.reporting.workbook.workbooks import complete, part_of, parts_of, patched, typed, zipped

RESPONSES = part_of(spec.RESPONSES)
WORKBOOK, RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
UNSAFE, DAMAGED = "file_unsafe", "file_damaged"
INCOMPLETE = "The file is incomplete"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def edited(part: str, pattern: str, replacement: str) -> Callable[[], bytes]:
    """The first match of `pattern` in a part, replaced."""

    def make() -> bytes:
        text, count = re.subn(pattern, replacement, parts_of(complete())[part].decode(), count=1, flags=re.DOTALL)
        assert count, f"{pattern} is not in {part}"
        return having({part: text.encode()})

    return make


def _row(cells: str) -> Callable[[], bytes]:
    return lambda: patched(complete(), RESPONSES, "</sheetData>", f'<row r="900">{cells}</row></sheetData>')


def _related(type_: str, target: str, mode: str = "", **more: bytes) -> Callable[[], bytes]:
    """One more relation of the workbook."""
    tie = f'<Relationship Id="evil" Type="{LINKS}/{type_}" Target="{target}"{mode}/></Relationships>'
    parts = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return lambda: having(parts | {RELS: parts_of(complete())[RELS].replace(b"</Relationships>", tie.encode())})


def _other_type(old: str, new: str) -> Callable[[], bytes]:
    return edited(RELS, f"{LINKS}/{old}", f"{LINKS}/{new}")


def _twice() -> bytes:
    tie = re.search(rb"<Relationship [^>]*/>", parts_of(complete())[RELS])
    assert tie
    return having({RELS: parts_of(complete())[RELS].replace(b"</Relationships>", tie[0] + b"</Relationships>")})


def _without_texts() -> bytes:
    return zipped({name: content for name, content in parts_of(shared()).items() if name != STRINGS})


def _charts_only() -> bytes:
    rels = parts_of(complete())[RELS].replace(b'relationships/worksheet"', b'relationships/chartsheet"')
    return having({RELS: rels})


def _linked(cell: str = "") -> Callable[[], bytes]:
    """With a list of another workbook, and a formula that looks into it where `cell` says."""
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'

    def make() -> bytes:
        parts = parts_of(typed(complete(), {cell: "=[1]Sheet1!A1"} if cell else {}))
        return zipped(parts | {"xl/externalLinks/externalLink1.xml": link})

    return make


DDE = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)


def _item(
    id_: str, data: Callable[[], bytes], rule: str, says: str, cell: str = "", *, accepted: bool = False
) -> Item:
    return Item("D", id_, data, rule, says, cell, is_accepted=accepted)


def _of_type(kind: str) -> Callable[[], bytes]:
    return edited(TYPES, "</Types>", f'<Override PartName="/xl/evil.bin" ContentType="application/{kind}"/></Types>')


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ITEMS = [
    _item("no content types", lambda: without(TYPES), DAMAGED, INCOMPLETE),
    _item("no workbook", lambda: without(WORKBOOK), DAMAGED, INCOMPLETE),
    _item("no relations", lambda: without(RELS), DAMAGED, INCOMPLETE),
    _item(
        "no sheet", lambda: without(RESPONSES), DAMAGED, "The sheet Responses is listed, but the file does not hold it"
    ),
    _item("no texts", _without_texts, DAMAGED, INCOMPLETE),
    _item("no sheets listed", edited(WORKBOOK, "<sheets>.*</sheets>", "<sheets/>"), DAMAGED, "has no sheets"),
    _item("charts only", _charts_only, "no_cells", "only charts, no sheet with cells"),
    _item("wrong relation", edited(WORKBOOK, 'r?:?id="rId3"', 'r:id="rId99"'), DAMAGED, "is listed, but"),
    _item("sheet without a name", edited(WORKBOOK, 'name="Responses"', 'name=""'), DAMAGED, "has no name"),
    _item("two of one name", edited(WORKBOOK, 'name="Responses"', 'name="COVER"'), DAMAGED, "stands twice"),
    _item("sheet stored once", edited(RELS, "/sheet3.xml", "/sheet2.xml"), DAMAGED, "stands twice"),
    _item("long name", edited(WORKBOOK, 'name="Responses"', f'name="{"x" * 5000}"'), DAMAGED, "5,000 characters"),
    _item(
        "relation upwards", edited(RELS, r'Target="[^"]*sheet3.xml"', 'Target="../../x"'), UNSAFE, "outside the file"
    ),
    _item("relation to a share", _related("image", r"\\host\share\x.png"), UNSAFE, "outside the file"),
    _item(
        "sheet from elsewhere",
        _related("worksheet", "http://127.0.0.1/x.xml", ' TargetMode="External"'),
        UNSAFE,
        "loads a part of itself from somewhere else",
    ),
    _item(
        "template from elsewhere",
        _related("attachedTemplate", "file://host/x.xltm", ' TargetMode="External"'),
        UNSAFE,
        "loads a part of itself from somewhere else",
    ),
    _item("relation twice", _twice, DAMAGED, "two of its parts go by one number"),
    _item(
        "text out of range", _row('<c r="A900" t="s"><v>99999</v></c>'), DAMAGED, "points to a text", "Responses!A900"
    ),
    _item("text −1", _row('<c r="B900" t="s"><v>-1</v></c>'), DAMAGED, "points to a text", "Responses!B900"),
    _item("format out of range", _row('<c r="C900" s="99999"/>'), DAMAGED, "points to a format", "Responses!C900"),
    _item("format −1", _row('<c r="C900" s="-1"/>'), DAMAGED, "points to a format", "Responses!C900"),
    _item("format NaN", _row('<c r="C900" s="NaN"/>'), DAMAGED, "points to a format", "Responses!C900"),
    _item("kind unknown", _row('<c r="D900" t="x"><v>1</v></c>'), DAMAGED, "a kind of value", "Responses!D900"),
    _item("boolean of 2", _row('<c r="D900" t="b"><v>2</v></c>'), DAMAGED, "cannot be read", "Responses!D900"),
    _item("date of words", _row('<c r="D900" t="d"><v>May</v></c>'), DAMAGED, "cannot be read", "Responses!D900"),
    _item("two values", _row('<c r="D900"><v>1</v><v>2</v></c>'), DAMAGED, "cannot be read", "Responses!D900"),
    _item("value in the wrong place", _row('<x><c r="D900"><v>1</v></c></x>'), DAMAGED, "", ""),
    _item("sheet data twice", edited(RESPONSES, "</worksheet>", "<sheetData/></worksheet>"), DAMAGED, "damaged"),
    _item("formats of NaN", edited("xl/styles.xml", 'numFmtId="0"', 'numFmtId="NaN"'), DAMAGED, "damaged"),
    _item(
        "two workbooks",
        edited(
            TYPES, "</Types>", f'<Override PartName="/xl/b.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/></Types>'
        ),
        UNSAFE,
        "two workbooks",
    ),
    _item("VBA", lambda: having({"xl/vbaProject.bin": b"x"}), "format_xlsm", "contains macros"),
    _item("VBA under another name", _of_type("vnd.ms-office.vbaProject"), "format_xlsm", "contains macros"),
    _item("macro sheet", _other_type("worksheet", "xlMacrosheet"), "format_xlsm", "contains macros"),
    _item(
        "OLE",
        lambda: having({"xl/embeddings/oleObject1.bin": b"x"}),
        "embedded_objects",
        "Delete the embedded objects",
    ),
    _item("ActiveX", lambda: having({"xl/activeX/activeX1.xml": b"<x/>"}), "embedded_objects", "objects or controls"),
    _item("ActiveX by type", _of_type("vnd.ms-office.activeX+xml"), "embedded_objects", "objects or controls"),
    _item(
        "connections",
        lambda: having({"xl/connections.xml": b"<x/>"}),
        "data_connection",
        "Data › Queries & Connections",
    ),
    _item(
        "query", lambda: having({"xl/queryTables/queryTable1.xml": b"<x/>"}), "data_connection", "outside data source"
    ),
    _item(
        "DDE", lambda: having({"xl/externalLinks/externalLink1.xml": DDE}), "data_connection", "outside data source"
    ),
    _item(
        "linked cell",
        _linked("Touchpoints!F5"),
        "external_link",
        "takes its value from another workbook",
        "Touchpoints!F5",
    ),
    _item("links that no cell uses", _linked(), "external_links", "They are not followed", accepted=True),
    _item(
        "link in a text",
        _related("hyperlink", "https://www.va.gov/", ' TargetMode="External"'),
        accepted=True,
        rule="",
        says="",
    ),
]
