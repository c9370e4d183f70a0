"""Earlier revisions of a HISP's quarter, and its page while the figures are withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.revisions import Former
from dashboards.scorecards.parts import QuarterLink, link
from reporting.fiscal import FiscalQuarter


@dataclass(frozen=True)
class Ended:
    """An earlier revision: “Revision 1, published May 1, was superseded on May 2: ...”."""

    revision: int
    published_on: str
    how: str
    ended_on: str
    note: str


@dataclass(frozen=True)
class WithdrawnPage:
    """A quarter whose figures were withdrawn: when and why, and no figure."""

    slug: str
    name: str
    department: str
    quarter: QuarterLink
    older: QuarterLink | None
    newer: QuarterLink | None
    published_on: str
    withdrawn_on: str
    note: str
    former: tuple[Ended, ...]


def withdrawn_page(
    published_quarters: Sequence[FiscalQuarter], quarter: FiscalQuarter, former: Sequence[Former]
) -> WithdrawnPage:
    *earlier, last = former
    older = [each for each in published_quarters if each < quarter][-1:]
    newer = [each for each in published_quarters if each > quarter][:1]
    return WithdrawnPage(
        slug=last.hisp.slug,
        name=last.hisp.name,
        department=last.hisp.department,
        quarter=link(quarter),
        older=link(older[0]) if older else None,
        newer=link(newer[0]) if newer else None,
        published_on=formats.day(last.published_at),
        withdrawn_on=formats.day(last.ended_at),
        note=last.note,
        former=ended(earlier),
    )


def ended(former: Sequence[Former]) -> tuple[Ended, ...]:
    """Newest first."""
    return tuple(
        Ended(
            revision=one.revision,
            published_on=formats.day(one.published_at),
            how="withdrawn" if one.withdrawn else "superseded",
            ended_on=formats.day(one.ended_at),
            note=one.note,
        )
        for one in reversed(former)
    )
