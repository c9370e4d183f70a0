"""How far a quarter has come: whether everybody who owes figures is published, and who was in time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from dashboards import formats
from dashboards.scorecards.parts import QuarterLink, link
from reporting.fiscal import FiscalQuarter
from reporting.models import Expectation, Quarter, Submission

ON_TIME, LATE, AWAITED, NOT_REPORTING, WITHDRAWN = "on_time", "late", "awaited", "not_reporting", "withdrawn"
_TIMELY = {
    ON_TIME: "Published, submitted in time",
    LATE: "Published, submitted late",
    AWAITED: "Nothing published",
    NOT_REPORTING: "Not reporting",
    WITHDRAWN: "Withdrawn",
}
RECENT = 12  # quarters that a page about the latest looks back for the last complete one


@dataclass(frozen=True)
class Standing:
    """A quarter with published figures. `awaited`: it is open, and a HISP that owes figures has none published yet."""

    quarter: FiscalQuarter
    open: bool
    awaited: bool

    @property
    def complete(self) -> bool:
        """All that is owed is published, or OMB closed the quarter. Quarters that came as history never were open."""
        return not (self.open and self.awaited)


def standings(newest: int | None = None) -> list[Standing]:
    """Of every quarter with published figures, or of so many, newest first. 1 query, which looks only into open
    quarters for who is awaited."""
    published = Submission.objects.published().filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"))
    awaited = Expectation.objects.filter(~Exists(published), quarter=OuterRef("pk"), not_reporting=False)
    open_and_awaited = Case(
        When(Q(opened_at__isnull=False, closed_at__isnull=True), then=Exists(awaited)), default=Value(False)
    )
    return [
        Standing(quarter.fiscal, quarter.is_open, quarter.awaited)
        for quarter in Quarter.objects.published().annotate(awaited=open_and_awaited)[:newest]
    ]


@dataclass(frozen=True)
class SoFar:
    """What is public of a quarter that is not complete. `complete`: the newest quarter before it that is."""

    sentence: str
    complete: QuarterLink | None


def so_far(
    quarter: FiscalQuarter, known: Sequence[Standing], published: int, awaited: int, not_reporting: int
) -> SoFar | None:
    """None when the quarter is complete."""
    if _is_complete(quarter, known):
        return None
    expected = formats.counted(published + awaited + not_reporting, "HISP")
    said = f"{published} of {expected} {'is' if published == 1 else 'are'} published so far"
    if not_reporting:
        said += f", and {not_reporting} will not report"
    return SoFar(said, _last_complete(quarter, known))


def not_yet(quarter: FiscalQuarter, known: Sequence[Standing]) -> SoFar | None:
    """The same without numbers, for pages that do not list who owes figures."""
    if _is_complete(quarter, known):
        return None
    return SoFar(f"{quarter.label} is not complete yet", _last_complete(quarter, known))


def _is_complete(quarter: FiscalQuarter, known: Sequence[Standing]) -> bool:
    return all(one.complete for one in known if one.quarter == quarter)


def _last_complete(before: FiscalQuarter, known: Sequence[Standing]) -> QuarterLink | None:
    older = next((one.quarter for one in known if one.quarter < before and one.complete), None)
    return link(older) if older else None


def timeliness(kinds: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What became of each HISP, one of the kinds above: words, and how many."""
    found = Counter(kinds)
    return tuple((words, formats.count(found[kind])) for kind, words in _TIMELY.items() if found[kind])
