"""What one cell may hold: reads the raw cell, or says in words why it cannot; and the rule that Excel enforces.

Numbers follow one rule: a whole number, a float within 1e-9 of one, or text of plain digits or correct groups ("1,234",
said to be "read as 1,234"). All else is refused with what was found and what to write. Digits of other scripts are not
normalized: "5²" would silently become 52.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.workbook import amounts
from reporting.workbook.cells import ERROR, NOTE
from reporting.workbook.texts import cleaned, is_placeholder, key

MOST_PEOPLE = 10**10  # more than everybody on earth: a count above it is a slip
NUMBER_DIGITS, NUMBER_PLACES = 16, 4  # what the database keeps of a figure

DIGITS = re.compile(r"\d{1,15}", re.ASCII)
GROUPS = re.compile(r"\d{1,3}(,\d{3}){1,4}", re.ASCII)
DECIMALS = re.compile(r"-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True)
class Raw:
    """A cell as the file holds it. `value` is the stored result where the cell has a formula.

    `serial` is the number behind a cell that is formatted as a date or a time.
    """

    value: Any = None
    is_formula: bool = False
    is_error: bool = False
    serial: float | None = None
    is_percent: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.is_formula and (self.value is None or cleaned(str(self.value)) == "")


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell, without the place."""

    rule: str
    found: str
    fix: str
    severity: str = ERROR


@dataclass(frozen=True)
class Reading:
    """A cell's value, or the reason why there is none; a note may come with a value."""

    value: Any = None
    remark: Remark | None = None

    @property
    def failed(self) -> bool:
        return self.remark is not None and self.remark.severity == ERROR


def refused(rule: str, found: str, fix: str) -> Reading:
    return Reading(remark=Remark(rule, found, fix))


@dataclass(frozen=True)
class ExcelRule:
    """A data validation: Excel's type and bounds, and the words it shows. `options` fills a drop-down list."""

    type: str
    operator: str = "between"
    bounds: tuple[str, ...] = ()
    options: str = ""  # name of a column of the Lists sheet
    words: str = ""


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `number_format` is Excel's; `wraps`: long text that needs room."""

    expected: str = "Text."
    number_format: str = "General"
    wraps: bool = False

    def read(self, raw: Raw) -> Reading:
        """The value, None for a blank cell; or why the cell cannot be read."""
        if raw.is_error:
            return refused("excel_error", f"The cell has an Excel error, {raw.value}.", f"Replace it. {self.expected}")
        if raw.is_formula and (raw.value is None or raw.value == ""):
            return refused(
                "formula_without_result",
                "The cell has a formula, but the file holds no result for it.",
                "Open the file in Excel, save it there and upload it again; or type the value in place of the formula.",
            )
        return Reading() if raw.is_blank else self.value_of(raw)

    def value_of(self, raw: Raw) -> Reading:
        raise NotImplementedError

    @property
    def excel_rule(self) -> ExcelRule | None:
        return None


@dataclass(frozen=True)
class Text(Kind):
    """Free text, trimmed, line breaks kept, control characters dropped."""

    most: int = 1000

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(_as_text(raw.value))
        if len(text) > self.most:
            return refused(
                "text_too_long",
                f"The text has {len(text):,} characters.",
                f"Shorten it to {self.most:,} characters or fewer.",
            )
        return Reading(text)

    @property
    def excel_rule(self) -> ExcelRule | None:
        return ExcelRule(
            "textLength", "lessThanOrEqual", (str(self.most),), words=f"Write {self.most:,} characters or fewer."
        )


@dataclass(frozen=True)
class Email(Text):
    most: int = 254
    expected: str = "An e-mail address, such as name@agency.gov."

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(_as_text(raw.value))
        if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text) and len(text) <= self.most:
            return Reading(text)
        return refused("email_shape", f"“{_short(text)}” is not an e-mail address.", "Write it like name@agency.gov.")


@dataclass(frozen=True)
class ControlNumber(Text):
    """OMB control number; its shape is checked by a rule, because published files are checked by it too."""

    most: int = 200
    number_format: str = "@"
    expected: str = "An OMB control number: four digits, a hyphen, four digits, such as 2900-0770."


@dataclass(frozen=True)
class Url(Text):
    """Address of the information collection; its shape is checked by a rule."""

    most: int = 1000
    expected: str = "A web address that starts with https://."


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list, written in any case. `options`: what stands in the cell -> the value it means."""

    options: tuple[tuple[str, Any], ...] = ()
    list_name: str = ""

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(_as_text(raw.value))
        known = {key(label): value for label, value in self.options} | {key(str(v)): v for _, v in self.options}
        if key(text) in known:
            return Reading(known[key(text)])
        return refused(
            "not_in_list",
            f"“{_short(text)}” is not in the list.",
            f"Choose one of these: {', '.join(label for label, _ in self.options)}.",
        )

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.options)

    def label_of(self, value: Any) -> str:
        return next((label for label, meant in self.options if meant == value), "")

    @property
    def excel_rule(self) -> ExcelRule | None:
        return ExcelRule("list", options=self.list_name, words="Choose one from the list.")


@dataclass(frozen=True)
class KnownName(Text):
    """A name from a list that the template carries, such as a service; whether it is known is checked by a rule."""

    most: int = 300
    list_name: str = ""

    @property
    def excel_rule(self) -> ExcelRule | None:
        return ExcelRule("list", options=self.list_name, words="Choose one from the list.")


@dataclass(frozen=True)
class Count(Kind):
    """Whole number of people, 0 to 10,000,000,000."""

    expected: str = "A whole number of people, 0 or more, such as 1234."
    number_format: str = "#,##0"
    least: int = 0
    most: int = MOST_PEOPLE
    if_unknown: str = "Leave the cell blank if the number is unknown."

    def value_of(self, raw: Raw) -> Reading:
        value = raw.value
        if type(value) is bool:
            return refused("not_a_number", f"The cell says {str(value).upper()}.", f"Write a number. {self.expected}")
        if raw.serial is not None:
            return _formatted_as_date(raw.serial)
        if raw.is_percent and type(value) in (int, float):
            return refused(
                "percent",
                f"The cell shows {amounts.percent(value)}, a percentage.",
                "Write the number of people, not their share, and set the cell’s format to Number.",
            )
        if type(value) is str:
            return self._from_text(cleaned(value))
        return self._in_range(value) if type(value) in (int, float) else self._not_a_number(str(value))

    def _from_text(self, text: str) -> Reading:
        if DIGITS.fullmatch(text):
            return self._in_range(int(text))
        if GROUPS.fullmatch(text):
            reading = self._in_range(int(text.replace(",", "")))
            note = Remark(
                "read_as", f"“{text}” is text; it was read as {text}.", "Nothing to do if that is right.", NOTE
            )
            return reading if reading.failed else Reading(reading.value, note)
        return self._not_a_number(text)

    def _not_a_number(self, text: str) -> Reading:
        shown = f"“{_short(text)}” is not a whole number in plain digits."
        if text.endswith("%"):
            return refused(
                "percent", f"“{_short(text)}” is a percentage.", "Write the number of people, not their share."
            )
        meant = amounts.meant_by(text)
        if meant is not None and self.least <= meant <= self.most:
            return refused("not_a_number", shown, f"Write {meant}.")
        if is_placeholder(text):
            return refused("not_a_number", shown, self.if_unknown)
        return refused("not_a_number", shown, f"Write digits only, such as 1234. {self.if_unknown}")

    def _in_range(self, number: int | float) -> Reading:
        if not math.isfinite(number):
            return refused("too_large", "The number is too large to be read.", self.expected)
        whole = round(number)
        if abs(number - whole) > 1e-9 * max(1, abs(number)):
            return refused(
                "not_whole", f"{amounts.plain(number)} is not a whole number.", "Write whole people, no decimals."
            )
        if whole < self.least:
            return refused(
                "too_small", f"{amounts.plain(whole)} is below {self.least}.", f"Write {self.least} or more."
            )
        if whole > self.most:
            return refused(
                "too_large", f"{amounts.plain(whole)} is more than {self.most:,}.", "Check the number of digits."
            )
        return Reading(whole)

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

    def value_of(self, raw: Raw) -> Reading:
        value = raw.value
        if type(value) is bool:
            return refused("not_a_number", f"The cell says {str(value).upper()}.", f"Write a number. {self.expected}")
        if raw.serial is not None:
            return _formatted_as_date(raw.serial)
        if raw.is_percent and type(value) in (int, float):
            return refused(
                "percent",
                f"The cell shows {amounts.percent(value)}, a percentage.",
                f"Write {amounts.plain(round(value * 100, 4))}, set the cell’s format to Number, and write “percent” as the unit.",
            )
        text = cleaned(value) if type(value) is str else repr(value)
        if type(value) is str and not DECIMALS.fullmatch(text):
            meant = amounts.meant_by(text)
            fix = (
                f"Write {meant} here and its unit under Unit."
                if meant is not None
                else "Write digits only, such as 48 or 83.5."
            )
            return refused("not_a_number", f"“{_short(text)}” is not a number in plain digits.", fix)
        return self._in_range(Decimal(text.replace(",", "")))

    def _in_range(self, number: Decimal) -> Reading:
        if not number.is_finite() or abs(number) >= 10**NUMBER_DIGITS:
            return refused(
                "too_large",
                "The number is too large.",
                f"Write fewer than {NUMBER_DIGITS + 1} digits; put “million” into the unit.",
            )
        kept = round(number, NUMBER_PLACES)
        if abs(kept - number) > Decimal("1e-9"):
            return refused("too_precise", f"{number} has more than {NUMBER_PLACES} decimals.", f"Write {kept}.")
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


@dataclass(frozen=True)
class Shown(Kind):
    """For reading only: computed or repeated; what stands there is never read."""

    def value_of(self, raw: Raw) -> Reading:
        return Reading()


YES_NO = (("Yes", True), ("No", False))


def _formatted_as_date(serial: float) -> Reading:
    number = amounts.plain(round(serial, 4))
    return refused(
        "date_format",
        f"The cell is formatted as a date or a time; the number behind it is {number}.",
        f"Set the cell’s format to Number; if {number} is what you mean, write {number}.",
    )


def _as_text(value: Any) -> str:
    return amounts.plain(value) if type(value) in (int, float) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
