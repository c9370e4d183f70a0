"""What each publication made public, corrected or took away, in words for the public. No figure is read here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from dashboards import formats
from dashboards.paging import Paged, paged
from dashboards.providers import Row
from dashboards.scorecards.parts import Missing, QuarterLink, link
from reporting.fiscal import FiscalQuarter
from reporting.models import Publication, Submission

PUBLISHED, CORRECTED, WITHDRAWN = "published", "corrected", "withdrawn"
_TAKEN = "taken from OMB’s published files"


@dataclass(frozen=True)
class Deed:
    """What an act did to one HISP's quarter. `published_on`: the day on which the revision became public, here or, for
    figures of the past, with OMB. `note`: why, in public words; empty where there is nothing to say."""

    slug: str
    name: str
    what: str
    revision: int
    published_on: str
    note: str


@dataclass(frozen=True)
class Act:
    number: int
    at: datetime
    on: str
    quarter: QuarterLink
    did: str  # “Figures of 17 HISPs published, of 1 HISP corrected”
    deeds: tuple[Deed, ...]

    @property
    def gives_reasons(self) -> bool:
        return any(deed.note for deed in self.deeds)

    @property
    def title(self) -> str:
        return f"{self.quarter.label}: {self.did[:1].lower()}{self.did[1:]}"


@dataclass(frozen=True)
class Version:
    """A quarter as it was after a publication. `newer` and `older` are numbers of publications of the quarter, 0 for
    none."""

    act: Act
    newer: int
    older: int


def latest(number: int) -> tuple[Act, ...]:
    """Newest first. 2 queries."""
    return _acts(_stored()[:number])


def acts_page(page: str) -> Paged[Act]:
    """`page` as it stands in the address. 3 queries."""
    return paged(_stored(), page, "publication", _acts)


def newest_of_quarters(number: int) -> tuple[Act, ...]:
    """The last act on each of the newest quarters. 2 queries."""
    last = Publication.objects.order_by().values("quarter").annotate(last=Max("number")).values("last")
    newest = _stored().filter(number__in=last).order_by("-quarter__fiscal_year", "-quarter__number")
    return _acts(newest[:number])


def version(number: int, quarter: FiscalQuarter) -> Version:
    """Raises Missing where the publication of that number was not one of the quarter. 2 queries."""
    place = {"quarter__fiscal_year": quarter.fiscal_year, "quarter__number": quarter.number}
    stored = list(_stored().filter(**place))
    numbers = [row["number"] for row in stored]
    if number not in numbers:
        raise Missing(_no_version(number, quarter, numbers))
    at = numbers.index(number)
    [act] = _acts(stored[at : at + 1])
    return Version(act, newer=numbers[at - 1] if at else 0, older=next(iter(numbers[at + 1 :]), 0))


def _no_version(number: int, quarter: FiscalQuarter, numbers: Sequence[int]) -> str:
    if not numbers:
        return f"Nothing was ever published for {quarter}."
    known = formats.joined([str(one) for one in sorted(numbers)[-10:]])
    few = "publication" if len(numbers) == 1 else "publications"
    return f"Publication {number} was not one of {quarter}. That quarter has {few} {known}."


def _stored() -> "QuerySet[Publication, Row]":
    """Newest first."""
    columns = ("pk", "number", "kind", "at", "note", "quarter__fiscal_year", "quarter__number")
    stored: QuerySet[Publication, Row] = Publication.objects.order_by("-number").values(*columns)
    return stored


def _acts(stored: Iterable[Row]) -> tuple[Act, ...]:
    """1 query."""
    stored = list(stored)
    keys = [row["pk"] for row in stored]
    touched = (
        Submission.objects.filter(Q(publication__in=keys) | Q(ended_in__in=keys), state__in=Submission.FROZEN_STATES)
        .order_by("hisp__name", "hisp", "revision")
        .values(
            *("hisp__slug", "hisp__name", "revision", "state", "published_at"),
            *("publication", "ended_in", "public_note"),
        )
    )
    of: dict[int, list[Row]] = defaultdict(list)
    for row in touched:
        for key in {row["publication"], row["ended_in"]}:
            of[key].append(row)
    return tuple(_act(row, of[row["pk"]]) for row in stored)


def _act(row: Row, touched: Sequence[Row]) -> Act:
    quarter = link(FiscalQuarter(row["quarter__fiscal_year"], row["quarter__number"]))
    deeds = tuple(_deeds(row["pk"], touched))
    first = _TAKEN if row["kind"] == Publication.Kind.HISTORY else PUBLISHED
    return Act(row["number"], row["at"], formats.day(row["at"]), quarter, _did(deeds, first), deeds)


def _deeds(key: int, touched: Sequence[Row]) -> Iterable[Deed]:
    ended = {one["hisp__slug"] for one in touched if one["ended_in"] == key}
    for one in touched:
        slug, name, revision = one["hisp__slug"], one["hisp__name"], one["revision"]
        day = formats.day(one["published_at"])
        withdrawn = one["state"] == Submission.State.WITHDRAWN
        if withdrawn and one["ended_in"] == key:
            yield Deed(slug, name, WITHDRAWN, revision, day, one["public_note"])
        if one["publication"] == key and one["ended_in"] != key:
            # Of what was withdrawn later, the note says why that was.
            note = "" if withdrawn else one["public_note"]
            yield Deed(slug, name, CORRECTED if slug in ended else PUBLISHED, revision, day, note)


def _did(deeds: Sequence[Deed], first: str) -> str:
    """`first`: how figures that nothing was public of before came here."""
    told = []
    for what, words in ((PUBLISHED, first), (CORRECTED, CORRECTED), (WITHDRAWN, WITHDRAWN)):
        names = [deed.name for deed in deeds if deed.what == what]
        if names:
            told.append(f"of {names[0] if len(names) == 1 else formats.counted(len(names), 'HISP')} {words}")
    return f"Figures {', '.join(told)}" if told else "No figure"
