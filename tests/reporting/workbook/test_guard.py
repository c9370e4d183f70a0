"""The guard: every file that is no safe workbook gets its own sentence, quickly, before any parser."""

import io
import random
import struct
import time
import zipfile
import zlib

import pytest

from reporting.workbook import guard, spec
from tests.reporting.workbook.workbooks import complete, fresh, part_of, parts_of, patched, zipped

RESPONSES = part_of(spec.RESPONSES)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _content_type(old: str, new: str) -> bytes:
    return patched(fresh(), "[Content_Types].xml", old, new)


WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

FORMATS = {
    "file_empty": b"",
    "format_xls": OLE + "Workbook".encode("utf-16-le"),
    "password_protected": OLE + "EncryptedPackage".encode("utf-16-le"),
    "format_document": OLE + "WordDocument".encode("utf-16-le"),
    "format_pdf": b"%PDF-1.7\n%\xe2\xe3",
    "format_picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "format_program": b"MZ\x90\x00" + bytes(100),
    "format_archive": b"7z\xbc\xaf\x27\x1c" + bytes(30),
    "format_zip_empty": b"PK\x05\x06" + bytes(18),
    "format_zip": zipped({"report.txt": b"words"}),
    "format_csv": b"hisp,quarter,customers\nva-vha,2021-q3,12\n",
    "format_html": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "format_xml": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "format_ods": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "format_numbers": zipped({"Index/Document.iwa": b"x"}),
    "format_text": b"Customers were happy this quarter.",
    "format_unknown": bytes(range(128, 256)) * 20,
    "format_xlsb": zipped({"[Content_Types].xml": b"<T/>", "xl/workbook.bin": b"x"}),
    "format_xlsm": _content_type(WORKBOOK_TYPE, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "format_xltx": _content_type(
        WORKBOOK_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
    ),
}
STRICT = patched(
    fresh(),
    "xl/workbook.xml",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)


@pytest.mark.parametrize("rule", FORMATS)
def test_file_of_another_format_is_named(rule: str) -> None:
    problem = guard.refusal_at_the_door(FORMATS[rule])

    assert problem is not None
    assert problem.rule == rule
    assert problem.blocks
    assert problem.fix.endswith(".")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("hisp\tquarter\n".encode("utf-16"), "format_csv"),
        (b"\xef\xbb\xbfhisp;quarter\n", "format_csv"),
        (zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": b"<w/>"}), "format_document"),
        (b"a", "format_text"),
        (b"PK\x03\x04", "file_damaged"),
        (zipped({"[Content_Types].xml": b"<T/>"}), "file_damaged"),
        (zipped(parts_of(fresh()) | {"xl/vbaProject.bin": b"x"}), "format_xlsm"),
        (zipped(parts_of(fresh()) | {"xl/embeddings/oleObject1.bin": b"x"}), "embedded_objects"),
        (zipped(parts_of(fresh()) | {"xl/activeX/activeX1.xml": b"<x/>"}), "embedded_objects"),
        (zipped(parts_of(fresh()) | {"xl/connections.xml": b"<x/>"}), "data_connection"),
    ],
)
def test_relatives_of_these_formats_are_named_too(data: bytes, rule: str) -> None:
    problem = guard.refusal(data)

    assert problem is not None
    assert problem.rule == rule


@pytest.mark.parametrize("make", [fresh, complete])
def test_our_own_template_passes(make: object) -> None:
    assert guard.refusal(make()) is None  # type: ignore[operator]


def test_strict_workbook_is_named() -> None:
    problem = guard.refusal(STRICT)

    assert problem is not None
    assert problem.rule == "format_strict"


def test_password_protected_file_is_told_the_way_out() -> None:
    problem = guard.refusal(FORMATS["password_protected"])

    assert problem is not None
    assert problem.found == "This file is protected with a password, so it cannot be read."
    assert "File › Info › Protect Workbook" in problem.fix


def test_file_above_5_mb_is_refused_with_its_size() -> None:
    problem = guard.refusal(b"PK\x03\x04" + bytes(guard.MOST_BYTES))

    assert problem is not None
    assert (problem.rule, problem.found) == ("file_too_large", "The file has 5.0 MB; the limit is 5 MB.")


@pytest.mark.parametrize("part", [0.3, 0.5, 0.9, 0.999])
def test_file_that_was_cut_off_is_damaged(part: float) -> None:
    data = complete()

    problem = guard.refusal(data[: int(len(data) * part)])

    assert problem is not None
    assert problem.rule == "file_damaged"


def _named(name: str) -> bytes:
    file = io.BytesIO(fresh())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    return file.getvalue()


def _symlink() -> bytes:
    file, info = io.BytesIO(fresh()), zipfile.ZipInfo("xl/link")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def _in_directory(data: bytes, part: str, offset: int, value: bytes) -> bytes:
    """Overwrites a field of the part's entry in the central directory."""
    at = data.rindex(part.encode()) - 46 + offset
    assert data[at - offset : at - offset + 4] == b"PK\x01\x02"
    return data[:at] + value + data[at + len(value) :]


def _bomb(size: int) -> bytes:
    """A workbook with one more part of zeros, written without ever holding it."""
    file = io.BytesIO(fresh())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/zeros.xml", "w") as part:
        for _ in range(size // 2**20):
            part.write(bytes(2**20))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
UNSAFE = {
    "a bomb of 200 MB": lambda: _bomb(200 * 2**20),
    "a part above 8 MB": lambda: _bomb(9 * 2**20),
    "a small bomb": lambda: _bomb(2 * 2**20),
    "many parts": lambda: zipped(parts_of(fresh()) | {f"xl/{n}.xml": b"<x/>" for n in range(3000)}),
    "bzip2": lambda: zipped(parts_of(fresh()), zipfile.ZIP_BZIP2),
    "lzma": lambda: zipped(parts_of(fresh()), zipfile.ZIP_LZMA),
    "the same name twice": lambda: _named("xl/workbook.xml"),
    "twins in case": lambda: _named("XL/Workbook.xml"),
    "a name upwards": lambda: _named("../evil.xml"),
    "a name in the middle": lambda: _named("xl/../../evil.xml"),
    "an absolute name": lambda: _named("/etc/evil.xml"),
    "a backslash": lambda: _named("xl\\evil.xml"),
    "a drive": lambda: _named("C:evil.xml"),
    "a link": _symlink,
    "an encrypted part": lambda: _in_directory(fresh(), SHEET, 8, b"\x01\x00"),
    "an unknown method": lambda: _in_directory(fresh(), SHEET, 10, b"\x63\x00"),
    "a size that lies low": lambda: _in_directory(fresh(), SHEET, 24, struct.pack("<I", 10)),
    "a size that lies high": lambda: _in_directory(fresh(), SHEET, 24, struct.pack("<I", 60_000)),
    "a wild offset": lambda: _in_directory(fresh(), SHEET, 42, struct.pack("<I", 2**31)),
    "two parts in one place": lambda: _in_directory(fresh(), SHEET, 42, struct.pack("<I", 0)),
    "a wrong checksum": lambda: _in_directory(fresh(), SHEET, 16, struct.pack("<I", zlib.crc32(b"other"))),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", UNSAFE)
def test_unsafe_archive_is_refused_cheaply(what: str) -> None:
    data = UNSAFE[what]()
    before = time.process_time()

    problem = guard.refusal(data)

    assert problem is not None
    assert problem.rule in ("file_unsafe", "file_damaged")
    assert time.process_time() - before < 0.25


XML_ATTACKS = {
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>',
    "an outside entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
    "a harmless DTD": "<!DOCTYPE worksheet><worksheet/>",
    "deep nesting": "<worksheet>" + "<a>" * 200 + "</a>" * 200 + "</worksheet>",
    "not closed": "<worksheet><sheetData>",
    "nothing": "",
    "a control character": "<worksheet>&#1;</worksheet>",
    "a lone surrogate": "<worksheet>&#xD800;</worksheet>",
}


@pytest.mark.parametrize("what", XML_ATTACKS)
@pytest.mark.parametrize("part", [RESPONSES, "xl/styles.xml", "docProps/app.xml"])
def test_xml_that_is_no_plain_part_is_refused(what: str, part: str) -> None:
    problem = guard.refusal(zipped(parts_of(fresh()) | {part: XML_ATTACKS[what].encode()}))

    assert problem is not None
    assert problem.rule in ("file_unsafe", "file_damaged")


def test_part_in_utf_16_is_refused() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16")

    problem = guard.refusal(zipped(parts_of(fresh()) | {RESPONSES: part}))

    assert problem is not None
    assert problem.found == "A part of the file is not written in UTF-8, as a workbook always is."


def _row(xml: str) -> bytes:
    """The Responses sheet with one row of raw XML after its last."""
    return patched(fresh(), RESPONSES, "</sheetData>", f"{xml}</sheetData>")


@pytest.mark.parametrize(
    ("row", "rule", "cell"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "outside_form", "Responses!XFD1048576"),
        ('<row r="1001"><c r="A1001"><v>1</v></c></row>', "outside_form", "Responses!A1001"),
        ('<row r="900"><c r="CA900" t="inlineStr"><is><t>x</t></is></c></row>', "outside_form", "Responses!CA900"),
        ('<row r="900"><c r="CA900"><f>1+1</f></c></row>', "outside_form", "Responses!CA900"),
        ('<row r="900"><c r="C900"><v>1</v></c><c r="A900"><v>1</v></c></row>', "file_damaged", "Responses!A900"),
        ('<row r="900"><c r="A900"><v>1</v></c><c r="A900"><v>2</v></c></row>', "file_damaged", "Responses!A900"),
        ('<row r="900"><c r="A900" t="s"><v>99999</v></c></row>', "file_damaged", "Responses!A900"),
        ('<row r="900"><c r="A900" t="s"><v>-1</v></c></row>', "file_damaged", "Responses!A900"),
    ],
)
def test_cell_that_readers_would_disagree_on_is_named(row: str, rule: str, cell: str) -> None:
    problem = guard.refusal(_row(row))

    assert problem is not None
    assert (problem.rule, str(problem.cell)) == (rule, cell)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="3"><c r="A3"><v>1</v></c></row>',
        '<row r="2000000000000"/>',
        '<row r="-1"/>',
        '<row r="900"><c r="A901"><v>1</v></c></row>',
        '<row r="900"><c r="ZZZZZZ900"><v>1</v></c></row>',
    ],
)
def test_rows_in_disorder_are_damage(row: str) -> None:
    problem = guard.refusal(_row(row))

    assert problem is not None
    assert problem.rule == "file_damaged"


def test_styled_blank_cells_far_out_are_left_alone() -> None:
    assert guard.refusal(_row('<row r="1048576"><c r="XFD1048576" s="1"/></row>')) is None


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (RESPONSES, "<worksheet><sheetData>" + "<row/>" * 300_000 + "</sheetData></worksheet>"),
        ("xl/styles.xml", "<styleSheet><fonts>" + "<font/>" * 300_000 + "</fonts></styleSheet>"),
    ],
)
def test_flood_of_elements_is_refused_cheaply(part: str, content: str) -> None:
    noise = random.Random(7).randbytes(30_000).hex()  # so that it does not pack suspiciously well
    data = zipped(parts_of(fresh()) | {part: f"{content}<!--{noise}-->".encode()})
    before = time.process_time()

    problem = guard.refusal(data)

    assert problem is not None
    assert problem.rule == "file_unsafe"
    assert "far more" in problem.found
    assert time.process_time() - before < 1


def test_guard_passes_a_filled_template_quickly() -> None:
    data = complete()
    before = time.process_time()

    assert guard.refusal(data) is None

    assert time.process_time() - before < 0.1
