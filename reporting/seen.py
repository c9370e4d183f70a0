"""What a person had seen when deciding: nobody decides past what happened since.

A lock version tells of a submission that moved on. A comment moves no version, so here the last event that a page
showed is compared with the log: a page shows what was said about the HISP's quarter, on whichever revision.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from reporting.models import Event, Submission
from reporting.transitions import Refused

COMMENT = "comment"
_MOST_DIGITS = 18  # any number of so many fits the database's integers


@contextmanager
def nothing_unheard(submission: Submission, last_seen: int | None) -> Iterator[None]:
    """Undoes what is done inside, and raises Refused, when somebody commented after the event `last_seen`.

    The log is read after the act: the act holds the row of the log's head until the end, so no comment can come in
    between. None: the page did not say what it showed."""
    with transaction.atomic():
        yield
        said = Event.objects.filter(transition=COMMENT, hisp=submission.hisp_id, quarter=submission.quarter_id)
        if last_seen is not None and said.filter(pk__gt=last_seen).exists():
            raise Refused("Somebody commented on this submission after you opened it. Read it, then decide.")


def changed_since(last_seen: int | None, submissions: Iterable[Submission]) -> set[int]:
    """Those of a list with an event after it was shown; all, where the list does not say when that was."""
    if last_seen is None:
        return {submission.pk for submission in submissions}
    newer = Event.objects.filter(pk__gt=last_seen, submission__in=submissions)
    return {each for each in newer.values_list("submission_id", flat=True) if each is not None}


def read(text: str) -> int | None:
    """The event that a form carried; None for what is no number of one."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS else None
