"""The corrections log: every act that replaced or withdrew what was public, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from dashboards import changes, formats, published, revisions
from dashboards.published import Published
from dashboards.revisions import Former
from dashboards.scorecards.parts import QuarterLink, link
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission

ON_A_PAGE = 50
Key = tuple[str, FiscalQuarter, int]  # a revision: whose, when, which


@dataclass(frozen=True)
class Correction:
    """One revision that ended. `next`: the public revision after it, 0 for none; `changed` is empty where it may not
    be compared."""

    slug: str
    name: str
    department: str
    quarter: QuarterLink
    number: str
    on: str
    revision: int
    withdrawn: bool
    next: int
    changed: str
    note: str


@dataclass(frozen=True)
class CorrectionsPage:
    rows: tuple[Correction, ...]
    number: str
    page: int
    pages: int
    newer: int  # number of the page, 0 for none
    older: int


def corrections_page(page: str) -> CorrectionsPage:
    """`page` as it stands in the address; what is no page leads to the first or the last. 8 queries."""
    ended = Submission.objects.filter(ended_in__isnull=False)
    order = ("-ended_in__number", "hisp__name", "hisp", "-revision")
    columns = ("pk", "hisp__slug", "quarter__fiscal_year", "quarter__number", "revision")
    found = Paginator(ended.order_by(*order).values_list(*columns), ON_A_PAGE).get_page(page)
    return CorrectionsPage(
        rows=tuple(_rows(list(found))),
        number=formats.counted(found.paginator.count, "correction"),
        page=found.number,
        pages=found.paginator.num_pages,
        newer=_number(found, found.number - 1),
        older=_number(found, found.number + 1),
    )


def _number(found: "Page[Any]", number: int) -> int:
    return number if 1 <= number <= found.paginator.num_pages else 0


def _rows(ended: Sequence[tuple[Any, ...]]) -> list[Correction]:
    """`ended`: key, HISP, fiscal year, quarter and revision of each."""
    listed = Submission.objects.filter(pk__in=[pk for pk, *_ in ended])
    same_place = Exists(listed.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter")))
    former = {_key(one): one for one in revisions.read(Submission.objects.filter(same_place))}
    figures = {_key(one): one for one in published.once_public(Submission.objects.filter(same_place))}
    keys = [(hisp, FiscalQuarter(year, number), revision) for _, hisp, year, number, revision in ended]
    return [_row(former[key], figures) for key in keys]


def _row(one: Former, figures: dict[Key, Published]) -> Correction:
    return Correction(
        slug=one.hisp.slug,
        name=one.hisp.name,
        department=one.hisp.department,
        quarter=link(one.quarter),
        number=formats.count(one.ended_in),
        on=formats.day(one.ended_at),
        revision=one.revision,
        withdrawn=one.withdrawn,
        next=one.next.revision if one.next and not one.withdrawn else 0,
        changed=_changed(one, figures),
        note=one.note,
    )


def _changed(one: Former, figures: dict[Key, Published]) -> str:
    before = figures.get(_key(one))
    after = figures.get(_key(one.next)) if one.next and one.may_be_compared else None
    return changes.counted(changes.between(before, after)) if before and after else ""


def _key(one: Former | revisions.Revision | Published) -> Key:
    return (one.hisp.slug, one.quarter, one.revision)
