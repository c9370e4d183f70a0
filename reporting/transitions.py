"""The table of transitions: from which state to which, who may make each, and the sentence that refuses it.

Nothing is changed here; reporting.review makes the transitions.
"""

from dataclasses import dataclass
from typing import Any

from hisps.models import Hisp
from reporting import asked_corrections
from reporting.models import Submission

State = Submission.State


class Refused(Exception):
    """A step that cannot be taken now; the message is a sentence for people."""


class NotAllowed(Refused):
    """A step that this person may not take."""


@dataclass(frozen=True)
class Transition:
    """No `permission`: reporters of the HISP. No `target`: the state stays. `verb` completes “could not be …”."""

    name: str
    verb: str
    sources: tuple[str, ...]
    target: str
    permission: str = ""
    open_to_superusers: bool = False
    four_eyes: bool = False


SUBMIT = Transition("submit", "submitted", (State.DRAFT,), State.SUBMITTED)
RECALL = Transition("recall", "recalled", (State.SUBMITTED,), State.DRAFT)
BEGIN_REVIEW = Transition(
    "begin_review",
    "taken into review",
    (State.SUBMITTED,),
    State.SUBMITTED,
    "reporting.review_submission",
    four_eyes=True,
)
APPROVE = Transition(
    "approve", "approved", (State.SUBMITTED,), State.APPROVED, "reporting.review_submission", four_eyes=True
)
RETURN = Transition(
    "return",
    "returned",
    (State.SUBMITTED, State.APPROVED),
    State.RETURNED,
    "reporting.return_submission",
    open_to_superusers=True,
    four_eyes=True,
)
PUBLISH = Transition(
    "publish", "published", (State.APPROVED,), State.PUBLISHED, "reporting.publish_submission", four_eyes=True
)
OVERRIDE_INDICATOR = Transition(
    "override_indicator",
    "given an indicator",
    (State.SUBMITTED, State.APPROVED),
    "",
    "reporting.review_submission",
    four_eyes=True,
)
SUPERSEDE = Transition("supersede", "superseded", (State.PUBLISHED,), State.SUPERSEDED, "reporting.publish_submission")
WITHDRAW = Transition("withdraw", "withdrawn", (State.PUBLISHED,), State.WITHDRAWN, "reporting.publish_submission")
ASK_FOR_CORRECTION = Transition(
    asked_corrections.TRANSITION,
    "called back for a correction",
    (State.PUBLISHED, State.WITHDRAWN),
    "",
    "reporting.publish_submission",
)
TAKE_BACK_CORRECTION = Transition(
    asked_corrections.TAKEN_BACK,
    "released from the request for a correction",
    (State.PUBLISHED, State.WITHDRAWN),
    "",
    "reporting.publish_submission",
)


def may(by: Any, transition: Transition) -> bool:
    """Whether this person's role at OMB includes the transition at all. A superuser has every permission, but does
    not sit at the review desk."""
    if by.is_superuser:
        return by.is_active and transition.open_to_superusers
    return bool(by.has_perm(transition.permission))


def why_not(submission: Submission, transition: Transition, by: Any) -> str:
    """The sentence that refuses this transition to this person now; empty when it is theirs to make."""
    try:
        check(submission, transition, by)
    except Refused as refusal:
        return str(refusal)
    return ""


def stale(transition: Transition) -> str:
    """What is said to somebody who decides on what is no longer there."""
    return (
        "Somebody changed this submission after you opened it, so it was not "
        f"{transition.verb}. Look at it again, then decide."
    )


def check(submission: Submission, transition: Transition, by: Any) -> None:
    """Raises Refused, or NotAllowed, unless this person may make the transition now. At most one query."""
    _refuse_stranger(submission, transition, by)
    if submission.state not in transition.sources:
        raise Refused(
            f"This submission is {submission.get_state_display().lower()} now, so it cannot be {transition.verb}."
        )
    if transition.four_eyes and by.pk in (submission.submitted_by_id, submission.uploaded_by_id):
        raise NotAllowed("You uploaded or submitted these figures yourself, so another person must decide on them.")


def _refuse_stranger(submission: Submission, transition: Transition, by: Any) -> None:
    if transition.permission:  # the database lets nobody report who is staff
        allowed = may(by, transition) and (by.is_staff or by.is_superuser or not _reports(submission, by))
    else:
        allowed = _reports(submission, by)
    if not allowed:
        raise NotAllowed(f"Your role does not include that a submission is {transition.verb} by you.")


def _reports(submission: Submission, by: Any) -> bool:
    return Hisp.objects.reported_by(by).filter(pk=submission.hisp_id).exists()
