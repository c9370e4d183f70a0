"""Is this byte string safe to open? Size, real format, zip table, what really unpacks, then every XML part.

Nothing here trusts what the file says of itself; nothing else opens a file that was not passed here. The web worker
asks `refusal_at_the_door`, which looks at the outside and unpacks next to nothing; the child process asks `inspect`,
which looks at everything. A filled template costs 0.5 ms and 15 ms.
"""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from reporting.workbook import formats
from reporting.workbook.archive import table, unpacked
from reporting.workbook.cells import Problem
from reporting.workbook.facts import Facts
from reporting.workbook.manifest import CONTENT_TYPES, MOST_TAGS, PROPERTIES, Local, content_types, manifest
from reporting.workbook.refusals import Refused, damaged, empty, linked_cell, links_noted, too_large, too_many
from reporting.workbook.scan import scan
from reporting.workbook.walk import walk

MOST_BYTES = 5 * 1024 * 1024
MOST_TAGS_IN_ALL = 400_000
_BLANK = b" \t\r\n\xef\xbb\xbf\xfe\xff\x00"
_BARE_SHEET = b"<worksheet/>"  # openpyxl opens each sheet, but reads none
_MOST_OUTSIDE = 256 * 1024  # of the content types, the one part that is read at the door


@dataclass(frozen=True)
class Safe:
    """A file that may be opened.

    `book`: the same workbook, with the parts that reading needs and no other, its sheets bare. `sheets`: what stands
    in each, by title. `problems`: what is to be said although it may be opened.
    """

    book: bytes = b""
    sheets: dict[str, Facts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def refusal(data: bytes) -> Problem | None:
    """Why the file is not opened; None when it may be. Never raises."""
    try:
        inspect(data)
    except Refused as refused:
        return refused.problem
    return None


def refusal_at_the_door(data: bytes) -> Problem | None:
    """Why the file is not even sent to the child; None when it is. Never raises."""
    try:
        _entries(data)
    except Refused as refused:
        return refused.problem
    return None


def inspect(data: bytes) -> Safe:
    """Raises Refused with the reason."""
    parts = {entry.filename: unpacked(data, entry) for entry in _entries(data) if not entry.is_dir()}
    if sum(part.count(b"<") for name, part in parts.items() if _is_markup(name, part)) > MOST_TAGS_IN_ALL:
        raise Refused(too_many("cells and settings"))
    found = manifest(parts)
    read = {*found.sheets.values(), *found.used}
    for name in parts.keys() - read | {PROPERTIES} & parts.keys():
        _look_through(name, parts[name])
    sheets = {title: scan(parts[part], title, found.strings, found.styles) for title, part in found.sheets.items()}
    if not sheets:
        raise Refused(formats.no_cells())
    book = {name: parts[name] for name in found.used} | dict.fromkeys(found.sheets.values(), _BARE_SHEET)
    return Safe(_packed(book), sheets, _on_links(parts, sheets))


def _look_through(name: str, part: bytes) -> None:
    """A part that is not read here, but by whoever opens the file next."""
    if not _is_markup(name, part):
        return
    try:
        walk(part, MOST_TAGS, Local(ddeLink=_refuse_connection, oleLink=_refuse_connection))
    except Refused as refused:
        # Excel's own drawings of comments (.vml) are not always well-formed.
        if not (name.endswith(".vml") and refused.problem == damaged()):
            raise


def _refuse_connection(*_: object) -> None:
    raise Refused(formats.connected())


def _is_markup(name: str, part: bytes) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml")) or part[:200].lstrip(_BLANK)[:1] == b"<"


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in sorted(parts.items()):
            archive.writestr(name, part)
    return file.getvalue()


def _on_links(parts: dict[str, bytes], sheets: dict[str, Facts]) -> list[Problem]:
    problems = [linked_cell(cell) for facts in sheets.values() for cell in facts.linked]
    if any(name.lower().startswith("xl/externallinks/") for name in parts):
        problems.append(links_noted())
    return problems


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """The parts of a file whose outside is that of a workbook."""
    if not data:
        raise Refused(empty())
    if len(data) > MOST_BYTES:
        raise Refused(too_large(len(data), MOST_BYTES))
    if not data.startswith(formats.ZIP):
        raise Refused(formats.not_a_zip(data))
    entries = table(data)
    small = {
        entry.filename: unpacked(data, entry)
        for entry in entries
        if entry.filename in (CONTENT_TYPES, "mimetype") and entry.file_size <= _MOST_OUTSIDE
    }
    types = content_types(small[CONTENT_TYPES]) if CONTENT_TYPES in small else {}
    names = {entry.filename for entry in entries}
    if other := formats.of_package(names, set(types), small.get("mimetype", b"")):
        raise Refused(other)
    return entries
