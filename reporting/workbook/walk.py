"""Goes through an XML part once, before any other parser sees it. Pure expat: no tree, no entity, no DTD.

Names come with their namespace, as "namespace name": a prefix means as little as it does to openpyxl.
"""

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from reporting.workbook.cells import Problem
from reporting.workbook.refusals import Refused, damaged, too_many, unsafe

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DEEPEST = 40
LONGEST_ATTRIBUTE, LONGEST_COMMENT = 8_192, 4_096  # Excel’s longest is a formula; Excel writes no comments

_LONG_STRETCH = re.compile(rb"<[^<]{%d}" % LONGEST_COMMENT)
_ENCODINGS = (None, "utf-8", "us-ascii", "ascii")
_BAD_ENCODING = [
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
]

_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]

Attributes = dict[str, str]
Start = Callable[[Attributes, int], None]  # attributes, depth from 1


def walk(
    data: bytes,
    most_tags: int,
    starts: Mapping[str, Start],
    ends: Mapping[str, Callable[[], None]] | None = None,
    characters: Callable[[str], None] | None = None,
    *,
    things: str = "styles and settings",
) -> str:
    """Calls `starts` and `ends` by name; returns the name of the outermost element. Raises Refused."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        raise Refused(_not_utf_8())
    if data.count(b"<") > most_tags:
        raise Refused(too_many(things))
    # No tag is longer than the stretch from its "<" to the next: only where one is long, tags are measured.
    walker = _Walker(starts, ends or {}, measures_tags=_LONG_STRETCH.search(data) is not None)
    try:
        walker.parser(characters).Parse(data, True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise Refused(_not_utf_8() if error.code in _BAD_ENCODING else damaged()) from error
    except (ValueError, LookupError) as error:
        raise Refused(damaged()) from error
    return walker.root


class _Walker:
    def __init__(
        self, starts: Mapping[str, Start], ends: Mapping[str, Callable[[], None]], measures_tags: bool
    ) -> None:
        self.start_of, self.end_of, self.measures_tags = starts.get, ends.get, measures_tags
        self.depth, self.root = 0, ""

    def parser(self, characters: Callable[[str], None] | None) -> expat.XMLParserType:
        parser = self.expat = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.CommentHandler = self._comment
        parser.StartElementHandler = self._first_start
        parser.EndElementHandler = self._end
        if characters is not None:
            parser.buffer_text = True
            parser.CharacterDataHandler = characters
        return parser

    def _first_start(self, name: str, attributes: Attributes) -> None:
        self.root = name
        start = self._measured_start if self.measures_tags else self._start
        self.expat.StartElementHandler = start
        start(name, attributes)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding and encoding.lower()) not in _ENCODINGS:
            raise Refused(_not_utf_8())

    def _doctype(self, *_: object) -> None:
        raise Refused(unsafe("The file contains a document type definition, which a workbook never has."))

    def _comment(self, text: str) -> None:
        if len(text) > LONGEST_COMMENT:
            raise Refused(unsafe("A part of the file holds a comment that is far too long."))

    def _measured_start(self, name: str, attributes: Attributes) -> None:
        if len(name) > LONGEST_COMMENT or any(len(value) > LONGEST_ATTRIBUTE for value in attributes.values()):
            raise Refused(unsafe("A part of the file holds a setting that is far too long."))
        self._start(name, attributes)

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(unsafe("The file is nested deeper than any workbook."))
        start = self.start_of(name)
        if start is not None:
            start(attributes, self.depth)

    def _end(self, name: str) -> None:
        self.depth -= 1
        end = self.end_of(name)
        if end is not None:
            end()


def _not_utf_8() -> Problem:
    return unsafe("A part of the file is not written in UTF-8, as a workbook always is.")
