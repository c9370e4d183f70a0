"""The styles of somebody else's file, with ours added: fills that mark a cell, and the looks of the Problems sheet.

A style is a number, as cells have it. Equal parts are never added twice, so that marking a file again adds nothing.
"""

from copy import deepcopy
from xml.etree.ElementTree import Element, tostring

from openpyxl.styles import is_date_format
from openpyxl.styles.numbers import BUILTIN_FORMATS

from reporting.workbook import looks
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE
from reporting.workbook.package import add, child, made, put_after

# Light enough for black text at 7 : 1. The words in the comment say the same.
COLORS = {ERROR: "FFF6B9B0", EXPLAIN: "FFFBE08D", NOTE: "FFBFD9F2"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
_PLAIN_NUMBER = "3"  # #,##0, which Excel has built in
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")  # as the schema wants them


class Styles:
    """`root` is the tree of the file's styles."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.fonts, self.fills, self.borders, self.formats = map(self._list, ("fonts", "fills", "borders", "cellXfs"))
        if not len(self.formats):
            add(self.formats, "xf")

    def _list(self, name: str) -> Element:
        found = child(self.root, name)
        if found is None:
            found = made(self.root, name)
            put_after(self.root, found, *_ORDER[: _ORDER.index(name)])
        return found

    def _place(self, among: Element, element: Element) -> int:
        """Where an equal one stands; it is added when there is none."""
        wanted = tostring(element)
        for place, each in enumerate(among):
            if tostring(each) == wanted:
                return place
        among.append(element)
        among.set("count", str(len(among)))
        return len(among) - 1

    def _format(self, style: int) -> Element:
        return self.formats[style if style < len(self.formats) else 0]

    def marked(self, style: int, severity: str) -> int:
        """The same with our fill, and dark letters where they were white."""
        changed = deepcopy(self._format(style))
        changed.set("fillId", str(self._fill(COLORS[severity])))
        changed.set("applyFill", "1")
        if self._is_white(changed):
            changed.set("fontId", str(self._font(bold=True, color=looks.INK)))
            changed.set("applyFont", "1")
        return self._place(self.formats, changed)

    def unmarked(self, style: int) -> int:
        """Without our fill; the same when it has none."""
        if not self.is_marked(style):
            return style
        changed = deepcopy(self._format(style))
        changed.set("fillId", "0")
        changed.attrib.pop("applyFill", None)  # so that it equals the style it was made from
        return self._place(self.formats, changed)

    def is_marked(self, style: int) -> bool:
        fill = self._part(self.fills, self._format(style), "fillId")
        colors = {each.get("rgb", "").upper() for each in fill.iter()} if fill is not None else set()
        return not colors.isdisjoint(COLORS.values())

    def for_number(self, style: int) -> int:
        """The same, but a number shows as a number: not as a date, a share, or after an apostrophe as text."""
        code, changed = self._code(self._format(style)), deepcopy(self._format(style))
        if "%" in code or is_date_format(code):
            changed.set("numFmtId", _PLAIN_NUMBER)
        changed.attrib.pop("quotePrefix", None)
        return self._place(self.formats, changed)

    def for_text(self, style: int) -> int:
        """The same, but what starts with an equals sign stays text even when the cell is edited."""
        changed = deepcopy(self._format(style))
        changed.set("quotePrefix", "1")
        return self._place(self.formats, changed)

    def _code(self, of: Element) -> str:
        """How numbers are shown."""
        number, listed = of.get("numFmtId", "0"), child(self.root, "numFmts")
        own = {each.get("numFmtId"): each.get("formatCode", "") for each in (listed if listed is not None else ())}
        return own.get(number) or (BUILTIN_FORMATS.get(int(number), "") if number.isdecimal() else "")

    def _is_white(self, of: Element) -> bool:
        font = self._part(self.fonts, of, "fontId")
        color = child(font, "color") if font is not None else None
        return color is not None and (color.get("rgb", "")[-6:].upper() == "FFFFFF" or color.get("theme") == "0")

    def _part(self, among: Element, of: Element, attribute: str) -> Element | None:
        number = of.get(attribute, "0")
        return among[int(number)] if number.isdecimal() and int(number) < len(among) else None

    def look(
        self,
        *,
        size: int = 11,
        bold: bool = False,
        color: str = looks.INK,
        underline: bool = False,
        fill: str = "",
        boxed: bool = True,
        wrap: bool = True,
    ) -> int:
        """A look for text. What starts with an equals sign stays text even when the cell is edited."""
        format_ = made(
            self.formats,
            "xf",
            numFmtId="49",
            fontId=str(self._font(size=size, bold=bold, color=color, underline=underline)),
            fillId=str(self._fill(fill) if fill else 0),
            borderId=str(self._box() if boxed else 0),
            xfId="0",
            quotePrefix="1",
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        alignment = add(format_, "alignment", vertical="top" if boxed else "center", wrapText=str(int(wrap)))
        if boxed:
            alignment.set("horizontal", "left")
            alignment.set("indent", "1")
        return self._place(self.formats, format_)

    def _font(self, *, size: int = 11, bold: bool = False, color: str, underline: bool = False) -> int:
        font = made(self.fonts, "font")
        if bold:
            add(font, "b")
        if underline:
            add(font, "u")
        add(font, "sz", val=str(size))
        add(font, "color", rgb=f"FF{color}")
        add(font, "name", val=looks.FONT)
        return self._place(self.fonts, font)

    def _fill(self, rgb: str) -> int:
        fill = made(self.fills, "fill")
        pattern = add(fill, "patternFill", patternType="solid")
        add(pattern, "fgColor", rgb=rgb)
        add(pattern, "bgColor", indexed="64")
        return self._place(self.fills, fill)

    def _box(self) -> int:
        border = made(self.borders, "border")
        for side in ("left", "right", "top", "bottom"):
            add(add(border, side, style="thin"), "color", rgb=f"FF{looks.LINE}")
        add(border, "diagonal")
        return self._place(self.borders, border)
