"""A raw cell, what reading it gives, and what every kind of cell has in common."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reporting.workbook import amounts
from reporting.workbook.cells import ERROR
from reporting.workbook.texts import cleaned


@dataclass(frozen=True)
class Raw:
    """A cell as the file holds it. `value` is the stored result where the cell has a formula.

    A cell formatted as a date or a time holds a number: `serial`, and what a person sees: `as_date`, in ISO form.
    """

    value: Any = None
    is_formula: bool = False
    is_error: bool = False
    serial: float | None = None
    as_date: str = ""
    is_percent: bool = False
    is_stale: bool = False  # a formula whose stored result nobody computed, or not from what stands there now
    is_unreadable: bool = False  # stored as a number, but holds a text: programs disagree on what it means

    @cached_property
    def text(self) -> str:
        """What a person reads in the cell; "" for nothing."""
        return cleaned(str(self.value)) if self.value is not None else ""

    @property
    def is_blank(self) -> bool:
        return not self.is_formula and not (self.text if type(self.value) is str else self.value is not None)


NOTHING = Raw()


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell, without the place. `suggestion`: the exact value to write, "" when none."""

    rule: str
    found: str
    fix: str
    severity: str = ERROR
    suggestion: str = ""


@dataclass(frozen=True)
class Reading:
    """A cell's value, or the reason why there is none; a note may come with a value."""

    value: Any = None
    remark: Remark | None = None

    @property
    def failed(self) -> bool:
        return self.remark is not None and self.remark.severity == ERROR


def refused(rule: str, found: str, fix: str, suggestion: str = "") -> Reading:
    return Reading(remark=Remark(rule, found, fix, suggestion=suggestion))


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
        if raw.is_unreadable:
            found = f"The cell is stored as a number, but holds “{shortened(raw.text)}”."
            return refused("unreadable_number", found, "Type it again in Excel and save.")
        if raw.is_formula and (raw.value is None or raw.value == ""):
            return refused(
                "formula_without_result",
                "The cell has a formula, but the file holds no result for it.",
                "Open the file in Excel, save it there and upload it again; or type the value over the formula.",
            )
        if raw.is_stale:
            return refused(
                "formula_not_calculated",
                f"The cell has a formula with the stored result {shortened(as_text(raw))}, but the file was not "
                "calculated after it was last changed.",
                "Open the file in Excel, save it there and upload it again; or type the value over the formula.",
            )
        return Reading() if raw.is_blank else self.value_of(raw)

    def value_of(self, raw: Raw) -> Reading:
        raise NotImplementedError

    @property
    def excel_rule(self) -> ExcelRule | None:
        return None


def as_text(raw: Raw) -> str:
    if raw.as_date:
        return raw.as_date
    return amounts.plain(raw.value) if type(raw.value) in (int, float) else str(raw.value)


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
