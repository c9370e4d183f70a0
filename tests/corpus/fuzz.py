"""L: a faultless workbook, changed at random. A seed makes the same file every time."""

import random
import re
from functools import cache

from reporting.workbook.generate import build
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import contents, parts_of, template, zipped

_LAST_ROW = 16  # enough for one survey; the blank rows below only cost time
_NASTY = (
    *[
        "",
        " ",
        "0",
        "-1",
        "1",
        "2",
        "5",
        "60",
        "1001",
        "65536",
        "1048577",
        "4294967296",
        "1e308",
        "1E400",
        "NaN",
        "INF",
    ],
    *["-0", "1_000", "1,234", "0x10", "1/2", "３００", "²", "true", "s", "b", "d", "e", "n", "str", "inlineStr", "x"],
    *["A1", "XFD1048576", "A1:XFD1048576", "ZZZ1", "A0", "$A$1", "#REF!", "rId1", "rId99", "../../x", "/etc/passwd"],
    *["http://127.0.0.1/", "&amp;", "&#10;", "&#x1F600;", "_x0000_", "_x000D_", "=1+1", "<", "'", "\u202e", "\ud7ff"],
    *[
        "x" * 300,
        "9" * 400,
        "1900-01-00",
        "2021-13-45T99:99:99Z",
        "visible",
        "veryHidden",
        "shared",
        "array",
        "External",
    ],
)


@cache
def base() -> dict[str, bytes]:
    """The parts of a filled template, as small as one can be."""
    parts = parts_of(fill_from(build(template(services=("Outpatient Services",))), contents(1)))
    return {
        name: re.sub(rb'<row r="(\d+)".*?</row>', _if_needed, part, flags=re.DOTALL) for name, part in parts.items()
    }


def _if_needed(row: re.Match[bytes]) -> bytes:
    return row[0] if int(row[1]) <= _LAST_ROW else b""


@cache
def packed() -> bytes:
    return zipped(base())


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    if chance.random() < 0.25:
        return _bytes(packed(), chance)
    parts = dict(base())
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        name = chance.choice([*parts, *[part for part in parts if "/sheet" in part] * 3])
        change = chance.choice((_bytes, *[_attribute] * 3, *[_value] * 4, _tag, _tag, _swap))
        parts[name] = change(parts[name], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    return zipped(parts)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, put in or taken out; sometimes all from one on."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.choice((0, 1, 1, 2, 9))] = chance.randbytes(chance.choice((0, 1, 1, 2, 9)))
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.05 else changed)


def _at_one(pattern: bytes, data: bytes, chance: random.Random) -> re.Match[bytes] | None:
    found = list(re.finditer(pattern, data))
    return chance.choice(found) if found else None


def _replaced(data: bytes, match: re.Match[bytes] | None, chance: random.Random) -> bytes:
    if match is None:
        return data
    return data[: match.start(1)] + chance.choice(_NASTY).encode() + data[match.end(1) :]


def _attribute(data: bytes, chance: random.Random) -> bytes:
    return _replaced(data, _at_one(rb'\w="([^"]*)"', data, chance), chance)


def _value(data: bytes, chance: random.Random) -> bytes:
    return _replaced(data, _at_one(rb">([^<>]+)<", data, chance), chance)


def _tag(data: bytes, chance: random.Random) -> bytes:
    """A tag gone, twice or under another name; or a whole element gone or twice."""
    match = _at_one(chance.choice((rb"<[^<>]+>", rb"<(\w+)\b[^<>]*>[^<>]*</\1>", rb"<[^<>]+/>")), data, chance)
    if match is None:
        return data
    renamed = re.sub(rb"^(</?)\w+", rb"\1" + chance.choice((b"c", b"v", b"f", b"is", b"row", b"x")), match[0])
    return data[: match.start()] + chance.choice((b"", match[0] * 2, renamed)) + data[match.end() :]


def _swap(data: bytes, chance: random.Random) -> bytes:
    """Two elements in each other's place."""
    found = list(re.finditer(rb"<(\w+)\b[^<>]*>[^<>]*</\1>|<[^<>]+/>", data))
    if len(found) < 2:
        return data
    first, second = sorted(chance.sample(found, 2), key=lambda match: match.start())
    between = data[first.end() : second.start()]
    return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]
