"""How a name is compared: spelling variants of one name (spaces, curly quotes, full stop, case, “&”) are equal."""

import re
import unicodedata

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


def key(name: str) -> str:
    """The form in which two spellings of one name are equal: `key("Office of X. ") == key("office of  x")`."""
    text = unicodedata.normalize("NFC", name).translate(_STRAIGHT).casefold().replace("&", " and ")
    return re.sub(r"\s+", " ", text).strip().rstrip(".").strip()
