"""One text of a published file as a value: each function returns it or raises Slip with what is wanted instead."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

from reporting.domains import CHANNELS, HISTORIC_CHANNELS
from reporting.fiscal import EASTERN, FiscalQuarter
from reporting.history.table import Table
from reporting.scoring import MOST_PEOPLE
from reporting.workbook.texts import cleaned

FIRST_YEAR = 2018  # the first HISPs were designated in FY2018

_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0*)?")
_NUMBER = re.compile(r"-?[0-9]*\.[0-9]+")
_SCORE = re.compile(r"[0-9](?:\.[0-9]{1,2}0*)?")
_ADDRESS = re.compile(r"https?://.*", re.IGNORECASE | re.DOTALL)


class Slip(ValueError):
    """A text that is not the value it should be: the rule's name, what is expected, how to put it right."""

    def __init__(self, rule: str, expected: str, fix: str) -> None:
        super().__init__(rule)
        self.rule, self.expected, self.fix = rule, expected, fix


@contextmanager
def reported(table: Table, line: int, column: str, typed: str) -> Iterator[None]:
    """Turns a Slip into a problem of the table; what should have been assigned inside keeps its former value."""
    try:
        yield
    except Slip as slip:
        shown = typed if len(typed) <= 60 else f"{typed[:59]}…"
        found = f"“{shown}” stands here." if typed.strip() else "Nothing stands here."
        table.report(slip.rule, line, column, found, slip.expected, slip.fix)


def people(typed: str) -> int | None:
    """A whole number, 0 to MOST_PEOPLE, `9707552.0` too; None when blank."""
    text = typed.strip()
    if not text:
        return None
    wanted = "A whole number of people, 0 or more, in digits only."
    match = _WHOLE.fullmatch(text)
    if match is None:
        fraction = _NUMBER.fullmatch(text)
        rule = "fractional" if fraction else "not_a_number"
        raise Slip(rule, wanted, "People are counted whole." if fraction else "Write the number in digits.")
    if match[1].startswith("-") and match[1].strip("-0"):
        raise Slip("negative", wanted, "Write 0 or more.")
    if len(match[1].strip("-").lstrip("0")) > 11 or int(match[1]) > MOST_PEOPLE:
        raise Slip("too_large", wanted, "Write a number up to 10,000,000,000.")
    return int(match[1])


def score(typed: str) -> Decimal | None:
    """A published score, 1.00 to 5.00; None when blank or 0."""
    text = typed.strip()
    if not text or not text.strip("0."):
        return None
    if _SCORE.fullmatch(text) is None or not 1 <= Decimal(text) <= 5:
        raise Slip("score", "A score from 1.00 to 5.00 with at most two decimals, or nothing.", "Check the score.")
    return Decimal(text).quantize(Decimal("0.01"))


def fiscal_year(typed: str, today: date) -> int:
    last = FiscalQuarter.containing(today).fiscal_year
    if not re.fullmatch(r"[0-9]{4}", typed.strip()) or not FIRST_YEAR <= int(typed) <= last:
        raise Slip("year", f"A fiscal year from {FIRST_YEAR} to {last}.", "Write the year with four digits.")
    return int(typed)


def quarter_number(typed: str) -> int:
    if not re.fullmatch(r"[1-4]", typed.strip()):
        raise Slip("quarter", "A quarter: 1, 2, 3 or 4.", "Write the number of the quarter.")
    return int(typed)


def channel(typed: str) -> str:
    slug = re.sub(r"[\s-]+", "_", typed.strip().lower())
    if slug and slug not in CHANNELS and slug not in HISTORIC_CHANNELS:
        known = ", ".join([*CHANNELS, *HISTORIC_CHANNELS])
        raise Slip("channel", f"One of {known}; or nothing.", "Choose one of these channels.")
    return slug


def text(typed: str, longest: int, required: bool = False) -> str:
    """Trimmed; line breaks and spaces inside stay."""
    trimmed = cleaned(typed)
    if required and not trimmed:
        raise Slip("blank", "A name.", "Fill it in.")
    if len(trimmed) > longest:
        raise Slip("too_long", f"At most {longest} characters.", f"Shorten it: there are {len(trimmed)}.")
    return trimmed


def address(typed: str) -> str:
    """The web address in a text such as `Federal Register URL https://…`, else the text."""
    match = _ADDRESS.search(typed)
    return (match[0] if match else typed).strip()


def moment(typed: str, today: date) -> datetime | None:
    """An ISO date and time from FIRST_YEAR to today, taken as UTC when it names no zone; None when blank."""
    if not typed.strip():
        return None
    wanted = f"A date and time from {FIRST_YEAR} to today, such as 2021-05-13T23:05:19Z, or nothing."
    try:
        read = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise Slip("date", wanted, "Write the date like this.") from None
    read = read if read.tzinfo else read.replace(tzinfo=UTC)
    # The year first: at the ends of the calendar no other zone can be asked for its day.
    if not FIRST_YEAR <= read.year <= today.year or read.astimezone(EASTERN).date() > today:
        raise Slip("date_range", wanted, "Check the year, the month and the day.")
    return read
