"""One revision at its lasting address: the one that counts, one that was superseded with its figures and what changed,
or a withdrawn one without any."""

from dataclasses import dataclass

from dashboards import changes, formats, published, revisions
from dashboards.changes import Part
from dashboards.revisions import Former
from dashboards.scorecards.hisp import stored_hisp
from dashboards.scorecards.hisp_quarter import HispQuarterPage, current_page, superseded_figures
from dashboards.scorecards.parts import Missing, QuarterLink, link
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission


@dataclass(frozen=True)
class Ending:
    """How a revision ended. `next` is the public revision after it, 0 where there is none; `next_withdrawn_on` is
    empty unless that was withdrawn; `counts` is the revision that is public now, 0 for none."""

    revision: int
    published_on: str
    publication: str
    ended_on: str
    ended_in: str
    note: str
    next: int
    next_withdrawn_on: str
    counts: int


@dataclass(frozen=True)
class SupersededPage:
    """`figures`: as they were published. `parts` is empty, and `changed` says why, where the revision that replaced
    it may not be shown."""

    figures: HispQuarterPage
    ending: Ending
    changed: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class WithdrawnRevisionPage:
    slug: str
    name: str
    department: str
    quarter: QuarterLink
    ending: Ending


RevisionPage = HispQuarterPage | SupersededPage | WithdrawnRevisionPage


def revision_page(slug: str, quarter: FiscalQuarter, revision: int, method: str) -> RevisionPage:
    """Raises Missing for what is not and was not public, whatever else it may be."""
    place = revisions.of_place(slug, quarter)
    found = next((one for one in place if one.revision == revision), None)
    if found is None:
        name = stored_hisp(slug).name
        quarters = [quarter] if place else []
        raise Missing(f"{name} has no public revision {revision} for {quarter.label}.", hisp=slug, quarters=quarters)
    if found.ended_at is None:
        return current_page(slug, quarter, method, place)
    one = next(each for each in revisions.former(place) if each.revision == revision)
    ending = _ending(one, next((each.revision for each in place if each.ended_at is None), 0))
    if one.withdrawn:
        return WithdrawnRevisionPage(slug, one.hisp.name, one.hisp.department, link(quarter), ending)
    return _superseded(one, ending, method)


def _superseded(one: Former, ending: Ending, method: str) -> SupersededPage:
    wanted = [one.revision, *([one.next.revision] if one.next and one.may_be_compared else [])]
    of = Submission.objects.for_quarter(one.quarter).filter(hisp__slug=one.hisp.slug, revision__in=wanted)
    before, *after = published.once_public(of)
    found = changes.between(before, after[0]) if after else []
    hidden = "What it changed is not shown, because that revision was withdrawn."
    return SupersededPage(
        figures=superseded_figures(before, method),
        ending=ending,
        changed=changes.counted(found) if after else hidden,
        parts=changes.parts(found),
    )


def _ending(one: Former, counts: int) -> Ending:
    successor = one.next
    is_withdrawn = successor is not None and successor.state == Submission.State.WITHDRAWN
    return Ending(
        revision=one.revision,
        published_on=formats.day(one.published_at),
        publication=formats.count(one.publication),
        ended_on=formats.day(one.ended_at),
        ended_in=formats.count(one.ended_in),
        note=one.note,
        next=successor.revision if successor else 0,
        next_withdrawn_on=formats.day(successor.ended_at) if successor and is_withdrawn else "",
        counts=counts,
    )
