"""C: XML that grows, reaches out, hides or breaks off."""

import re
import socket
from collections.abc import Callable
from functools import cache
from zipfile import ZIP_STORED

from reporting.workbook import spec
from tests.corpus.base import Item, having
from tests.reporting.workbook.workbooks import complete, part_of, parts_of

RESPONSES = part_of(spec.RESPONSES)
WORKBOOK, STYLES, STAMP = "xl/workbook.xml", "xl/styles.xml", "docProps/custom.xml"
UNSAFE, DAMAGED = "file_unsafe", "file_damaged"
DTD = "a document type definition, which a workbook never has"
UTF_8 = "not written in UTF-8"
PATHS = ("file:///etc/passwd", "file:///proc/self/environ", "php://filter/resource=/etc/hostname")


@cache
def listener() -> socket.socket:
    """Where an outside entity would call; nobody ever should."""
    return socket.create_server(("127.0.0.1", 0))


def was_called() -> bool:
    listener().setblocking(False)
    try:
        listener().accept()
    except BlockingIOError:
        return False
    return True


def _address() -> str:
    return f"http://127.0.0.1:{listener().getsockname()[1]}/evil.dtd"


def _with_dtd(part: str, subset: str, body: str = "") -> bytes:
    """The part with a document type before its outermost element, and `body` first in that."""
    text = parts_of(complete())[part].decode()
    root = re.search(r"<\w[^>]*>", text)
    assert root
    dtd = f"{text[: root.start()]}<!DOCTYPE x {subset}>{root[0]}{body}{text[root.end() :]}"
    return having({part: dtd.encode()}, ZIP_STORED)


def _laughs(part: str) -> Callable[[], bytes]:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return lambda: _with_dtd(part, f'[<!ENTITY l0 "lol">{steps}]', "<a>&l9;</a>")


def _quadratic(part: str) -> Callable[[], bytes]:
    return lambda: _with_dtd(part, f'[<!ENTITY a "{"a" * 50_000}">]', f"<a>{'&a;' * 30_000}</a>")


def _outside(part: str, path: str) -> Callable[[], bytes]:
    return lambda: _with_dtd(part, f'[<!ENTITY a SYSTEM "{path}">]', "<a>&a;</a>")


def _text(content: str, encoding: str = "utf-8", part: str = RESPONSES) -> Callable[[], bytes]:
    return lambda: having({part: content.encode(encoding)})


def _in_sheet(xml: str) -> Callable[[], bytes]:
    """The Responses sheet with more XML behind its rows."""
    return lambda: having(
        {RESPONSES: parts_of(complete())[RESPONSES].replace(b"</sheetData>", f"</sheetData>{xml}".encode(), 1)}
    )


def _recoded(name: str, encoding: str, doctype: str = "") -> Callable[[], bytes]:
    def make() -> bytes:
        text = parts_of(complete())[RESPONSES].decode()
        body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        return having({RESPONSES: f'<?xml version="1.0" encoding="{name}"?>{doctype}{body}'.encode(encoding)})

    return make


def _item(id_: str, data: Callable[[], bytes], rule: str, says: str) -> Item:
    return Item("C", id_, data, rule, says)


ITEMS = [
    *[
        _item(f"laughs in {part}", _laughs(part), UNSAFE, DTD)
        for part in (RESPONSES, WORKBOOK, STYLES, STAMP, "docProps/app.xml", "[Content_Types].xml")
    ],
    *[_item(f"quadratic in {part}", _quadratic(part), UNSAFE, DTD) for part in (RESPONSES, STYLES)],
    *[_item(f"entity {path}", _outside(WORKBOOK, path), UNSAFE, DTD) for path in PATHS],
    _item("entity over http", lambda: _outside(RESPONSES, _address())(), UNSAFE, DTD),
    _item("DTD over http", lambda: _with_dtd(STYLES, f'SYSTEM "{_address()}"'), UNSAFE, DTD),
    _item(
        "parameter entity",
        lambda: _with_dtd(STAMP, f'[<!ENTITY % a SYSTEM "{_address()}"> %a;]'),
        UNSAFE,
        DTD,
    ),
    _item("harmless DTD", lambda: _with_dtd(RESPONSES, ""), UNSAFE, DTD),
    _item("DTD in a part nobody reads", _text("<!DOCTYPE a><a/>", part="xl/media/image1.png"), UNSAFE, DTD),
    _item("DTD in a drawing", _text("<!DOCTYPE a><a/>", part="xl/drawings/vmlDrawing9.vml"), UNSAFE, DTD),
    _item("UTF-16", _recoded("UTF-16", "utf-16"), UNSAFE, UTF_8),
    _item("UTF-16 with DTD", _recoded("UTF-16", "utf-16", "<!DOCTYPE a>"), UNSAFE, UTF_8),
    _item("UTF-16 without mark", _recoded("UTF-16", "utf-16-be"), UNSAFE, UTF_8),
    _item("UTF-16 that says UTF-8", _recoded("UTF-8", "utf-16"), UNSAFE, UTF_8),
    _item("UTF-32", _recoded("UTF-32", "utf-32"), UNSAFE, UTF_8),
    _item("UTF-7", _recoded("UTF-7", "utf-7", "<!DOCTYPE a>"), UNSAFE, UTF_8),
    _item("Latin 1", _recoded("ISO-8859-1", "utf-8"), UNSAFE, UTF_8),
    _item("EBCDIC", _text('<?xml version="1.0" encoding="cp037"?><a/>', "cp037"), DAMAGED, "damaged"),
    _item("long attribute", _in_sheet(f'<a b="{"x" * 1_000_000}"/>'), UNSAFE, "a setting that is far too long"),
    _item("long attribute in pieces", _in_sheet(f'<a b="{">" * 20_000}"/>'), UNSAFE, "a setting that is far too long"),
    _item("long name", _in_sheet(f"<{'x' * 100_000}/>"), UNSAFE, "a setting that is far too long"),
    _item("long comment", _in_sheet(f"<!--{'<x' * 100_000}-->"), UNSAFE, "a comment that is far too long"),
    _item("nested", _in_sheet("<a>" * 100 + "</a>" * 100), UNSAFE, "nested deeper than any workbook"),
    _item("nested deeply", _in_sheet("<a>" * 90_000), UNSAFE, "nested deeper than any workbook"),
    _item("not closed", _text("<worksheet><sheetData>"), DAMAGED, "damaged"),
    _item("empty part", _text(""), DAMAGED, "damaged"),
    _item("two roots", _text("<worksheet/><worksheet/>"), DAMAGED, "damaged"),
    _item("control character", _in_sheet("<a>&#1;</a>"), DAMAGED, "damaged"),
    _item("lone surrogate", _in_sheet("<a>&#xD800;</a>"), DAMAGED, "damaged"),
    _item("entity that is not declared", _in_sheet("<a>&nbsp;</a>"), DAMAGED, "damaged"),
    _item("prefix that is not declared", _in_sheet("<x:a/>"), DAMAGED, "damaged"),
]
