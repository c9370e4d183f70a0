"""Names the real format of a file that is not a workbook, each with its own way out."""

import re

from reporting.workbook.cells import Problem
from reporting.workbook.refusals import damaged, problem

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "Open it in Excel, choose File › Save As › Excel Workbook (.xlsx), and upload that file."
FILL_IN = "Fill in the template that you downloaded for your HISP and quarter, and upload it as .xlsx."


def not_a_zip(data: bytes) -> Problem:
    """What the bytes are, since they are no zip file and so no .xlsx."""
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_OLD_EXCEL):
        return _old_excel()
    for magic, rule, name in _SIGNATURES:
        if data.startswith(magic):
            return problem(rule, f"This is {name}, not an Excel workbook.", FILL_IN)
    return _text(data)


_SIGNATURES = (
    (b"PK\x05\x06", "format_zip_empty", "an empty zip archive"),
    (b"%PDF", "format_pdf", "a PDF document"),
    (b"\x89PNG", "format_picture", "a picture"),
    (b"\xff\xd8\xff", "format_picture", "a picture"),
    (b"GIF8", "format_picture", "a picture"),
    (b"MZ", "format_program", "a program"),
    (b"\x7fELF", "format_program", "a program"),
    (b"\x1f\x8b", "format_archive", "a compressed archive"),
    (b"BM", "format_picture", "a picture"),
    (b"II*\x00", "format_picture", "a picture"),
    (b"MM\x00*", "format_picture", "a picture"),
    (b"7z\xbc\xaf", "format_archive", "a compressed archive"),
    (b"Rar!", "format_archive", "a compressed archive"),
    (b"{\\rtf", "format_document", "a text document"),
)
_OLD_EXCEL = tuple(bytes((9, version)) for version in (0, 2, 4, 8))  # before 1997, without the container


def _ole(data: bytes) -> Problem:
    """Old Office files and encrypted new ones share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return problem(
            "password_protected",
            "This file is protected with a password, so it cannot be read.",
            "In Excel: File › Info › Protect Workbook › Encrypt with Password, clear the password, save and upload.",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return problem("format_document", "This is a Word document, not an Excel workbook.", FILL_IN)
    if "__properties_version1.0".encode("utf-16-le") in data:
        return problem("format_document", "This is an e-mail, not an Excel workbook.", FILL_IN)
    return _old_excel()


def _old_excel() -> Problem:
    return problem("format_xls", "This is a workbook in the old Excel format (.xls).", SAVE_AS)


_HTML = re.compile(rb"(<(!doctype html|html|table|head|body|meta)\b|mime-version:)", re.IGNORECASE)
_BLANK = b"\xef\xbb\xbf \r\n\t"


def _text(data: bytes) -> Problem:
    if _HTML.match(data[:4000].lstrip(_BLANK)):
        return problem("format_html", "This is a web page (HTML), whatever its name says.", SAVE_AS)
    start = _decoded(data[:4000])
    if start is None:
        return problem("format_unknown", "This is not an Excel workbook, or the file is damaged.", FILL_IN)
    lowered = start.lstrip("\ufeff \r\n\t").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return problem("format_xml", "This is an XML Spreadsheet 2003 file.", SAVE_AS)
    if "<office:document" in lowered:
        return problem("format_ods", "This is an OpenDocument spreadsheet.", SAVE_AS)
    if lowered.startswith("<?xml"):
        return problem("format_xml", "This is an XML file, not an Excel workbook.", FILL_IN)
    if "docs.google.com/" in lowered:
        return problem(
            "format_link",
            "This is a link to a Google Sheet, not the sheet itself.",
            "In Google Sheets: File › Download › Microsoft Excel (.xlsx), and upload that file.",
        )
    first = start.splitlines()[0] if start.strip() else ""
    if any(mark in first for mark in ",;\t"):
        return problem("format_csv", "This is a text file with separated values (CSV).", FILL_IN)
    return problem("format_text", "This is a text file, not an Excel workbook.", FILL_IN)


def _decoded(data: bytes) -> str | None:
    """As text, where it is text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data[: len(data) // 2 * 2].decode("utf-16", "replace")
    text = data.decode("utf-8", "replace") if data else ""
    strange = sum(not (c.isprintable() or c in "\r\n\t\ufeff") for c in text) + text.count("\ufffd")
    return text if text and strange * 20 < len(text) else None


def of_package(names: set[str], types: set[str], mimetype: bytes) -> Problem | None:
    """What a zip file is when it is not a plain .xlsx; None when it looks like one. `types`: of all its parts."""
    if b"opendocument.spreadsheet" in mimetype:
        return problem("format_ods", "This is an OpenDocument spreadsheet (.ods).", SAVE_AS)
    if b"opendocument" in mimetype:
        return problem("format_document", "This is an OpenDocument file, not an Excel workbook.", FILL_IN)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return problem(
            "format_numbers",
            "This is an Apple Numbers document.",
            "In Numbers: File › Export To › Excel, and upload that file.",
        )
    if "[Content_Types].xml" not in names:
        if "xl/workbook.xml" in names:
            return damaged("The file is incomplete: its table of contents is missing.")
        return problem(
            "format_zip",
            "This is a zip archive, not an Excel workbook.",
            "Upload the workbook itself, not a zip archive with it.",
        )
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return problem("format_document", "This is a Word or PowerPoint file, not an Excel workbook.", FILL_IN)
    if "xl/workbook.bin" in names:
        return problem("format_xlsb", "This is a binary Excel workbook (.xlsb).", SAVE_AS)
    return _of_workbook({name.lower() for name in names}, " ".join(types).lower())


_EMBEDDED = ("/embeddings/", "/activex", "oleobject", "/ctrlprops/")
_EMBEDDED_TYPES = ("oleobject", "activex", "vnd.ms-excel.controlproperties")


def _of_workbook(names: set[str], types: str) -> Problem | None:
    if any(word in types for word in ("macroenabled", "vbaproject", "macrosheet")) or any(
        "vbaproject" in name or "/macrosheets/" in name for name in names
    ):
        return macros()
    if "spreadsheetml.template.main+xml" in types:
        return problem("format_xltx", "This is an Excel template (.xltx).", SAVE_AS)
    if any(word in types for word in _EMBEDDED_TYPES) or any(part in name for name in names for part in _EMBEDDED):
        return problem(
            "embedded_objects",
            "This workbook contains embedded objects or controls.",
            "Delete the embedded objects, save, and upload the file again.",
        )
    if any(name.endswith("xl/connections.xml") or "/querytables/" in name for name in names):
        return connected()
    return None


def macros() -> Problem:
    return problem("format_xlsm", "This workbook contains macros (.xlsm).", SAVE_AS)


def connected() -> Problem:
    return problem(
        "data_connection",
        "This workbook is connected to an outside data source.",
        "In Excel: Data › Queries & Connections, delete the connections, save, upload again.",
    )


def no_cells() -> Problem:
    return problem("no_cells", "This workbook has only charts, no sheet with cells.", FILL_IN)


def strict() -> Problem:
    return problem(
        "format_strict",
        "This workbook was saved as Strict Open XML Spreadsheet.",
        "In Excel: File › Save As, choose “Excel Workbook (.xlsx)” and not “Strict Open XML Spreadsheet”.",
    )
