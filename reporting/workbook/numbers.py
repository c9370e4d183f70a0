"""What a cell with a number may hold.

One rule: a whole number, a float within 1e-9 of one, or text of plain digits or correct groups (“1,234”, with a note).
All else is refused with what was found and what to write. Digits of other scripts are not normalized: “5²” would
silently become 52.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from reporting.scoring import MOST_PEOPLE
from reporting.workbook import amounts
from reporting.workbook.cells import NOTE
from reporting.workbook.readings import ExcelRule, Kind, Raw, Reading, Remark, refused, shortened
from reporting.workbook.texts import is_placeholder, trimmed

NUMBER_DIGITS, NUMBER_PLACES = 16, 4  # what the database keeps of a figure

DIGITS = re.compile(r"0*\d{1,15}", re.ASCII)
TOO_MANY_DIGITS = re.compile(r"\d{16,}|\d{1,3}(,\d{3}){5,}", re.ASCII)
GROUPS = re.compile(r"\d{1,3}(,\d{3}){1,4}", re.ASCII)
DECIMALS = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True)
class Count(Kind):
    """Whole number of people, 0 to 10,000,000,000."""

    expected: str = "A whole number of people, 0 or more, such as 1234."
    number_format: str = "#,##0"
    least: int = 0
    most: int = MOST_PEOPLE
    if_unknown: str = "Leave the cell blank if the number is unknown."
    if_limit: str = "Write the exact number. Leave the cell blank if it is unknown."
    in_digits: str = "Write digits only, such as 1234."

    def value_of(self, raw: Raw) -> Reading:
        value = raw.value
        if type(value) is bool:
            return refused("not_a_number", f"The cell says {str(value).upper()}.", f"Write a number. {self.expected}")
        if raw.serial is not None:
            return formatted_as_date(raw, self._fits(raw.serial))
        if raw.is_percent and type(value) in (int, float):
            return refused(
                "percent",
                f"The cell shows {amounts.percent(value)}, a percentage.",
                "Write the number of people, not their share, and set the cell’s format to Number.",
            )
        if type(value) is str:
            return self._from_text(trimmed(value))
        return self._in_range(value) if type(value) in (int, float) else self._not_a_number(str(value))

    def _from_text(self, text: str) -> Reading:
        if DIGITS.fullmatch(text):
            return self._in_range(int(text.lstrip("0") or "0"))
        if GROUPS.fullmatch(text):
            reading = self._in_range(int(text.replace(",", "")))
            note = Remark(
                "read_as", f"“{text}” is text; it was read as {text}.", "Nothing to do if that is right.", NOTE
            )
            return reading if reading.failed else Reading(reading.value, note)
        if TOO_MANY_DIGITS.fullmatch(text):
            return self._too_large(f"“{shortened(text)}”")
        return self._not_a_number(text)

    def _not_a_number(self, text: str) -> Reading:
        meant = amounts.meant_by(text)
        suggestion = str(meant) if meant is not None and self._fits(meant) else ""
        rule, found, fix = self._why_not(text)
        return refused(rule, found, f"Write {suggestion}." if suggestion else fix, suggestion)

    def _fits(self, number: float) -> bool:
        return math.isfinite(number) and number == round(number) and self.least <= number <= self.most

    def _in_range(self, number: int | float) -> Reading:
        if not math.isfinite(number):
            return refused("too_large", "The number is too large to be read.", self.expected)
        whole = round(number)
        if abs(number - whole) > 1e-9 * max(1, abs(number)):
            return not_whole(number)
        if whole < self.least:
            return refused(
                "too_small", f"{amounts.plain(whole)} is below {self.least}.", f"Write {self.least} or more."
            )
        if whole > self.most:
            return self._too_large(amounts.plain(whole))
        return Reading(whole)

    def _too_large(self, shown: str) -> Reading:
        fix = "Check the number of digits." if self.most == MOST_PEOPLE else f"Write {self.most:,} or less."
        return refused("too_large", f"{shown} is more than {self.most:,}.", fix)

    def _why_not(self, text: str) -> tuple[str, str, str]:
        """Rule, what was found and what to do, for a text that is not plain digits."""
        shown = f"“{shortened(text)}”"
        if is_placeholder(text):
            return "not_a_number", f"{shown} is not a whole number in plain digits.", self.if_unknown
        if amounts.is_limit(text):
            return "not_a_number", f"{shown} is a limit, not a number.", self.if_limit
        known = _why_no_number(text, shown)
        return known or (
            "not_a_number",
            f"{shown} is not a whole number in plain digits.",
            f"{self.in_digits} {self.if_unknown}".strip(),
        )

    @property
    def excel_rule(self) -> ExcelRule | None:
        return ExcelRule(
            "whole", "between", (str(self.least), str(self.most)),
            words=f"{self.expected} No words, no percent sign, no decimals.",
        )  # fmt: skip


@dataclass(frozen=True)
class Number(Kind):
    """A figure with up to four decimals."""

    expected: str = "A number, such as 48 or 83.5."
    least: Decimal | None = None
    has_unit: bool = False  # a column Unit stands beside it

    def value_of(self, raw: Raw) -> Reading:
        value = raw.value
        if type(value) is bool:
            return refused("not_a_number", f"The cell says {str(value).upper()}.", f"Write a number. {self.expected}")
        if raw.serial is not None:
            return formatted_as_date(raw, self._in_range(Decimal(repr(raw.serial))).value is not None)
        if raw.is_percent and type(value) in (int, float):
            share = amounts.plain(round(value * 100, 4))
            fix = f"Set its format to Number and write {share}{self._unit_apart('percent')}."
            return refused("percent", f"The cell shows {amounts.percent(value)}, a percentage.", fix, share)
        text = trimmed(value) if type(value) is str else repr(value)
        if type(value) is str and not DECIMALS.fullmatch(text):
            return self._not_a_number(text)
        return self._in_range(Decimal(text.replace(",", "")))

    def _not_a_number(self, text: str) -> Reading:
        meant = amounts.meant_by(text)
        figure, unit = (str(meant), "") if meant is not None else amounts.with_unit(text)
        fix = "Write digits only, such as 48 or 83.5."
        if figure:
            fix = f"Write {figure} here{self._unit_apart(unit)}."
        found = f"“{shortened(text)}” is not a number in plain digits."
        return refused("not_a_number", found, fix, figure)

    def _unit_apart(self, unit: str) -> str:
        if not self.has_unit:
            return ""
        return f" and “{unit}” under Unit" if unit else " and its unit under Unit"

    def _in_range(self, number: Decimal) -> Reading:
        if not number.is_finite() or abs(number) >= 10**NUMBER_DIGITS:
            return refused(
                "too_large",
                "The number is too large.",
                f"Write fewer than {NUMBER_DIGITS + 1} digits; put “million” into the unit.",
            )
        kept = round(number, NUMBER_PLACES) + 0  # -0 becomes 0
        if abs(kept - number) > Decimal("1e-9"):
            found = f"{number} has more than {NUMBER_PLACES} decimals."
            return refused("too_precise", found, f"Write {kept}.", str(kept))
        if self.least is not None and number < self.least:
            return refused("too_small", f"{number} is below {self.least}.", f"Write {self.least} or more.")
        return Reading(kept.normalize() if kept != kept.to_integral() else kept.quantize(Decimal(1)))

    @property
    def excel_rule(self) -> ExcelRule | None:
        return ExcelRule(
            "decimal",
            "between",
            (str(self.least if self.least is not None else -(10**15)), str(10**15)),
            words=self.expected,
        )


def formatted_as_date(raw: Raw, fits: bool) -> Reading:
    number = amounts.plain(round(raw.serial or 0.0, 4))
    shown = f" and shows {raw.as_date}" if raw.as_date else ""
    return refused(
        "date_format",
        f"The cell is formatted as a date or a time{shown}; the number behind it is {number}.",
        f"Set the cell’s format to Number; if {number} is what you mean, write {number}.",
        number if fits else "",
    )


def not_whole(number: float) -> Reading:
    hint = " It looks like a mean." if 1 <= number <= 5 else " It looks like a share." if 0 < number < 1 else ""
    return refused(
        "not_whole", f"{amounts.plain(number)} is not a whole number.{hint}", "Write whole people, no decimals."
    )


def _why_no_number(text: str, shown: str) -> tuple[str, str, str] | None:
    """The same for the slips that are known by name; None for another."""
    if hidden := amounts.hidden_character(text):
        return "not_a_number", f"{shown} holds a character that cannot be seen, {hidden}.", "Type the number again."
    if re.search(r"%|percent|pct", text, re.IGNORECASE):
        return "percent", f"{shown} is a percentage.", "Write the number of people, not their share."
    if amounts.is_negative(text):
        return "too_small", f"{shown} is below 0.", "Write 0 or more."
    if amounts.holds_two(text):
        return "not_a_number", f"{shown} holds more than one number.", "Write one number per cell."
    return None
