"""What came back after a return: each change since the revision before, beside what was said there."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.anchors import Place, Placed
from reporting.comments import Thread, Threads
from reporting.contents import Contents
from reporting.differences import Change, changes
from reporting.figures import contents_of
from reporting.models import Event, Submission
from reporting.review_page.facts import Family


@dataclass(frozen=True)
class Changed:
    """A change, its cell now (blank where none is known), and the threads about it."""

    change: Change
    cell: str
    threads: tuple[Thread, ...]


@dataclass(frozen=True)
class Revision:
    """The way from the revision before. `said`: what the reporter says that changed; `unanswered`: OMB's open threads
    about what did not change."""

    former: Submission
    said: str
    returned: Event | None
    groups: tuple[tuple[str, tuple[Changed, ...]], ...]
    unanswered: tuple[Thread, ...]

    @property
    def number(self) -> int:
        return self.former.revision

    @property
    def count(self) -> int:
        return sum(len(each) for _, each in self.groups)


def revision(
    family: Family, contents: Contents, surveys: list[Placed], threads: Threads, events: Iterable[Event]
) -> Revision | None:
    """None for a first revision."""
    former = family.former
    if former is None:
        return None
    found = [_placed(change, surveys) for change in changes(contents_of(former), contents)]
    told = {id(thread) for each in found for thread in each.threads}
    groups: dict[str, list[Changed]] = {}
    for each in found:
        groups.setdefault(each.change.of, []).append(each)
    returns = [event for event in events if event.submission_id == former.pk and event.transition == "return"]
    return Revision(
        former=former,
        said=family.submission.revision_note,
        returned=returns[-1] if returns else None,
        groups=tuple((of, tuple(each)) for of, each in groups.items()),
        unanswered=tuple(thread for thread in threads.to_return if id(thread) not in told),
    )


def _placed(change: Change, surveys: list[Placed]) -> Changed:
    place = _place(change, surveys[change.survey]) if change.survey is not None else None
    return Changed(change, place.cell if place else "", place.threads if place else ())


def _place(change: Change, survey: Placed) -> Place:
    """Where the change is on the page: its question, its volume, else the survey."""
    for place in survey.rows:
        if change.domain and place.figure.now.slug == change.domain:
            return place
    return next((place for place in survey.volumes if place.figure.field == change.field), survey.whole)
