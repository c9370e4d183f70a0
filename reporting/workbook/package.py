"""An .xlsx file as its parts, whose XML can be changed in places while all the rest stays as it was.

openpyxl would lose what it does not know: drop-downs as Excel saves them, stored results, the size of comments. Here
names keep the prefixes they have in the file, so nothing needs to be understood but what is changed. Only for bytes
that the guard passed.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "[Content_Types].xml"


def local(element: Element) -> str:
    """The name without its prefix."""
    return element.tag.rpartition(":")[2]


def children(parent: Element, name: str) -> list[Element]:
    return [element for element in parent if local(element) == name]


def child(parent: Element, name: str) -> Element | None:
    return next(iter(children(parent, name)), None)


def made(like: Element, name: str, /, **attributes: str) -> Element:
    """A new element with the prefix of `like`."""
    prefix, colon, _ = like.tag.rpartition(":")
    return Element(f"{prefix}{colon}{name}", attributes)


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    element = made(parent, name, **attributes)
    parent.append(element)
    return element


def put_after(parent: Element, element: Element, *names: str) -> None:
    """Where the schema wants it: behind the last child that has one of the names."""
    places = [n for n, each in enumerate(parent, start=1) if local(each) in names]
    parent.insert(max(places, default=0), element)


def parsed(data: bytes) -> Element:
    """The tree of a part, with names as written."""
    builder, parser = TreeBuilder(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(data, True)
    root: Element = builder.close()
    return root


def written(root: Element) -> bytes:
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data


class Package:
    """The parts of a file by name. A part that was asked for as a tree is written back from it."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        self._trees: dict[str, Element] = {}
        self.workbook = self._workbook()

    def _workbook(self) -> str:
        """By its type, as the reader finds it."""
        named = (each.get("PartName", "") for each in self.tree(_CONTENT_TYPES) if _is_workbook(each))
        return next((name[1:] for name in named if name), "xl/workbook.xml")

    def tree(self, part: str) -> Element:
        if part not in self._trees:
            self._trees[part] = parsed(self.parts[part])
        return self._trees[part]

    def save(self) -> bytes:
        parts = self.parts | {part: written(root) for part, root in self._trees.items()}
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():  # dated alike, so that the same parts are the same file
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return file.getvalue()

    def sheets(self) -> dict[str, str]:
        """Title -> part, of the sheets that have cells."""
        targets = {each.get("Id"): target for each, target in self._relations(self.workbook, "worksheet")}
        found = {}
        for sheet in self.sheet_list():
            target = targets.get(_relation_of(sheet))
            if target is not None:
                found[sheet.get("name", "")] = target
        return found

    def sheet_list(self) -> Element:
        sheets = child(self.tree(self.workbook), "sheets")
        return sheets if sheets is not None else Element("sheets")

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part refers to as `kind`, such as "comments"."""
        return [target for _, target in self._relations(part, kind)]

    def _relations(self, part: str, kind: str) -> Iterator[tuple[Element, str]]:
        path = _relations_part(part)
        for relation in self.tree(path) if path in self.parts else ():
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.get("Target", "")))[1:]
            if relation.get("Type", "").endswith(f"/{kind}") and target in self.parts:
                yield relation, target

    def relate(self, part: str, kind: str, target: str) -> str:
        """Makes `part` refer to `target`; returns the id of the relation."""
        path = _relations_part(part)
        if path not in self.parts:
            self.parts[path] = written(Element("Relationships", xmlns=_PACKAGE_RELATIONS))
        relations = self.tree(path)
        taken = {each.get("Id") for each in relations}
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        add(relations, "Relationship", Id=name, Type=f"{_RELATIONS}/{kind}", Target=f"/{target}")
        return name

    def new_part(self, pattern: str, content: bytes, content_type: str) -> str:
        """Adds a part under the first free name, such as "xl/comments{}.xml"."""
        taken = {name.casefold() for name in self.parts}
        name = next(pattern.format(n) for n in range(1, len(taken) + 2) if pattern.format(n).casefold() not in taken)
        return self.put_part(name, content, content_type)

    def put_part(self, name: str, content: bytes, content_type: str) -> str:
        self.remove_part(name)
        self.parts[name] = content
        add(self.tree(_CONTENT_TYPES), "Override", PartName=f"/{name}", ContentType=content_type)
        return name

    def add_sheet(self, title: str, content: bytes) -> None:
        """As the first sheet, and the one that is shown."""
        part = self.new_part("xl/worksheets/sheet{}.xml", content, f"{_SPREADSHEET}.worksheet+xml")
        sheets = self.sheet_list()
        number = 1 + max((int(sheet.get("sheetId", "0")) for sheet in sheets), default=0)
        sheet = made(sheets, "sheet", name=title, sheetId=str(number))
        sheet.set("xmlns:rel", _RELATIONS)
        sheet.set("rel:id", self.relate(self.workbook, "worksheet", part))
        sheets.insert(0, sheet)
        self._renumber(lambda index: index + 1)
        self.show_first()

    def show_first(self) -> None:
        for view in self.tree(self.workbook).iter():
            if local(view) == "workbookView":
                view.set("activeTab", "0")
                view.set("firstSheet", "0")

    def remove_sheet(self, title: str) -> None:
        sheets = self.sheet_list()
        place, sheet = next((n, each) for n, each in enumerate(sheets) if each.get("name") == title)
        part = self.sheets()[title]
        relations = self.tree(_relations_part(self.workbook))
        for relation in [each for each in relations if each.get("Id") == _relation_of(sheet)]:
            relations.remove(relation)
        sheets.remove(sheet)
        self._renumber(lambda index: index - (index > place), gone=place)
        self.remove_part(part)

    def remove_related(self, part: str, kind: str) -> None:
        """The parts that a part refers to as `kind`, with the references."""
        for relation, target in list(self._relations(part, kind)):
            self.tree(_relations_part(part)).remove(relation)
            self.remove_part(target)

    def remove_part(self, part: str) -> None:
        types = self.tree(_CONTENT_TYPES)
        for each in [each for each in types if each.get("PartName") == f"/{part}"]:
            types.remove(each)
        for name in (part, _relations_part(part)):
            self.parts.pop(name, None)
            self._trees.pop(name, None)

    def _renumber(self, renumbered: Callable[[int], int], gone: int = -1) -> None:
        """Print titles and print areas belong to a sheet by its place."""
        names = child(self.tree(self.workbook), "definedNames")
        for name in list(names) if names is not None else ():
            index = name.get("localSheetId", "")
            if not re.fullmatch(r"\d{1,4}", index):
                continue
            if int(index) == gone and names is not None:
                names.remove(name)
            else:
                name.set("localSheetId", str(renumbered(int(index))))


_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _is_workbook(content_type: Element) -> bool:
    return content_type.get("ContentType", "") == f"{_SPREADSHEET}.sheet.main+xml"


def _relations_part(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")


def _relation_of(sheet: Element) -> str | None:
    return next((value for name, value in sheet.attrib.items() if name.rpartition(":")[2] == "id"), None)
