"""Which part of a dataset is asked for, and how an address says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.scorecards.parts import Missing
from hisps.models import Hisp, Service
from reporting.fiscal import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalQuarter

_LONGEST_SHOWN = 60  # characters


@dataclass(frozen=True)
class Selection:
    """Nothing given: all. `publication`: as it was after the publication of that number; `is_past` when there are
    newer ones, which decide what of it may still be shown; `is_version` when the address names the publication."""

    fiscal_year: int | None = None
    quarter: FiscalQuarter | None = None
    hisp: str = ""
    service: str = ""
    domain: str = ""
    publication: int = 0
    is_past: bool = False
    is_version: bool = False

    @property
    def words(self) -> dict[str, str]:
        """What was asked for, by filter."""
        given = {
            "fiscal_year": str(self.fiscal_year or ""),
            "quarter": self.quarter.slug if self.quarter else "",
            "hisp": self.hisp,
            "service": self.service,
            "domain": self.domain,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def is_whole(self) -> bool:
        return not self.words


class Unreadable(ValueError):
    """A sentence for whoever typed the address. A long word is shown by its beginning."""

    def __init__(self, sentence: str, word: str = "") -> None:
        shown = word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
        super().__init__(f"“{shown}” {sentence}" if word else sentence)


def read(given: Mapping[str, Sequence[str]], filters: Sequence[str], domains: Sequence[str] = ()) -> Selection:
    """The selection that these words ask for. What is empty asks for nothing. Raises Unreadable for what is no filter
    or no value of it, Missing for a HISP or service that is not there. At most 2 queries."""
    asked: dict[str, Any] = {}
    for name, values in given.items():
        words = [word for word in values if word]
        if name not in filters and (words or name not in NAMES):
            raise Unreadable(_no_filter(name, filters))
        if len(words) > 1:
            raise Unreadable(f"“{name}” is given more than once. Ask for one at a time.")
        if words:
            asked[name] = _domain(words[0], domains) if name == "domain" else _READ[name](words[0])
    selection = Selection(**asked)
    year, quarter = selection.fiscal_year, selection.quarter
    if year is not None and quarter is not None and quarter.fiscal_year != year:
        raise Unreadable(f"{quarter} is not in fiscal year {year}. Leave one of the two out.")
    return selection


def _no_filter(name: str, filters: Sequence[str]) -> str:
    allowed = f"The filters are {', '.join(filters)}." if filters else "It has no filters."
    return f"“{name}” is not a filter of this file. {allowed}"


def _fiscal_year(word: str) -> int:
    if not (
        len(word) == 4 and word.isascii() and word.isdigit() and FIRST_FISCAL_YEAR <= int(word) <= LAST_FISCAL_YEAR
    ):
        raise Unreadable(f"is not a fiscal year. Write it like 2021; {FIRST_FISCAL_YEAR} was the first.", word)
    return int(word)


def _quarter(word: str) -> FiscalQuarter:
    try:
        return FiscalQuarter.parse(word[:_LONGEST_SHOWN])
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _hisp(word: str) -> str:
    if not _is_slug(word):
        raise Unreadable("is not how a HISP is written here. Write it as in the address of its page: va-vha.", word)
    if not Hisp.objects.filter(slug=word).exists():
        raise Missing(f"There is no HISP “{word}”.")
    return word


def _service(word: str) -> str:
    if not _is_slug(word):
        raise Unreadable("is not how a service is written here. Write it as in the address of its page.", word)
    if not Service.objects.filter(slug=word).exists():
        raise Missing(f"There is no service “{word}”.")
    return word


def _domain(word: str, domains: Sequence[str]) -> str:
    if word not in domains:
        raise Unreadable(f"is no domain of this file. Its domains are {', '.join(domains)}.", word)
    return word


def _is_slug(word: str) -> bool:
    return word.isascii() and word.replace("-", "").replace("_", "").isalnum()


_READ: dict[str, Callable[[str], Any]] = {
    "fiscal_year": _fiscal_year,
    "quarter": _quarter,
    "hisp": _hisp,
    "service": _service,
}
NAMES = (*_READ, "domain")
