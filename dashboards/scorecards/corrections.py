"""The corrections log: every act that replaced or withdrew what was public, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from dashboards import changes, formats, published, revisions
from dashboards.paging import Paged, paged
from dashboards.published import Published
from dashboards.revisions import Former
from dashboards.scorecards.parts import QuarterLink, link
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission

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


def corrections_page(page: str) -> Paged[Correction]:
    """`page` as it stands in the address. 8 queries."""
    ended = Submission.objects.filter(ended_in__isnull=False)
    order = ("-ended_in__number", "hisp__name", "hisp", "-revision")
    columns = ("pk", "hisp__slug", "quarter__fiscal_year", "quarter__number", "revision")
    return paged(ended.order_by(*order).values_list(*columns), page, "correction", _rows)


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
