"""A: files that are no .xlsx, or only part of one."""

import random
import struct
from collections.abc import Callable

from tests.corpus.base import Item
from tests.reporting.workbook.workbooks import complete, parts_of, patched, zipped

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SAVE_AS = "File › Save As › Excel Workbook (.xlsx)"
FILL_IN = "Fill in the template"
FRESH_TEMPLATE = "copy your figures into a fresh template"


def compound(*streams: str) -> bytes:
    """The container of old Office files and of encrypted new ones, with empty streams."""
    fat = struct.pack("<128l", -3, -2, *[-1] * 126)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9l", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<109l", 0, *[-1] * 108)
    names = ["Root Entry", *streams][:4]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3l", 2 * len(name) + 2, 5 if n == 0 else 2, 1, -1, n + 1 if n < len(names) - 1 else -1, -1)
        + bytes(36)
        + struct.pack("<lQ", -2, 0)
        for n, name in enumerate(names)
    )
    return header + fat + directory.ljust(512, b"\0")


def _retyped(kind: str) -> bytes:
    return patched(complete(), "[Content_Types].xml", WORKBOOK_TYPE, kind)


def _strict() -> bytes:
    return patched(complete(), "xl/workbook.xml", MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")


def _opendocument() -> bytes:
    content = b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _without_end() -> bytes:
    data = complete()
    return data[: data.rindex(b"PK\x05\x06")]


def _item(id_: str, data: Callable[[], bytes], rule: str, says: str) -> Item:
    return Item("A", id_, data, rule, says)


ITEMS = [
    _item("nothing", lambda: b"", "file_empty", "The file is empty (0 bytes)."),
    _item("one byte", lambda: b"P", "format_text", FILL_IN),
    _item("noise", lambda: random.Random(1).randbytes(4096), "format_unknown", FILL_IN),
    _item("cut in half", lambda: complete()[: len(complete()) // 2], "file_damaged", FRESH_TEMPLATE),
    _item("end cut off", _without_end, "file_damaged", FRESH_TEMPLATE),
    _item("four bytes", lambda: b"PK\x03\x04", "file_damaged", FRESH_TEMPLATE),
    _item("long tail", lambda: complete() + bytes(70_000), "file_damaged", FRESH_TEMPLATE),
    _item("short tail", lambda: complete() + b"tail", "file_damaged", "something follows after its end"),
    _item("HTML before it", lambda: b"<html></html>" + complete(), "format_html", SAVE_AS),
    _item("program before it", lambda: b"MZ\x90\x00" + complete(), "format_program", "This is a program"),
    _item("CSV", lambda: b"hisp,quarter,customers\nva-vha,2021-q3,12\n", "format_csv", "separated values"),
    _item("CSV in UTF-16", lambda: "hisp;quarter\nva-vha;2021-q3".encode("utf-16"), "format_csv", FILL_IN),
    _item("tabs", lambda: b"hisp\tquarter\nva-vha\t2021-q3\n", "format_csv", FILL_IN),
    _item("HTML table", lambda: b"\r\n<table><tr><td>1</td></tr></table>", "format_html", "a web page"),
    _item("web archive", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "format_html", SAVE_AS),
    _item(
        "XML 2003",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "format_xml",
        "XML Spreadsheet 2003",
    ),
    _item("XML", lambda: b'<?xml version="1.0"?><report/>', "format_xml", "an XML file"),
    _item("PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "format_pdf", "a PDF document"),
    _item("picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "format_picture", "a picture"),
    _item("program", lambda: b"MZ\x90\x00" + bytes(200), "format_program", "a program"),
    _item("zip", lambda: zipped({"report.xlsx": complete()}), "format_zip", "Upload the workbook itself"),
    _item("empty zip", lambda: zipped({}), "format_zip_empty", "an empty zip archive"),
    _item("ODS", _opendocument, "format_ods", "OpenDocument spreadsheet (.ods)"),
    _item(
        "XLSB", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}), "format_xlsb", ".xlsb"
    ),
    _item("XLS", lambda: compound("Workbook"), "format_xls", "the old Excel format (.xls)"),
    _item("XLS of 1995", lambda: b"\x09\x08\x08\x00\x00\x05\x05\x00" + bytes(90), "format_xls", SAVE_AS),
    _item(
        "DOCX",
        lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "format_document",
        "a Word or PowerPoint file",
    ),
    _item("DOC", lambda: compound("WordDocument"), "format_document", "a Word document"),
    _item("e-mail", lambda: compound("__properties_version1.0"), "format_document", "an e-mail"),
    _item(
        "password",
        lambda: compound("EncryptionInfo", "EncryptedPackage", "\6DataSpaces"),
        "password_protected",
        "File › Info › Protect Workbook › Encrypt with Password, clear the password",
    ),
    _item(
        "password of Excel", lambda: compound("EncryptedPackage"), "password_protected", "protected with a password"
    ),
    _item(
        "macros",
        lambda: _retyped("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "format_xlsm",
        "This workbook contains macros (.xlsm).",
    ),
    _item("XLTX", lambda: _retyped(WORKBOOK_TYPE.replace("sheet.main", "template.main")), "format_xltx", "(.xltx)"),
    _item("Strict", _strict, "format_strict", "not “Strict Open XML Spreadsheet”"),
    _item("Numbers", lambda: zipped({"Index/Document.iwa": b"x"}), "format_numbers", "In Numbers: File › Export To"),
    _item(
        "Google link",
        lambda: b'{"url": "https://docs.google.com/spreadsheets/d/1"}',
        "format_link",
        "In Google Sheets: File › Download",
    ),
    _item(
        "no manifest", lambda: zipped({"xl/a.xml": b"<a/>"} | {"mimetype": b"text/plain"}), "format_zip", "zip archive"
    ),
    _item(
        "unused parts only",
        lambda: zipped({n: c for n, c in parts_of(complete()).items() if n.startswith("docProps")}),
        "format_zip",
        "zip archive",
    ),
]
