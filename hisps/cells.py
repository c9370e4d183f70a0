"""Texts in files that people open in a spreadsheet: what a spreadsheet would run as a formula goes out with an
apostrophe in front, and comes back without it."""

from typing import TypeVar

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")  # OWASP’s list of first characters, and NUL

Value = TypeVar("Value")


def neutral(value: Value) -> Value | str:
    """`'=1+1` for `=1+1`: text that no spreadsheet runs. Numbers and days stay what they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def plain(value: Value) -> Value | str:
    """What `neutral` was made of."""
    if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA_STARTS):
        return value[1:]
    return value
