"""How a name is compared: spelling variants of one name (spaces, curly quotes, full stop, case, “&”) are equal."""

import re
import unicodedata
from hashlib import sha256

LONGEST_KEY = 500  # characters; PostgreSQL indexes at most 2,704 bytes

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


def key(name: str) -> str:
    """The form in which two spellings of one name are equal: `key("Office of X. ") == key("office of  x")`.

    For comparing, not for showing: a form that grew too long (“&” becomes “and”) ends in a digest of the whole.
    """
    text = unicodedata.normalize("NFC", name).translate(_STRAIGHT).casefold().replace("&", " and ")
    text = spaced(text).rstrip(".").strip()
    if len(text) <= LONGEST_KEY:
        return text
    digest = sha256(text.encode()).hexdigest()
    return text[: LONGEST_KEY - len(digest)] + digest


def spaced(name: str) -> str:
    """Trimmed, with single spaces: how names are stored."""
    return re.sub(r"\s+", " ", name).strip()
