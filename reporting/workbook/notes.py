"""The comments of a sheet: ours added, ours of a former time taken away, everybody else's kept.

A comment lives twice in a file: its text in the comments part, its box in a drawing of an older format (VML), which
is text to us because Excel writes it in a form that is not always XML.
"""

import re
from xml.etree.ElementTree import Element

from reporting.workbook.package import Package, add, child, children, made, put_after

AUTHOR = "HISP Quarterly"
SIGNED = "— Check by HISP Quarterly"  # the last line of our part of a comment; programs may drop the author
_CONVERSATION = "tc="  # so begins the author of what stands in for a conversation, which Excel keeps elsewhere
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode()
_BOX_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NO_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_VOCABULARIES = {"v": "vml", "o": "office:office", "x": "office:excel"}
_WIDTH, _IN_A_LINE, _LINE = 300, 46, 17  # pixels, characters, pixels
# What in a worksheet comes before the reference to its boxes.
_BEFORE = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing"),
)


class Notes:
    """The comments of the sheet in `part`, our former ones already taken away."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.texts: Element | None = None
        self.boxes = ""
        self.comments_part, self.boxes_part = "", ""
        if found := package.related(part, "comments"):
            self.comments_part = found[0]
            self.texts = package.tree(found[0])
        if found := package.related(part, "vmlDrawing"):
            self.boxes_part = found[0]
            self.boxes = package.parts[found[0]].decode("latin-1")  # byte for byte; what we add is ASCII
        for comment in self._comments():
            self._take_ours_away(comment)

    def _list(self) -> Element | None:
        return child(self.texts, "commentList") if self.texts is not None else None

    def _comments(self) -> list[Element]:
        listed = self._list()
        return children(listed, "comment") if listed is not None else []

    def _take_ours_away(self, comment: Element) -> None:
        said = _said(comment)
        if SIGNED not in said:
            return
        theirs = said.rpartition(SIGNED)[2].strip()
        listed = self._list()
        if theirs:
            _say(comment, [("", theirs)])
        elif listed is not None:
            listed.remove(comment)
            self._remove_box(comment.get("ref", ""))

    def write(self, address: str, parts: list[tuple[str, str]]) -> None:
        """At the cell, above what somebody else wrote there. `parts`: a word in bold, and what follows it."""
        ours = [*parts, ("", f"\n{SIGNED}")]
        existing = next((comment for comment in self._comments() if comment.get("ref") == address), None)
        if existing is not None and self._author(existing).startswith(_CONVERSATION):
            return
        if existing is not None:
            ours = [*ours, ("", f"\n\n{_said(existing)}")] if _said(existing).strip() else ours
            _say(existing, ours)
            self._remove_box(address)
        else:
            _say(self._new(address), ours)
        self._add_box(address, "".join(bold + plain for bold, plain in ours))

    def _author(self, comment: Element) -> str:
        authors = child(self.texts, "authors") if self.texts is not None else None
        number = comment.get("authorId", "")
        return (authors[int(number)].text or "") if authors is not None and _is_index(number, authors) else ""

    def _new(self, address: str) -> Element:
        if self.texts is None:
            content_type = f"{_SPREADSHEET}.comments+xml"
            self.comments_part = self.package.new_part("xl/comments{}.xml", _EMPTY, content_type)
            self.package.relate(self.part, "comments", self.comments_part)
            self.texts = self.package.tree(self.comments_part)
        listed, authors = self._list(), child(self.texts, "authors")
        assert listed is not None
        if authors is None:
            authors = made(self.texts, "authors")
            self.texts.insert(0, authors)
        names = [each.text for each in authors]
        if AUTHOR not in names:
            add(authors, "author").text = AUTHOR
            names.append(AUTHOR)
        return add(listed, "comment", ref=address, authorId=str(names.index(AUTHOR)))

    def _remove_box(self, address: str) -> None:
        row, column = _place(address)
        shape, excel = self._prefix("v"), self._prefix("x")
        here = (f"<{excel}:Row>{row}</{excel}:Row>", f"<{excel}:Column>{column}</{excel}:Column>")
        self.boxes = re.sub(
            rf"<{shape}:shape\b.*?</{shape}:shape>",
            lambda box: "" if all(mark in re.sub(r"\s+", "", box[0]) for mark in here) else box[0],
            self.boxes,
            flags=re.DOTALL,
        )

    def _prefix(self, usual: str) -> str:
        """Programs differ in the prefixes they give."""
        found = re.search(rf"xmlns:(\w+)=[\"']urn:schemas-microsoft-com:{_VOCABULARIES[usual]}[\"']", self.boxes)
        return found[1] if found else usual

    def _in_boxes(self, vml: str) -> None:
        """At the end, with the prefixes of the drawing."""
        for usual in _VOCABULARIES:
            vml = re.sub(rf"(</?|\s){usual}:", rf"\g<1>{self._prefix(usual)}:", vml)
        start, end, rest = self.boxes.rpartition("</xml>")
        self.boxes = f"{start}{vml}{end}{rest}"

    def _add_box(self, address: str, text: str) -> None:
        if "</xml>" not in self.boxes:
            self.boxes = _NO_BOXES
        if "_x0000_t202" not in self.boxes:
            self._in_boxes(_BOX_TYPE)
        taken = [int(number) for number in re.findall(r'"_x0000_s(\d{1,8})"', self.boxes)]
        row, column = _place(address)
        lines = sum(1 + len(line) // _IN_A_LINE for line in text.split("\n"))
        self._in_boxes(
            f'<v:shape id="_x0000_s{max(taken, default=1024) + 1}" type="#_x0000_t202" style="position:absolute;'
            f"margin-left:60pt;margin-top:2pt;width:{_WIDTH}px;height:{_LINE * lines + 12}px;z-index:1;"
            'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )

    def save(self) -> None:
        if self.texts is None:
            return
        data = self.boxes.encode("latin-1")
        if self.boxes_part:
            self.package.parts[self.boxes_part] = data
            return
        kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        drawing = self.package.new_part("xl/drawings/vmlDrawing{}.vml", data, kind)
        sheet = self.package.tree(self.part)
        for dangling in children(sheet, "legacyDrawing"):
            sheet.remove(dangling)
        reference = made(sheet, "legacyDrawing")
        reference.set("xmlns:rel", _RELATIONS)
        reference.set("rel:id", self.package.relate(self.part, "vmlDrawing", drawing))
        put_after(sheet, reference, *_BEFORE)


def _is_index(number: str, among: Element) -> bool:
    return number.isdecimal() and len(number) < 9 and int(number) < len(among)


def _said(comment: Element) -> str:
    return "".join(each.text or "" for each in comment.iter() if each.tag.rpartition(":")[2] == "t")


def _say(comment: Element, parts: list[tuple[str, str]]) -> None:
    for former in children(comment, "text"):
        comment.remove(former)
    text = made(comment, "text")
    comment.insert(0, text)
    for bold, plain in parts:
        for words, is_bold in ((bold, True), (plain, False)):
            if words:
                _run(text, words, is_bold)


def _run(text: Element, words: str, is_bold: bool) -> None:
    run = add(text, "r")
    look = add(run, "rPr")
    if is_bold:
        add(look, "b")
    add(look, "sz", val="10")
    add(look, "color", rgb="FF000000")
    add(look, "rFont", val="Tahoma")
    add(run, "t", **{"xml:space": "preserve"}).text = words


def _place(address: str) -> tuple[int, int]:
    """Row and column from 0, as boxes have them."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1
