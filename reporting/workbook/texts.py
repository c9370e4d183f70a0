"""Text as people type it: cleaned for keeping, folded for comparing, and the words that stand for "nothing"."""

import difflib
import re
from collections.abc import Iterable

_ESCAPES = re.compile(r"_x([0-9A-Fa-f]{4})_")  # Excel's way to write characters that XML has no place for
_LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Control characters, lone surrogates, and marks that turn the direction of text: nobody types them on purpose.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_NO_LETTERS = re.compile(r"[\W_]+")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060]+")
# Every dash that Word and other programs write in place of a hyphen; a soft hyphen cannot even be seen.
_DASH = "[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_CONTROL_NUMBER = re.compile(rf"(?<!\d)(\d{{4}}){_DASH}(\d{{4}})(?!\d)", re.ASCII)
_PLACEHOLDERS = frozenset(
    re.findall(
        r"\w+", "none null nil na notapplicable notavailable unknown nodata noquestion notasked blank tbd tba x xx"
    )
)
_ADDRESS_HEADINGS = frozenset({"federalregisterurl", "collectionurl", "url", "link"})


def cleaned(text: str) -> str:
    """Trimmed (no-break spaces too), line breaks as \\n, without control characters; "" if nothing can be seen."""
    if text.isprintable() and "_x" not in text:  # most texts: nothing below would change them
        return text.strip()
    text = _UNWANTED.sub("", _LINE_BREAKS.sub("\n", unescaped(text)))
    return text.strip() if _INVISIBLE.sub("", text) else ""


def unescaped(text: str) -> str:
    """With what Excel writes as `_x000D_` and `_xD83D__xDE00_` as the characters that are meant."""
    if not _ESCAPES.search(text):
        return text
    text = _ESCAPES.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def trimmed(text: str) -> str:
    """Without spaces, no-break spaces and line ends around it; all else stays, for the eye of the number rule."""
    return unescaped(text).strip(" \t\r\n\u00a0")


def key(text: str) -> str:
    """For comparing what people typed: case, spaces, full stops, hyphens and the form of quotes do not count."""
    return text.lower() if text.isascii() and text.isalnum() else _NO_LETTERS.sub("", text.casefold())


def closest(text: str, names: Iterable[str]) -> str:
    """The name that the text is a misspelling of; "" if none is close."""
    by_key = {key(name): name for name in names}
    found = difflib.get_close_matches(key(text), by_key, n=1, cutoff=0.75)
    return by_key[found[0]] if found else ""


def is_placeholder(text: str) -> bool:
    """Whether the text only says that there is none: blank, “NONE”, “No Question”, “N/A”, a dash."""
    return key(text) == "" or key(text) in _PLACEHOLDERS


def is_address_placeholder(text: str) -> bool:
    """As is_placeholder, or a heading copied into the cell, such as “Federal Register URL”."""
    return is_placeholder(text) or key(text) in _ADDRESS_HEADINGS


def control_number(text: str) -> str:
    """The OMB control number in what was typed, as NNNN-NNNN: “#3090-0297”, “3245-0404  EXP 3/31/24”; "" if none."""
    found = {f"{match[1]}-{match[2]}" for match in _CONTROL_NUMBER.finditer(text)}
    if not found and re.fullmatch(r"\d{8}", text.strip(), re.ASCII):
        found = {f"{text.strip()[:4]}-{text.strip()[4:]}"}
    return found.pop() if len(found) == 1 else ""
