"""The data dictionary of the workbook: every column of every sheet, and every entry of its lists, from the spec."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.domains import CHANNELS, CONVERSIONS, SCALES, SEVEN_DOMAINS
from reporting.workbook import spec
from reporting.workbook.kinds import Shown


@dataclass(frozen=True)
class Entry:
    """One column or list entry: where it stands, what it means, what it may hold. Plain sentences or words."""

    place: str
    name: str
    meaning: str
    holds: str = ""
    is_required: bool = False
    source: str = ""  # where the values come from, such as “Touchpoints: Customers”


def columns() -> tuple[Entry, ...]:
    """Of every sheet, in the order of the workbook, with those that are only there to be read."""
    return tuple(_column(sheet, column) for sheet in spec.INPUT_SHEETS for column in sheet.columns)


def _column(sheet: spec.Sheet, column: spec.Column) -> Entry:
    is_shown = isinstance(column.kind, Shown)
    holds = "Filled in or computed; never read." if is_shown else column.kind.expected
    return Entry(sheet.name, column.header, column.help, holds, column.required)


def lists() -> tuple[Entry, ...]:
    return (*_questions(), *(Entry("Channels", name, "How the customer was served.") for name in CHANNELS.values()),
            *_scales())  # fmt: skip


def _questions() -> Iterator[Entry]:
    for domain in SEVEN_DOMAINS:
        applies = ", if applicable" * domain.if_applicable
        yield Entry("Questions", domain.name, domain.statement, f"{domain.group}{applies}")
    yield Entry("Questions", "Extra question 1 to 4", "An agency’s own questions; they have no domain.", "Other")


def _scales() -> Iterator[Entry]:
    for slug, name in SCALES.items():
        usual = CONVERSIONS.get(slug, "")
        holds = f"Conversion required; usually “{usual}”." if usual else "No conversion."
        yield Entry("Scales", name, "The scale on which people answered.", holds)
