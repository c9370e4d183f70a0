"""What OMB asked for again: corrections, and what it returned. Until it is answered, the HISP’s quarter takes its
figures even when it is closed.

The request for a correction is an event of the revision that was made public last. A newer public revision has no
such event, so nothing is left to be taken back, and nothing of a published submission changes.
"""

from django.db.models import Exists, OuterRef, QuerySet

from hisps.models import Hisp
from reporting.models import Event, Quarter, Submission

TRANSITION = "ask_for_correction"


def standing() -> QuerySet[Event]:
    """The requests that no newer public revision has answered."""
    newer = Submission.objects.filter(
        hisp=OuterRef("submission__hisp"),
        quarter=OuterRef("submission__quarter"),
        revision__gt=OuterRef("submission__revision"),
        state__in=Submission.FROZEN_STATES,
    )
    return Event.objects.filter(~Exists(newer), transition=TRANSITION).select_related("by")


def of(hisp: Hisp, quarter: Quarter) -> Event | None:
    return standing().filter(hisp=hisp, quarter=quarter).first()


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
