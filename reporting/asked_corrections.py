"""What OMB asked for again: corrections, and what it returned. Until it is answered, the HISP’s quarter takes its
figures even when it is closed.

The request for a correction is an event of the revision that was made public last. A newer public revision has no
such event, so nothing is left to be taken back, and nothing of a published submission changes.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from hisps.models import Hisp
from reporting.models import Event, Quarter, Submission

TRANSITION, TAKEN_BACK = "ask_for_correction", "take_back_correction"


def standing() -> QuerySet[Event]:
    """The requests that no newer public revision has answered and nobody took back."""
    newer = Submission.objects.filter(
        hisp=OuterRef("submission__hisp"),
        quarter=OuterRef("submission__quarter"),
        revision__gt=OuterRef("submission__revision"),
        state__in=Submission.FROZEN_STATES,
    )
    taken_back = Event.objects.filter(submission=OuterRef("submission"), transition=TAKEN_BACK, pk__gt=OuterRef("pk"))
    return Event.objects.filter(~Exists(newer), ~Exists(taken_back), transition=TRANSITION).select_related("by")


def of(hisp: Hisp, quarter: Quarter) -> Event | None:
    return standing().filter(hisp=hisp, quarter=quarter).first()


def among(events: Iterable[Event]) -> Event | None:
    """The request that stands after these events of one revision, in their order; no query."""
    asked = None
    for event in events:
        if event.transition in (TRANSITION, TAKEN_BACK):
            asked = event if event.transition == TRANSITION else None
    return asked


def returned() -> QuerySet[Submission]:
    """What OMB returned and nothing newer answers: a draft does so only once it is submitted."""
    place = {"hisp": OuterRef("hisp"), "quarter": OuterRef("quarter"), "revision__gt": OuterRef("revision")}
    newer = Submission.objects.filter(**place).exclude(state=Submission.State.DRAFT)
    return Submission.objects.filter(~Exists(newer), state=Submission.State.RETURNED)


def takes_figures(hisp: Hisp, quarter: Quarter) -> bool:
    """Whether the HISP may send figures for the quarter as far as its closing goes."""
    if quarter.is_open or of(hisp, quarter) is not None:
        return True
    return returned().filter(hisp=hisp, quarter=quarter).exists()


def takes_again(submission: Submission) -> bool:
    """Whether the HISP may still send these figures when they are a draft once more, and stand for nothing."""
    if submission.quarter.is_open or of(submission.hisp, submission.quarter) is not None:
        return True
    earlier = Submission.objects.filter(hisp=submission.hisp_id, quarter=submission.quarter_id)
    before = earlier.filter(revision__lt=submission.revision).order_by("revision").last()
    return before is not None and before.state == Submission.State.RETURNED
