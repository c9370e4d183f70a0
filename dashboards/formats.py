"""Numbers, dates and missing values as text: the only place where a number of a page becomes words.

Everything is rounded once, half up (`scoring.for_display`); what is missing says why.
"""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from reporting.domains import NO_DATA_REASONS
from reporting.fiscal import EASTERN, FiscalQuarter
from reporting.scoring import for_display

Number = Fraction | Decimal | int

MINUS = "\N{MINUS SIGN}"
_NBSP = "\N{NO-BREAK SPACE}"
UNKNOWN = "Unknown"
_SHORT_REASONS: dict[str, str] = {
    "not_asked": "Not asked",
    "no_answers": "No answers",
    "not_publishable": "Not public",
    "not_submitted": "Not submitted",
    "not_due": "Not due yet",
    "under_review": "Under review",
    "no_customers": "No customer number",
    "no_score": "No scores",
    "not_published": "Not published",
}
_OWN_REASONS: dict[str, str] = {
    "no_customers": "No survey with answers reported its number of customers",
    "no_score": "No question has a score that may be shown",
    "not_published": "Nothing is published for this quarter",
}


def score(value: Number | None) -> str:
    """Score points with two decimals, `4.70`; nothing where there is none."""
    return "" if value is None else f"{for_display(value, 2):f}"


def margin(value: Decimal | None, *, at_most: bool = False) -> str:
    """The half-width of the 95 % interval, `± 0.03`; the sign never stands alone at the end of a line."""
    if value is None:
        return ""
    if 0 < value < Decimal("0.005"):
        return f"±{_NBSP}less than{_NBSP}0.01"
    return f"{'at most ' if at_most else ''}±{_NBSP}{for_display(value, 2):f}"


def change(value: Fraction | None) -> str:
    """A difference of two scores, `+0.02`, `−0.10` or `0.00`."""
    if value is None:
        return ""
    shown = for_display(value, 2)
    return f"{'+' if shown > 0 else MINUS if shown < 0 else ''}{abs(shown):f}"


def growth(value: Fraction | None) -> str:
    """What was added, as a part of what there was: `+4%`, `−12%`; tenfold and more as `×12`."""
    if value is None:
        return ""
    if value >= 9:
        return f"×{for_display(value + 1, 0):,f}"
    shown = for_display(value * 100, 0)
    return f"{'+' if shown > 0 else MINUS if shown < 0 else ''}{abs(shown):f}%"


def count(value: int | None) -> str:
    """People or things, `1,774,363`; `Unknown` when it was not reported."""
    return UNKNOWN if value is None else f"{value:,}"


def counted(value: int, thing: str, things: str = "") -> str:
    """`1 survey`, `57 surveys`; the number never stands alone at the end of a line."""
    return f"{value:,}{_NBSP}{thing if value == 1 else things or thing + 's'}"


def share(value: Fraction | None) -> str:
    """A part of a whole, 0 to 1, as `91%`; small ones keep digits that tell: `4.2%`, `0.06%`."""
    if value is None:
        return ""
    places = 0 if value >= Fraction(1, 10) or not value else 1 if value >= Fraction(1, 100) else 2
    return f"{for_display(value * 100, places):f}%"


def plain(value: Number | None) -> str:
    """A figure with its own decimals and no needless zeros, `48` or `1,234.5`."""
    if value is None:
        return UNKNOWN
    text = f"{for_display(value, 4):,f}"
    return text.rstrip("0").rstrip(".")


def reason(kind: str) -> str:
    """Why there is no number, in a sentence without its full stop."""
    return NO_DATA_REASONS.get(kind) or _OWN_REASONS.get(kind) or NO_DATA_REASONS["not_submitted"]


def short_reason(kind: str) -> str:
    """The same in two words, for the cell of a table."""
    return _SHORT_REASONS.get(kind, _SHORT_REASONS["not_submitted"])


def day(moment: datetime | date | None) -> str:
    """`May 13, 2021`, in US Eastern where deadlines are set."""
    if moment is None:
        return ""
    local = moment.astimezone(EASTERN) if isinstance(moment, datetime) else moment
    return f"{local:%B} {local.day}, {local.year}"


def period(quarter: FiscalQuarter) -> str:
    """`January 1 to March 31, 2021`."""
    first = quarter.first_day
    return f"{first:%B} {first.day} to {day(quarter.last_day)}"


def short_quarter(quarter: FiscalQuarter) -> str:
    """`FY21 Q2`, for the axis of a chart."""
    return f"FY{quarter.fiscal_year % 100:02d} Q{quarter.number}"


def joined(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
