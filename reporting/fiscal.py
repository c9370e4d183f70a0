"""The Federal fiscal calendar: quarters, their first and last days and their due dates.

Fiscal year n runs from 1 October n-1 to 30 September n. Figures for a quarter are due 30 days after it
ends, at the end of the day in US Eastern time (OMB Circular A-11, section 280).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR = 1977, 9998  # fiscal years began in October with FY1977

_SLUG = re.compile(r"(\d{4})-q([1-4])", re.ASCII)
_FIRST_MONTH = {1: 10, 2: 1, 3: 4, 4: 7}


@dataclass(frozen=True, order=True)
class FiscalQuarter:
    """Quarter 1..4 of a fiscal year. Ordered in time; written `2024-q2` in addresses, `FY2024 Q2` in text."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if not FIRST_FISCAL_YEAR <= self.fiscal_year <= LAST_FISCAL_YEAR:
            raise ValueError(f"No fiscal year {self.fiscal_year}: expected {FIRST_FISCAL_YEAR} or later.")
        if self.number not in _FIRST_MONTH:
            raise ValueError(f"No quarter {self.number}: expected 1, 2, 3 or 4.")

    @classmethod
    def parse(cls, slug: str) -> "FiscalQuarter":
        """Reads `2024-q2` (either case). Raises ValueError with a sentence otherwise."""
        match = _SLUG.fullmatch(slug.strip().lower())
        if match is None:
            raise ValueError(f"“{slug}” is not a fiscal quarter. Write it like 2024-q2.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> "FiscalQuarter":
        fiscal_year = day.year + (day.month >= 10)
        return cls(fiscal_year, (day.month + 2) // 3 % 4 + 1)

    @property
    def slug(self) -> str:
        return f"{self.fiscal_year}-q{self.number}"

    @property
    def label(self) -> str:
        return f"FY{self.fiscal_year} Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.fiscal_year - (self.number == 1), _FIRST_MONTH[self.number], 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def due_day(self) -> date:
        """30 January, 30 April, 30 July and 30 October."""
        return self.next.first_day.replace(day=30)

    @property
    def due_at(self) -> datetime:
        """The last moment that is still in time, in UTC: the end of the due day in US Eastern."""
        return end_of_day_eastern(self.due_day)

    @property
    def next(self) -> "FiscalQuarter":
        return self.plus(1)

    @property
    def previous(self) -> "FiscalQuarter":
        return self.plus(-1)

    def plus(self, quarters: int) -> "FiscalQuarter":
        index = self.fiscal_year * 4 + self.number - 1 + quarters
        return FiscalQuarter(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return self.label


def end_of_day_eastern(day: date) -> datetime:
    """23:59:59 of that day in US Eastern, as UTC; right on the nights the clocks change too."""
    return datetime.combine(day, time(23, 59, 59), EASTERN).astimezone(UTC)


def days_late(submitted_at: datetime | None, due_at: datetime) -> int:
    """Days of the calendar in US Eastern after the due day; 0 when it came in time or has not come. `due_at`: with
    the extension, where there is one."""
    if submitted_at is None or submitted_at <= due_at:
        return 0
    return max((submitted_at.astimezone(EASTERN).date() - due_at.astimezone(EASTERN).date()).days, 1)
