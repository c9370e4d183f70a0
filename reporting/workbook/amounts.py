"""Numbers in words: what somebody meant by "48 million", and a number in plain digits."""

import re
from decimal import Decimal

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
_AMOUNT = re.compile(
    r"'?\s*[~≈$]?\s*(?P<digits>\d{1,15}|\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:[ \u00a0\u202f_]\d{3}){1,4})"
    r"(?P<decimals>\.\d{1,9})?"
    r"(?:e\+?(?P<power>\d{1,2}))?\s*(?P<word>[a-z]*)\.?\s*(?:\*+|\([a-z. ]*\))?",
    re.ASCII | re.IGNORECASE,
)


def meant_by(text: str) -> int | None:
    """The whole number that was probably meant: 48000000 for “48 million”; None when that is a guess too far."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (match["word"] or "").lower() not in _WORDS:
        return None
    digits = re.sub(r"\D", "", match["digits"]) + (match["decimals"] or "")
    amount = Decimal(digits).scaleb(int(match["power"] or 0)) * _WORDS[(match["word"] or "").lower()]
    return int(amount) if amount == amount.to_integral() else None


def plain(number: float) -> str:
    """In digits, without exponent or needless decimals."""
    if isinstance(number, float) and not number.is_integer():
        return f"{number:f}".rstrip("0").rstrip(".") if abs(number) >= 1e-6 else repr(number)
    shown = str(Decimal(number))
    return shown if len(shown) <= 25 else f"{shown[:10]}… ({len(shown)} digits)"


def percent(share: float) -> str:
    """0.17 as “17%”."""
    return f"{plain(round(share * 100, 2))}%"
