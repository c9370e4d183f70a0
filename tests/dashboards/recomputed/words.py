"""Numbers as text: exact, rounded once, half up."""

from fractions import Fraction
from math import isqrt

MINUS = "\N{MINUS SIGN}"
_DIGITS = 40  # of a root


def half_up(value: Fraction, places: int) -> str:
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = f"{whole:0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and whole else text


def root(square: Fraction) -> Fraction:
    """Cut after forty decimals, so that a tie stays a tie."""
    return Fraction(isqrt(square * 100**_DIGITS // 1), 10**_DIGITS)


def score(value: Fraction | None) -> str:
    return "" if value is None else half_up(value, 2)


def margin(value: Fraction | None, *, at_most: bool = False) -> str:
    if value is None:
        return ""
    if 0 < value < Fraction(1, 200):
        return "± less than 0.01"
    return f"{'at most ' if at_most else ''}± {half_up(value, 2)}"


def change(now: Fraction | None, then: Fraction | None) -> str:
    if now is None or then is None:
        return ""
    text = half_up(now - then, 2)
    return text.replace("-", MINUS) if text.startswith("-") else text if text == "0.00" else f"+{text}"


def share(value: Fraction | None) -> str:
    """Whole percents; one decimal below 10 %, two below 1 %."""
    if value is None:
        return ""
    places = 2 if 0 < value < Fraction(1, 100) else 1 if 0 < value < Fraction(1, 10) else 0
    return f"{half_up(value * 100, places)}%"


def count(value: int | None) -> str:
    return "Unknown" if value is None else f"{value:,}"


def counted(value: int, thing: str) -> str:
    return f"{value:,} {thing}{'' if value == 1 else 's'}"


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def told(wrong: list[str]) -> str:
    """For whoever reads why a test failed."""
    return "\n".join([f"{len(wrong)} are wrong", *wrong[:40]])
