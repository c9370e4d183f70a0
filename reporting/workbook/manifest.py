"""Which part of the package is what: the workbook, its sheets by name, the texts and formats that cells point to.

Parts are found the way openpyxl finds them, so that what was looked at is what is read. Names of elements count
without their namespace here, as they do there.
"""

import posixpath
from dataclasses import dataclass, field
from typing import Any

from reporting.workbook import formats
from reporting.workbook.refusals import Refused, damaged, too_many, unsafe
from reporting.workbook.walk import Attributes, Start, walk

MOST_TAGS = 100_000  # of styles and settings; workbooks that were pasted together for years have some 30,000
MOST_TAGS_HERE = 5_000  # of content types and relationships
MOST_TEXT_TAGS = 200_000
MOST_SHEETS, MOST_NAMES, LONGEST_TITLE = 60, 5_000, 255

CONTENT_TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"  # openpyxl looks for no other
PROPERTIES = "docProps/custom.xml"  # where the stamp stands too
STRICT = "http://purl.oclc.org/ooxml/"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HARMLESS_OUTSIDE = ("/hyperlink", "/externalLinkPath", "/xlPathMissing", "/xlStartup", "/xlLibrary")


@dataclass(frozen=True)
class Relation:
    """`target`: the part, as the package names it; outside of it, the address."""

    type: str
    target: str
    is_outside: bool


@dataclass
class Manifest:
    """`sheets`: part by title; `strings` and `styles`: how many there are. `used`: the parts that reading needs."""

    sheets: dict[str, str] = field(default_factory=dict)
    strings: int = 0
    styles: int = 1
    used: set[str] = field(default_factory=set)


def content_types(part: bytes) -> dict[str, list[str]]:
    """Names of parts by type; one that holds for an extension stands as "*.xml"."""
    found: dict[str, list[str]] = {}

    def note(name: str) -> Start:
        def start(attributes: Attributes, _: int) -> None:
            prefix = "*." if name == "Extension" else ""
            found.setdefault(attributes.get("ContentType", ""), []).append(prefix + attributes.get(name, ""))

        return start

    walk(part, MOST_TAGS_HERE, Local(Override=note("PartName"), Default=note("Extension")))
    return found


def manifest(parts: dict[str, bytes]) -> Manifest:
    """Of a package whose format `formats` knows to be a workbook. Raises Refused."""
    types = content_types(_part(parts, CONTENT_TYPES))
    workbook = _workbook(types)
    listed = _sheets(_part(parts, workbook))
    ties = {name: relations(part, name) for name, part in parts.items() if name.endswith(".rels")}
    beside = posixpath.join(posixpath.dirname(workbook), "_rels", f"{posixpath.basename(workbook)}.rels")
    _part(parts, beside)
    made = Manifest(used={CONTENT_TYPES, workbook, beside, STYLES, PROPERTIES} & {*parts})
    seen: set[str] = set()
    for title, id_ in listed:
        relation = _sheet_part(title, ties[beside].get(id_), parts)
        if not seen.isdisjoint({relation.target, title.casefold()}):
            raise Refused(damaged(f"The sheet {title[:60]} stands twice in the workbook."))
        seen |= {relation.target, title.casefold()}
        if relation.type.endswith("/worksheet"):
            made.sheets[title] = relation.target
    strings = next((name[1:] for name in types.get(f"{_TYPE}sharedStrings+xml", ())), "")
    if strings:
        made.strings = _count(_part(parts, strings), "si", 2, MOST_TEXT_TAGS, "texts")
        made.used.add(strings)
    if STYLES in parts:
        made.styles = _formats(parts[STYLES])
    return made


class Local(dict[str, Start]):
    """Finds a name whatever its namespace."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.rpartition(" ")[2], default)


def _part(parts: dict[str, bytes], name: str) -> bytes:
    if name not in parts:
        raise Refused(damaged("The file is incomplete: parts of the workbook are missing."))
    return parts[name]


def _workbook(types: dict[str, list[str]]) -> str:
    names = types.get(f"{_TYPE}sheet.main+xml", [])
    parts = [name for name in names if not name.startswith("*.")]
    if len(parts) > 1:
        raise Refused(unsafe("The file holds two workbooks."))
    if not names:
        raise Refused(damaged("The file is incomplete: parts of the workbook are missing."))
    return parts[0][1:] if parts else "xl/workbook.xml"


def _sheets(workbook: bytes) -> list[tuple[str, str]]:
    """Title and relation of each sheet, as listed."""
    found: list[tuple[str, str]] = []
    names = 0

    def sheet(attributes: Attributes, depth: int) -> None:
        if depth == 3:
            relation = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "id"), "")
            found.append((attributes.get("name", ""), relation))
        if len(found) > MOST_SHEETS:
            raise Refused(too_many("sheets"))

    def name(*_: object) -> None:
        nonlocal names
        names += 1
        if names > MOST_NAMES:
            raise Refused(too_many("defined names"))

    root = walk(workbook, MOST_TAGS, Local(sheet=sheet, definedName=name))
    if root.startswith(STRICT):
        raise Refused(formats.strict())
    if not found:
        raise Refused(damaged("The workbook has no sheets."))
    return found


def _sheet_part(title: str, relation: Relation | None, parts: dict[str, bytes]) -> Relation:
    if not title.strip():
        raise Refused(damaged("A sheet of the workbook has no name."))
    if len(title) > LONGEST_TITLE:
        raise Refused(
            damaged(f"The name of a sheet, “{title[:40]}…”, has {len(title):,} characters; Excel allows 31.")
        )
    if relation is None or relation.is_outside or relation.target not in parts:
        raise Refused(damaged(f"The sheet {title[:60]} is listed, but the file does not hold it."))
    if relation.type.endswith("acrosheet"):  # xlMacrosheet, xlIntlMacrosheet
        raise Refused(formats.macros())
    return relation


def relations(part: bytes, name: str) -> dict[str, Relation]:
    """What a part is tied to, by id. Raises Refused for a tie that leads outside and is no plain link."""
    folder = posixpath.dirname(posixpath.dirname(name))
    found: dict[str, Relation] = {}

    def relationship(attributes: Attributes, _: int) -> None:
        type_, target, id_ = (attributes.get(name, "") for name in ("Type", "Target", "Id"))
        is_outside = attributes.get("TargetMode") == "External"
        if is_outside and not type_.endswith(_HARMLESS_OUTSIDE):
            raise Refused(unsafe("The file loads a part of itself from somewhere else."))
        if id_ in found:
            raise Refused(damaged("The file is damaged: two of its parts go by one number."))
        found[id_] = Relation(type_, target if is_outside else _resolved(folder, target), is_outside)

    walk(part, MOST_TAGS_HERE, Local(Relationship=relationship))
    return found


def _resolved(folder: str, target: str) -> str:
    path = posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
    if path.startswith(("..", "/")) or "\\" in path:
        raise Refused(unsafe("A part of the file points to a place outside the file."))
    return path


def _count(part: bytes, element: str, at_depth: int, most_tags: int, things: str) -> int:
    count = 0

    def start(_: Attributes, depth: int) -> None:
        nonlocal count
        count += depth == at_depth

    walk(part, most_tags, Local({element: start}), things=things)
    return count


def _formats(styles: bytes) -> int:
    """How many cell formats there are: the xf of cellXfs, not those of cellStyleXfs."""
    inside, count = False, 0

    def list_(is_wanted: bool) -> Start:
        def start(*_: object) -> None:
            nonlocal inside
            inside = is_wanted

        return start

    def xf(*_: object) -> None:
        nonlocal count
        count += inside

    walk(styles, MOST_TAGS, Local(cellXfs=list_(True), cellStyleXfs=list_(False), dxfs=list_(False), xf=xf))
    return count or 1
