"""What a cell of text or of a choice may hold, and the rule that Excel enforces there. Numbers: see numbers.py."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reporting.workbook.readings import ExcelRule, Kind, Raw, Reading, as_text, refused, shortened
from reporting.workbook.texts import cleaned, closest, key


@dataclass(frozen=True)
class Text(Kind):
    """Free text, trimmed, line breaks kept, control characters dropped."""

    most: int = 1000
    expected: str = ""

    def __post_init__(self) -> None:
        if not self.expected:
            object.__setattr__(self, "expected", f"Text of up to {self.most:,} characters.")

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(as_text(raw))
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


_FEW = 12  # entries of a list that a message names; the eleven questions are told, the channels are not
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)  # one among other words
_WHOLE_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]+@[\w-]+(?:\.[\w-]+)+")  # one @; a dot in the host, none at its end


@dataclass(frozen=True)
class Email(Text):
    most: int = 254
    expected: str = "An e-mail address, such as name@agency.gov."

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(as_text(raw))
        if self._is_address(text):
            return Reading(text)
        inside = {found for found in _ADDRESS.findall(text) if self._is_address(found)}
        suggestion = inside.pop() if len(inside) == 1 else ""
        fix = f"Write {suggestion or 'it like name@agency.gov'}."
        return refused("email_shape", f"“{shortened(text)}” is not an e-mail address.", fix, suggestion)

    def _is_address(self, text: str) -> bool:
        """One @ with nothing doubtful around it: no name beside the address, no dot at an end or beside another."""
        is_whole = _WHOLE_ADDRESS.fullmatch(text) and len(text) <= self.most
        return bool(is_whole) and not (text.startswith(".") or ".." in text or ".@" in text)


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
    """One of a list, written in any case. `options`: what stands in the cell -> the value it means.

    `other_names`: other words for an entry -> its label, to suggest it.
    """

    options: tuple[tuple[str, Any], ...] = ()
    list_name: str = ""
    other_names: tuple[tuple[str, str], ...] = ()

    def value_of(self, raw: Raw) -> Reading:
        text = cleaned(as_text(raw))
        if key(text) in self._known:
            return Reading(self._known[key(text)])
        suggestion = dict(self.other_names).get(key(text)) or closest(text, self.labels)
        meant = f"Was “{suggestion}” meant? " if suggestion else ""
        return refused(
            "not_in_list",
            f"“{shortened(text)}” is not in the list.",
            f"{meant}{self._choose}",
            suggestion,
        )

    @property
    def _choose(self) -> str:
        """A long list stands in the drop-down of the cell; here it would bury what is to be done."""
        if len(self.labels) > _FEW:
            return "Choose an entry of the cell’s drop-down list; the sheet Definitions explains each."
        return f"Choose one of these: {', '.join(f'“{label}”' for label in self.labels)}."

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {key(label): value for label, value in self.options} | {key(str(v)): v for _, v in self.options}

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
class Shown(Kind):
    """For reading only: computed or repeated; what stands there is never read."""

    def value_of(self, raw: Raw) -> Reading:
        return Reading()


YES_NO = (("Yes", True), ("No", False))
