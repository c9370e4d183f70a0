"""The corrections log: every revision that was public and is so no longer, with what took its place and why."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from dashboards import changes, published, revisions
from dashboards.datasets import columns, figures
from dashboards.datasets.columns import Dataset, Row, day, integer, text
from dashboards.datasets.selection import Selection
from dashboards.published import Published
from dashboards.revisions import Former
from reporting.fiscal import EASTERN

COLUMNS = (
    *columns.OF_HISP,
    text("kind", "What became of the figures.", "corrected or withdrawn."),
    integer("revision", "The revision that was public until then."),
    integer("published_in", "The number of the publication in which it became public."),
    day("published_on", "The day on which it became public, in US Eastern."),
    integer("ended_in", "The number of the publication that corrected or withdrew it."),
    day("ended_on", "The day on which it was corrected or withdrawn, in US Eastern."),
    integer("replaced_by", "The revision that took its place.", "Empty where it was withdrawn."),
    integer("changed", "How many figures and texts changed.", "Empty where they are shown no longer."),
    text("note", "Why, in the words given to the public."),
)


def rows(selection: Selection) -> Iterator[Row]:
    """Oldest quarter first. 1 query, and 6 for each quarter that has corrections."""
    of = figures.submissions(selection)
    ended = of.filter(ended_in__number__lte=selection.publication)
    for quarter in figures.quarters(ended):
        own = of.for_quarter(quarter)
        same_place = own.filter(Exists(ended.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"))))
        public = {(one.hisp.slug, one.revision): one for one in published.once_public(same_place)}
        for former in revisions.read(same_place):
            if former.ended_in <= selection.publication:
                yield _row(former, public)


def _row(one: Former, public: dict[tuple[str, int], Published]) -> Row:
    return (
        *figures.of_hisp(one.quarter, one.hisp),
        "withdrawn" if one.withdrawn else "corrected",
        one.revision,
        one.publication,
        _day(one.published_at),
        one.ended_in,
        _day(one.ended_at),
        one.next.revision if one.next and not one.withdrawn else None,
        _changed(one, public),
        one.note,
    )


def _changed(one: Former, public: dict[tuple[str, int], Published]) -> int | None:
    before = public.get((one.hisp.slug, one.revision))
    after = public.get((one.hisp.slug, one.next.revision)) if one.next and one.may_be_compared else None
    return len(changes.between(before, after)) if before and after else None


def _day(moment: datetime) -> date:
    return moment.astimezone(EASTERN).date()


CORRECTIONS = Dataset(
    "corrections",
    "Corrections",
    "One row per published report that was corrected or withdrawn later, with the reason.",
    COLUMNS,
    ("fiscal_year", "quarter", "hisp"),
    rows,
    is_versioned=False,
)
