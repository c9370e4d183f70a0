"""Is this byte string safe to open? Size, real format, zip table, what really unpacks, then every XML part.

Nothing here trusts what the file says of itself; nothing else opens a file that was not passed here. Costs about 15 ms
for a filled template and at most about 0.5 CPU s for the worst that fits into the limits.
"""

import posixpath
import re
import stat
import zipfile
from dataclasses import dataclass, field, replace
from io import BytesIO
from xml.parsers import expat

from reporting.workbook import formats
from reporting.workbook.cells import ERROR, Problem
from reporting.workbook.scan import Facts, Unsafe, scan

MOST_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 100
MOST_UNPACKED_PART, MOST_UNPACKED = 8 * 1024 * 1024, 16 * 1024 * 1024
MOST_RATIO, RATIO_FROM = 100, 64 * 1024  # parts below this size may pack better by chance
_STRICT = "http://purl.oclc.org/ooxml/"
_ENCRYPTED = 0x1


class Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


@dataclass(frozen=True)
class Safe:
    """A file that may be opened, and what was noted of each of its sheets, by name."""

    sheets: dict[str, Facts] = field(default_factory=dict)


def refusal(data: bytes, filename: str = "") -> Problem | None:
    """Why the file is not opened; None when it may be. Never raises."""
    try:
        inspect(data)
    except Refused as refused:
        return refused.problem
    return None


def inspect(data: bytes) -> Safe:
    """Raises Refused with the reason."""
    if not data:
        raise Refused(
            formats.problem("file_empty", "The file is empty (0 bytes).", "Save the workbook and upload it again.")
        )
    if len(data) > MOST_BYTES:
        raise Refused(_too_large(len(data)))
    if not data.startswith(formats.ZIP):
        raise Refused(formats.not_a_zip(data))
    parts = _unpacked(data)
    content_types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if other := formats.of_package(set(parts), content_types, parts.get("mimetype", b"")):
        raise Refused(other)
    return Safe(_scanned(parts))


def _too_large(size: int) -> Problem:
    return replace(
        formats.problem(
            "file_too_large",
            f"The file has {size / 1024 / 1024:.1f} MB; the limit is {MOST_BYTES // 1024 // 1024} MB.",
            "Remove pictures and sheets that are not part of the template, save, and upload it again.",
        ),
        expected="A file of 5 MB or less.",
    )


def damaged(found: str = "The file is damaged and cannot be read.") -> Problem:
    return formats.problem(
        "file_damaged",
        found,
        "Open it in Excel, save it under a new name and upload that; or copy your figures into a fresh template.",
    )


def unsafe(found: str) -> Problem:
    return formats.problem(
        "file_unsafe", found, "Copy your figures into a freshly downloaded template and upload that."
    )


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_table(archive.infolist(), len(data))
            return {info.filename: _part(archive, info) for info in archive.infolist() if not info.is_dir()}
    except Refused:
        raise
    except Exception as error:  # zipfile, zlib and struct raise a dozen kinds on broken archives
        raise Refused(damaged()) from error


def _check_table(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refused(unsafe(f"The file is made of {len(entries):,} parts; a filled template has about 25."))
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise Refused(unsafe("Two parts of the file have the same name."))
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(unsafe("The file unpacks to more than 16 MB."))
    _check_overlap(entries, size)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if name.startswith(("/", "\\")) or re.search(r"(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f:\\]", name):
        raise Refused(unsafe("A part of the file has a name that leads outside the file."))
    if entry.flag_bits & _ENCRYPTED:
        raise Refused(unsafe("A part of the file is encrypted."))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(unsafe("A part of the file is packed in a way that Excel does not use."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(unsafe("A part of the file is a link to another file."))
    if entry.file_size > MOST_UNPACKED_PART:
        raise Refused(unsafe("A part of the file unpacks to more than 8 MB."))
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Refused(unsafe(f"A part of the file unpacks to more than {MOST_RATIO} times its size."))


def _check_overlap(entries: list[zipfile.ZipInfo], size: int) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused(unsafe("Parts of the file overlap."))
        end = entry.header_offset + 30 + entry.compress_size
    if end > size:
        raise Refused(damaged())


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than it said; zipfile compares the checksum, so less or other than it said is damage."""
    with archive.open(entry) as part:
        data = part.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise Refused(damaged())
    return data


def _scanned(parts: dict[str, bytes]) -> dict[str, Facts]:
    workbook = next((name for name in parts if re.fullmatch(r"xl/workbook\d*\.xml", name)), "xl/workbook.xml")
    book = _facts(parts, workbook)
    if any(namespace.startswith(_STRICT) for namespace in book.namespaces):
        raise Refused(formats.strict())
    targets = _facts(parts, f"xl/_rels/{posixpath.basename(workbook)}.rels").targets
    sheets = {posixpath.normpath(posixpath.join("/xl", targets.get(id_, "")))[1:]: name for name, id_ in book.sheets}
    xml = [name for name in parts if name.lower().endswith((".xml", ".rels"))]
    # Shared strings first: a sheet's cells are checked against their number.
    texts = [name for name in xml if name.lower().endswith("sharedstrings.xml")]
    strings = sum(_facts(parts, name).strings for name in texts)
    facts = {name: _facts(parts, name, sheets.get(name, name), strings) for name in xml if name not in texts}
    return {title: facts[name] for name, title in sheets.items() if name in facts and facts[name].root == "worksheet"}


def _facts(parts: dict[str, bytes], name: str, sheet: str = "", strings: int = 0) -> Facts:
    if name not in parts:
        raise Refused(damaged("The file is incomplete: parts of the workbook are missing."))
    try:
        return scan(parts[name], sheet, strings)
    except Unsafe as found:
        raise Refused(_in_words(found)) from found
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused(damaged()) from error


_FIXES = {
    "outside_form": ("The cells of the template only.", "Clear that cell, and everything outside the form, and save."),
    "unreadable_number": ("A number.", "Type the number again in Excel and save."),
}


def _in_words(found: Unsafe) -> Problem:
    base = unsafe(found.found) if found.rule == "file_unsafe" else damaged(found.found)
    expected, fix = _FIXES.get(found.rule, (base.expected, base.fix))
    return Problem(found.rule, ERROR, found.found, expected, fix, cell=found.cell)
