"""What OMB and the reporter say to each other about a submission: threads, one open at a time for each cell.

An answer is a comment on the same cell. What was said about one revision stays open on the next until it is settled;
a comment on a cell whose thread is settled begins a new one. Comments are never public.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from reporting import notices
from reporting.events import record
from reporting.models import Comment, Submission, Upload
from reporting.workbook.cells import EXPLAIN, Cell, Problem

RULE = "reviewer"  # the rule that a comment stands under among the problems of a marked copy


@dataclass(frozen=True)
class Thread:
    """Comments on one cell (blank: on the whole), oldest first; all open or all settled."""

    cell: str
    comments: tuple[Comment, ...]

    @property
    def is_open(self) -> bool:
        return self.last.settled_at is None

    @property
    def last(self) -> Comment:
        return self.comments[-1]

    @property
    def from_omb(self) -> str:
        """What OMB said in it; blank when only the reporter spoke."""
        return " ".join(comment.text for comment in self.comments if comment.by.is_staff)

    def omb_spoke_after(self, moment: datetime) -> bool:
        return any(comment.by.is_staff and comment.at > moment for comment in self.comments)

    @property
    def anchor(self) -> str:
        return anchor(self.cell)


class Threads(tuple[Thread, ...]):
    """Those about one HISP's quarter, open ones first."""

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self if thread.is_open]

    @property
    def settled(self) -> list[Thread]:
        return [thread for thread in self if not thread.is_open]

    @property
    def to_return(self) -> list[Thread]:
        """What goes along when the submission is returned: OMB's open remarks."""
        return [thread for thread in self.open if thread.from_omb]

    def asked_since(self, moment: datetime | None) -> list[Thread]:
        """Where OMB waits for the reporter: its open remarks; once figures are public (`moment`), only what was said
        later."""
        return [thread for thread in self.to_return if moment is None or thread.omb_spoke_after(moment)]

    def at(self, cell: str) -> list[Thread]:
        """Those about a cell, open and settled; none for no cell."""
        return [thread for thread in self if cell and thread.cell == cell]


def anchor(cell: str) -> str:
    """The place of a cell on a page, such as `at-responses-f5`."""
    return f"at-{slugify(cell.replace('!', '-')) or 'whole'}"


def of(submission: Submission) -> Threads:
    """1 query."""
    return threads(about(submission).select_related("by", "submission").order_by("at", "pk"))


def about(submission: Submission) -> QuerySet[Comment]:
    """Everything said about this HISP's quarter, whichever revision."""
    return Comment.objects.filter(submission__hisp=submission.hisp_id, submission__quarter=submission.quarter_id)


def threads(comments: Iterable[Comment]) -> Threads:
    groups: dict[tuple[bool, str], list[Comment]] = {}
    for comment in comments:
        groups.setdefault((comment.settled_at is not None, comment.cell), []).append(comment)
    return Threads(Thread(cell, tuple(groups[settled, cell])) for settled, cell in sorted(groups, key=_order))


def _order(group: tuple[bool, str]) -> tuple[bool, str, int, str]:
    settled, text = group
    cell = Cell.parse(text)
    return (settled, cell.sheet, cell.row, cell.column) if cell else (settled, "", 0, text)


@transaction.atomic
def say(submission: Submission, *, by: Any, text: str, cell: str = "") -> Comment:
    """Locks the submission: one mail tells of remarks made at once."""
    submission = Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=submission.pk)
    said = Comment.objects.create(submission=submission, by=by, text=text, cell=cell)
    notices.commented(said)
    record("comment", submission=submission, by=by, note=f"{cell}: {text}" if cell else text)
    return said


@transaction.atomic
def settle(last: Comment, *, by: Any) -> int:
    """Settles the thread up to the comment that was seen last; what was said meanwhile stays open. Returns how many
    comments that settled."""
    open_ones = about(last.submission).filter(cell=last.cell, settled_at=None, pk__lte=last.pk)
    settled = open_ones.update(settled_at=timezone.now())
    if settled:
        record("settle", submission=last.submission, by=by, note=last.cell or "The whole")
    return settled


def unanswered() -> list[Comment]:
    """The last words of threads in which a reporter spoke last, oldest first; not those from before figures of the
    HISP's quarter became public. 1 query."""
    public = Submission.objects.filter(
        hisp=OuterRef("submission__hisp"),
        quarter=OuterRef("submission__quarter"),
        revision__gte=OuterRef("submission__revision"),
        published_at__gt=OuterRef("at"),
    )
    spoken = Comment.objects.filter(~Exists(public), settled_at=None)
    last: dict[tuple[int, int, str], Comment] = {}
    for said in spoken.select_related("by", "submission__hisp", "submission__quarter").order_by("at", "pk"):
        last[said.submission.hisp_id, said.submission.quarter_id, said.cell] = said
    return sorted((said for said in last.values() if not said.by.is_staff), key=lambda said: (said.at, said.pk))


def with_remarks(reason: str, said: Sequence[Thread]) -> str:
    """The reason of a return with OMB's open remarks below, as the event keeps it."""
    lines = [f"{thread.cell or 'The whole'}: {thread.from_omb}" for thread in said]
    return "\n".join([reason, "", "Open comments:", *lines]) if lines else reason


def problems(upload: Upload) -> list[Problem]:
    """OMB's open remarks on what was made of an upload, to be marked in a copy of it."""
    found = Comment.objects.filter(submission__upload=upload, settled_at=None).select_related("by")
    return [_problem(thread) for thread in threads(found.order_by("at", "pk")).to_return]


def _problem(thread: Thread) -> Problem:
    return Problem(
        rule=RULE,
        severity=EXPLAIN,
        found=f"OMB’s reviewer says: {thread.from_omb}",
        expected="",
        fix="Change the figure, or answer the comment on the page of your submission.",
        cell=Cell.parse(thread.cell),
        label="" if Cell.parse(thread.cell) else thread.cell,
    )
