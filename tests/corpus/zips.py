"""B: zip files that lie, lead elsewhere or unpack to more than they should. Written by hand: no library would."""

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tests.corpus.base import Item
from tests.reporting.workbook.workbooks import complete, parts_of

SHEET = "xl/worksheets/sheet1.xml"
UNSAFE, DAMAGED = "file_unsafe", "file_damaged"
_UTF_8 = 0x800


@dataclass(frozen=True)
class Entry:
    """A part as it is written. `local` and `listed` say other things than the truth: names of fields and values."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = _UTF_8
    mode: int = 0
    local: dict[str, object] = field(default_factory=dict)
    listed: dict[str, object] = field(default_factory=dict)
    extra: bytes = b""
    trailer: bytes = b""


def entry(name: str, content: bytes, **changes: object) -> Entry:
    return replace(Entry(name, _deflated(content), len(content), zlib.crc32(content)), **changes)  # type: ignore[arg-type]


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _fields(made: Entry, told: dict[str, object]) -> dict[str, object]:
    return {
        "name": made.name,
        "flags": made.flags,
        "method": made.method,
        "crc": made.crc,
        "packed": len(made.packed),
        "size": made.size,
        "extra": made.extra,
    } | told


def _local(made: Entry) -> bytes:
    f = _fields(made, made.local)
    name = str(f["name"]).encode()
    extra = bytes(f["extra"])  # type: ignore[call-overload]
    sizes = (f["crc"], f["packed"], f["size"], len(name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, f["flags"], f["method"], 0, 33, *sizes) + name + extra


def _listed(made: Entry, offset: int) -> bytes:
    f = _fields(made, made.listed)
    name = str(f["name"]).encode()
    extra = bytes(f["extra"])  # type: ignore[call-overload]
    sizes = (f["crc"], f["packed"], f["size"], len(name), len(extra), 0, 0, 0, made.mode << 16)
    at = f.get("offset", offset)
    head = struct.pack("<4s2B5H3L5HLL", b"PK\1\2", 20, 3, 20, f["flags"], f["method"], 0, 33, *sizes, at)
    return head + name + extra


def written(entries: Iterable[Entry], *, offset: int = 0, count: int = 0) -> bytes:
    """`offset`, `count`: what the end of the file says too much."""
    body, directory, number = b"", b"", 0
    for made in entries:
        directory += _listed(made, len(body))
        body += _local(made) + made.packed + made.trailer
        number += 1
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, number + count, number + count, len(directory), len(body) + offset, 0
    )
    return body + directory + end


def _entries() -> list[Entry]:
    return [entry(name, content) for name, content in parts_of(complete()).items()]


def with_more(*more: Entry) -> bytes:
    return written([*_entries(), *more])


def changed(name: str = SHEET, **changes: object) -> bytes:
    """One part written in another way."""
    return written(replace(e, **changes) if e.name == name else e for e in _entries())  # type: ignore[arg-type]


def _giant() -> bytes:
    """Five parts of 1 GB, 1 MB of each in the file: a block that repeats needs no computing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * 1024 + b"\3\0"
    return with_more(*[Entry(f"xl/zeros{n}.xml", packed[: 900 * 1024], 2**30, 0) for n in range(5)])


def _sum_of_many() -> bytes:
    return with_more(*[Entry(f"xl/{n}.xml", bytes(45_000), 2**22, 0) for n in range(5)])


def _fifield() -> bytes:
    """Every part holds the header of the next one, up to one common kernel."""
    kernel = entry("xl/a.xml", b"<a/>" * 5_000)
    inner = _local(kernel) + kernel.packed
    quoted = b"\0" + struct.pack("<HH", len(inner), len(inner) ^ 0xFFFF) + inner
    outer = Entry("xl/b.xml", quoted, 30_000, 0)
    names = [*_entries(), outer]
    start = sum(len(_local(e)) + len(e.packed) for e in names) - len(inner)
    return written([*names, replace(kernel, listed={"offset": start}, trailer=b"", packed=b"")])


def _at_one_place() -> bytes:
    return with_more(entry("xl/twin.xml", b"<a/>", listed={"offset": 0}))


def _item(id_: str, data: Callable[[], bytes], rule: str, says: str) -> Item:
    return Item("B", id_, data, rule, says)


def _named(name: str) -> Callable[[], bytes]:
    return lambda: with_more(entry(name, b"<a/>"))


ELSEWHERE = "a name that leads outside the file"
PACKED = "packed in a way that Excel does not use"
ZIP64_LIE = struct.pack("<HHQQ", 1, 16, 2**40, 2**40)
ITEMS = [
    _item("parts of 1 GB", _giant, UNSAFE, "unpacks to more than 8 MB"),
    _item("16 MB in all", _sum_of_many, UNSAFE, "unpacks to more than 16 MB"),
    _item("bomb of 4 MB", lambda: with_more(entry("xl/a.xml", bytes(2**22))), UNSAFE, "more than 100 times its size"),
    _item("bzip2", lambda: changed(method=12), UNSAFE, PACKED),
    _item("lzma", lambda: changed(method=14), UNSAFE, PACKED),
    _item("method 99", lambda: changed(method=99), UNSAFE, PACKED),
    _item("deflate64", lambda: changed(method=9), UNSAFE, PACKED),
    _item("encrypted part", lambda: changed(flags=_UTF_8 | 1), UNSAFE, "is encrypted"),
    _item("strong encryption", lambda: changed(flags=_UTF_8 | 0x41), UNSAFE, "is encrypted"),
    _item("quoted overlap", _fifield, UNSAFE, "overlap"),
    _item("two parts in one place", _at_one_place, UNSAFE, "overlap"),
    _item("same name twice", _named(SHEET), UNSAFE, "the same name"),
    _item("twins in case", _named("XL/Worksheets/Sheet1.xml"), UNSAFE, "the same name"),
    _item("upwards", _named("../evil.xml"), UNSAFE, ELSEWHERE),
    _item("upwards in the middle", _named("xl/../../evil.xml"), UNSAFE, ELSEWHERE),
    _item("absolute", _named("/etc/x"), UNSAFE, ELSEWHERE),
    _item("backslash", _named("xl\\evil.xml"), UNSAFE, ELSEWHERE),
    _item("drive", _named("C:evil.xml"), UNSAFE, ELSEWHERE),
    _item("NUL", _named("xl/evil.xml\0.png"), UNSAFE, ELSEWHERE),
    _item("dot", _named("xl/./workbook.xml"), UNSAFE, ELSEWHERE),
    _item("empty step", _named("xl//workbook.xml"), UNSAFE, ELSEWHERE),
    _item(
        "link", lambda: with_more(entry("xl/link", b"/etc/passwd", mode=0o120777)), UNSAFE, "a link to another file"
    ),
    _item("device", lambda: with_more(entry("xl/null", b"", mode=0o020666)), UNSAFE, "a link to another file"),
    _item("3,000 parts", lambda: with_more(*[entry(f"xl/{n}.xml", b"<a/>") for n in range(3000)]), UNSAFE, "parts"),
    _item("size understated", lambda: changed(local={"size": 10}, listed={"size": 10}), DAMAGED, "damaged"),
    _item("size overstated", lambda: changed(local={"size": 60_000}, listed={"size": 60_000}), DAMAGED, "damaged"),
    _item("cut with its checksum", lambda: changed(size=5, crc=zlib.crc32(b"<?xml")), DAMAGED, "damaged"),
    _item("directory elsewhere", lambda: written(_entries(), offset=2**31), DAMAGED, "damaged"),
    _item("directory a bit off", lambda: written(_entries(), offset=-30), DAMAGED, "damaged"),
    _item("count too high", lambda: written(_entries(), count=40_000), DAMAGED, "damaged"),
    _item("count too low", lambda: written(_entries(), count=-3), DAMAGED, "damaged"),
    _item("wrong checksum", lambda: changed(crc=1), DAMAGED, "damaged"),
    _item("zip64 lie", lambda: changed(listed={"size": 0xFFFFFFFF, "extra": ZIP64_LIE}), UNSAFE, "more than 8 MB"),
    _item("descriptor lie", lambda: changed(flags=_UTF_8 | 8, local={"size": 7}), DAMAGED, "damaged"),
    _item("two names", lambda: changed(local={"name": "xl/worksheets/sheet9.xml"}), DAMAGED, "damaged"),
    _item("two methods", lambda: changed(local={"method": 0}), DAMAGED, "damaged"),
    _item("offset into nothing", lambda: changed(listed={"offset": 2**31}), DAMAGED, "damaged"),
    _item("noise for deflate", lambda: changed(packed=b"\xff" * 400), DAMAGED, "damaged"),
    _item("bytes behind the end", lambda: changed(packed=_deflated(b"<a/>") + b"more", size=4), DAMAGED, "damaged"),
]
