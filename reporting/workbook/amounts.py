"""Numbers in words: what somebody meant by "48 million", and a number in plain digits.

What is meant is only ever suggested, never read: “５００” and “3OO” are for a person to confirm.
"""

import re
import unicodedata
from decimal import Decimal

from reporting.workbook.texts import is_placeholder

_WORDS = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_PREFIX = r"(?:[~≈$#]|(?:approx(?:imately)?|about|around|circa|ca|roughly|estimated|est|survey|no)\b\.?)?"
_PEOPLE = r"(?:people|persons|customers|respondents|responses|answers|users|visitors|individuals|surveys)"
_AMOUNT = re.compile(
    rf"'?\s*{_PREFIX}\s*"
    r"(?P<digits>\d{1,15}|\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:[ \u00a0\u202f_]\d{3}){1,4}|\d{1,3}(?:\.\d{3}){2,4})"
    r"(?P<decimals>\.\d{1,9})?"
    r"(?:e\+?(?P<power>\d{1,2}))?\s*(?P<word>[a-z]*?)\.?"
    rf"\s*{_PEOPLE}?\s*(?:\*+|\([a-z. ]*\))?",
    re.ASCII | re.IGNORECASE,
)
_TWO = re.compile(r"\d\s*[;/\n|&]\s*\d|\d\s+(?:and|or|to)\s+\d|\d\s*[-–]\s*\d", re.ASCII)
_NEGATIVE = re.compile(r"(?:[-−–]\s*\d[\d,.]*|\(\s*\d[\d,.]*\s*\))", re.ASCII)
_UNIT = re.compile(
    r"(?P<figure>(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,4})?)\s*(?P<unit>%|[a-z][a-z ]{0,29})\.?",
    re.ASCII | re.IGNORECASE,
)
_LIMIT = re.compile(
    r"[<>≤≥]|\b(?:less|fewer|more) than\b|\b(?:under|over|up to|at least|at most)\b|\d\s*\+$", re.IGNORECASE
)
_LETTERS = str.maketrans("OoIl", "0011")


def meant_by(text: str) -> int | None:
    """The whole number that was probably meant: 48000000 for “48 million”; None when that is a guess too far."""
    text = _in_ascii(text).strip()
    if _NEGATIVE.fullmatch(text) and not is_negative(text):
        return 0
    match = _AMOUNT.fullmatch(text)
    if match is None or (match["word"] or "").lower() not in _WORDS:
        return None
    digits = re.sub(r"\D", "", match["digits"]) + (match["decimals"] or "")
    amount = Decimal(digits).scaleb(int(match["power"] or 0)) * _WORDS[(match["word"] or "").lower()]
    return int(amount) if amount == amount.to_integral() else None


def _in_ascii(text: str) -> str:
    """Invisible characters left out; decimal digits of other scripts, and O or l among digits, as ASCII digits."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)
    swapped = digits.translate(_LETTERS)
    return swapped if re.fullmatch(r"(?=.*\d)[\dOoIl]+", digits, re.ASCII) else digits


def with_unit(text: str) -> tuple[str, str]:
    """“83%” as ("83", "percent"), “12 minutes” as ("12", "minutes"); ("", "") for anything else."""
    match = _UNIT.fullmatch(text.strip())
    unit = "" if match is None else match["unit"].replace("%", "percent").strip()
    if match is None or is_placeholder(unit):
        return "", ""
    return match["figure"].replace(",", ""), unit


def is_limit(text: str) -> bool:
    """“<10”, “fewer than 10”, “300+”: how many at most or at least, not how many."""
    return _LIMIT.search(text) is not None and re.search(r"\d", text, re.ASCII) is not None


def holds_two(text: str) -> bool:
    """“100;200”, “1/2”, “100–200”: more than one number in a cell."""
    return _TWO.search(text) is not None


def is_negative(text: str) -> bool:
    """“-5” or “(5)”, but not “-0”."""
    return _NEGATIVE.fullmatch(text) is not None and re.search("[1-9]", text) is not None


def hidden_character(text: str) -> str:
    """The name of a character that cannot be seen but makes a text of digits; "" if there is none."""
    found = next((c for c in text if unicodedata.category(c) in ("Cf", "Cc", "Co", "Zl", "Zp")), "")
    return f"U+{ord(found):04X}" if found and found not in "\n\t" else ""


def plain(number: float) -> str:
    """In digits, without exponent or needless decimals."""
    if isinstance(number, float) and not number.is_integer():
        return f"{number:f}".rstrip("0").rstrip(".") if abs(number) >= 1e-6 else repr(number)
    shown = str(Decimal(number))
    return shown if len(shown) <= 25 else f"{shown[:10]}… ({len(shown)} digits)"


def percent(share: float) -> str:
    """0.17 as “17%”."""
    return f"{plain(round(share * 100, 2))}%"
