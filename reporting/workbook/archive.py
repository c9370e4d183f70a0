"""The zip file around a workbook, taken apart without trusting what it says of itself.

`table` reads the list of parts and unpacks nothing; `unpacked` holds every part to what the list said, to the byte.
Whatever two programs could read differently is refused: overlaps, second names, sizes that do not agree.
"""

import re
import stat
import struct
import zipfile
import zlib
from io import BytesIO

from reporting.workbook.refusals import Refused, damaged, unsafe

MOST_ENTRIES = 100
MOST_UNPACKED_PART, MOST_UNPACKED = 8 * 1024 * 1024, 16 * 1024 * 1024
MOST_RATIO, RATIO_FROM = 100, 64 * 1024  # parts below this size may pack better by chance
LONGEST_NAME = 255

_LOCAL = struct.Struct(
    "<4s5H3L2H"
)  # signature, version, flags, method, time, date, CRC, packed, unpacked, name, extra
_END = b"PK\x05\x06"
_ENCRYPTED, _SIZES_FOLLOW, _UTF_8 = 0x1 | 0x40 | 0x2000, 0x8, 0x800
_IN_ZIP64 = 0xFFFFFFFF
_ELSEWHERE = re.compile(r"^[/\\]|(^|[/\\])\.{0,2}[/\\]|(^|[/\\])\.\.?$|[\x00-\x1f\x7f:\\]")


def table(data: bytes) -> list[zipfile.ZipInfo]:
    """The parts of a zip file. Raises Refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries, end_of_parts = archive.infolist(), archive.start_dir
            _check_end(data, len(entries), len(archive.comment))
    except Refused:
        raise
    except Exception as error:  # zipfile and struct raise a dozen kinds on broken archives
        raise Refused(damaged()) from error
    _check_names(entries)
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(unsafe("The file unpacks to more than 16 MB."))
    _check_places(data, entries, end_of_parts)
    return entries


def unpacked(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part of a table that was checked. Never more than it said; other than it said is damage."""
    start = _content_at(data, entry)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        part, is_whole = packed, True
    else:
        part, is_whole = _inflated(packed, entry.file_size)
    if not is_whole or len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise Refused(damaged())
    return part


def _inflated(packed: bytes, size: int) -> tuple[bytes, bool]:
    """At most one byte more than `size`, and whether the packed bytes end just where the part ends."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflater.decompress(packed, size + 1)
    except zlib.error as error:
        raise Refused(damaged()) from error
    return part, inflater.eof and not inflater.unused_data


def _check_end(data: bytes, count: int, comment: int) -> None:
    at = data.rfind(_END)
    if at + 22 + comment != len(data):
        raise Refused(damaged("The file is damaged: something follows after its end."))
    if int.from_bytes(data[at + 10 : at + 12], "little") not in (count, 0xFFFF):
        raise Refused(damaged())


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refused(unsafe(f"The file is made of {len(entries):,} parts; a filled template has about 25."))
    names = {entry.filename.casefold() for entry in entries}
    if len(names) < len(entries):
        raise Refused(unsafe("Two parts of the file have the same name."))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if _ELSEWHERE.search(entry.orig_filename) or not 0 < len(entry.orig_filename) <= LONGEST_NAME:
        raise Refused(unsafe("A part of the file has a name that leads outside the file."))
    if entry.flag_bits & _ENCRYPTED:
        raise Refused(unsafe("A part of the file is encrypted."))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(unsafe("A part of the file is packed in a way that Excel does not use."))
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(unsafe("A part of the file is a link to another file."))
    if entry.file_size > MOST_UNPACKED_PART:
        raise Refused(unsafe("A part of the file unpacks to more than 8 MB."))
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Refused(unsafe(f"A part of the file unpacks to more than {MOST_RATIO} times its size."))


def _check_places(data: bytes, entries: list[zipfile.ZipInfo], end_of_parts: int) -> None:
    """The parts follow one another from the first byte on."""
    if min((entry.header_offset for entry in entries), default=0) != 0:
        raise Refused(damaged())
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused(unsafe("Parts of the file overlap."))
        end = _content_at(data, entry) + entry.compress_size
    if end > end_of_parts:
        raise Refused(damaged())


def _content_at(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin. What stands before them must say the same as the list of parts."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size:
        raise Refused(damaged())
    signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    name_at = entry.header_offset + _LOCAL.size
    name = data[name_at : name_at + name_length].decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    says = (crc, packed, size)
    agrees = says == (entry.CRC, entry.compress_size, entry.file_size) or _IN_ZIP64 in says
    if flags & _SIZES_FOLLOW:
        agrees = agrees or not any(says)
    if signature != b"PK\x03\x04" or method != entry.compress_type or name != entry.orig_filename or not agrees:
        raise Refused(damaged())
    return int(name_at + name_length + extra_length)
