"""The data dictionary of the workbook: every column of every sheet, and every entry of its lists, from the spec."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.domains import CHANNELS, CONVERSIONS, SCALES, SEVEN_DOMAINS
from reporting.workbook import spec
from reporting.workbook.kinds import Shown

_CHANNELS = {
    "computer": "On a computer, where it is not known through which program or site.",
    "mobile": "On a phone or tablet, where it is not known through which program or site.",
    "email": "By writing and reading e-mail.",
    "chatbot": "By a program that answers in a chat.",
    "phone": "By a person on the phone.",
    "automated_phone": "By a voice menu or another program on the phone.",
    "in_person": "By a person face to face, at an office or elsewhere.",
    "paper": "On a paper form that was handed over or picked up.",
    "postal_mail": "By letter.",
    "fax": "By fax.",
    "self_service_kiosk": "At a machine that is set up for customers.",
    "other_non_digital": "In another way without a computer or phone program.",
    "website": "On the pages of a website.",
    "mobile_app": "In an app on a phone or tablet.",
    "live_chat": "By a person in a chat.",
    "sms_text_messages": "By text messages on a phone.",
    "social_media": "On a social network.",
    "other_digital": "In another way by computer or phone program.",
}
_SCALES = {
    "five_point": "Answers of 1 to 5, or five words from bad to good.",
    "ten_point": "Answers of 1 to 10.",
    "three_point": "Three answers, such as bad, fair and good.",
    "yes_no": "Two answers, such as Yes and No, or thumbs up and down.",
}


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
    channels = (Entry("Channels", name, _CHANNELS[slug]) for slug, name in CHANNELS.items())
    return (*_questions(), *channels, *_scales())


def _questions() -> Iterator[Entry]:
    for domain in SEVEN_DOMAINS:
        applies = ", if applicable" * domain.if_applicable
        yield Entry("Questions", domain.name, domain.statement, f"{domain.group}{applies}")
    yield Entry("Questions", "Extra question 1 to 4", "An agency’s own questions; they have no domain.", "Other")


def _scales() -> Iterator[Entry]:
    for slug, name in SCALES.items():
        usual = CONVERSIONS.get(slug, "")
        holds = f"Conversion required; usually “{usual}”." if usual else "No conversion."
        yield Entry("Scales", name, _SCALES[slug], holds)
