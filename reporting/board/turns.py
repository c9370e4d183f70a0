"""Whose turn it is with a HISP, and where that happens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from reporting import invitations, quarters, transitions
from reporting.board.standing import NOT_REPORTING, Revision, Standing
from reporting.models import Quarter, Submission

State = Submission.State
YOURS, OTHERS_AT_OMB, OVERDUE, REPORTERS, DONE, NO_TURN = range(6)  # the order in which a board lists its HISPs


@dataclass(frozen=True)
class Viewer:
    """Who looks at the board, and what her roles include. One person may have several."""

    pk: int
    may_approve: bool
    may_publish: bool
    may_open: bool
    may_invite: bool

    @classmethod
    def of(cls, user: Any) -> "Viewer":
        return cls(
            pk=user.pk,
            may_approve=transitions.may(user, transitions.APPROVE),
            may_publish=transitions.may(user, transitions.PUBLISH),
            may_open=user.has_perm(quarters.PERMISSION),
            may_invite=user.has_perm(invitations.PERMISSION),
        )


@dataclass(frozen=True)
class Turn:
    """`who` acts next (“” for nobody); `words` and `url` are the link to where; `why` is said beside it."""

    rank: int
    who: str = ""
    words: str = ""
    url: str = ""
    why: str = ""

    @property
    def is_yours(self) -> bool:
        return self.rank == YOURS


def turn(standing: Standing, quarter: Quarter, viewer: Viewer) -> Turn:
    latest = standing.latest
    if latest is not None and latest.state == State.SUBMITTED:
        return _omb("Reviewer", "Review", latest, viewer, viewer.may_approve)
    if latest is not None and latest.state == State.APPROVED:
        return _omb("Administrator", "Publish", latest, viewer, viewer.may_publish)
    if standing.owes:
        return _of_reporter(standing, quarter, viewer)
    if latest is not None and latest.state == State.DRAFT and standing.is_public:
        return Turn(REPORTERS, "Reporter", "See the draft", _page(latest), "A correction is being prepared.")
    if standing.is_asked and latest is not None:
        return Turn(REPORTERS, "Reporter", "See what was asked", _page(latest), "A correction was asked for.")
    return Turn(NO_TURN if standing.state == NOT_REPORTING else DONE)


def place_in_line(standing: Standing, turn: Turn) -> tuple[int, bool, datetime, str]:
    """What needs the viewer comes first; of that, what has waited longest at OMB, then what was due first."""
    at_omb = turn.rank <= OTHERS_AT_OMB and not standing.owes and standing.latest is not None
    since = standing.latest.submitted_at if at_omb and standing.latest else None
    if turn.rank >= DONE:
        since = standing.now
    return turn.rank, not at_omb, since or standing.due_at, standing.name.casefold()


def _omb(role: str, step: str, latest: Revision, viewer: Viewer, may: bool) -> Turn:
    if may and viewer.pk in (latest.submitted_by, latest.uploaded_by):
        another = f"Another {role.lower()}"
        return Turn(OTHERS_AT_OMB, another, "Look at it", _page(latest), "You sent these figures yourself.")
    if may:
        return Turn(YOURS, "You", step, _page(latest))
    return Turn(OTHERS_AT_OMB, role, "Look at it", _page(latest))


def _of_reporter(standing: Standing, quarter: Quarter, viewer: Viewer) -> Turn:
    if not quarter.is_open and not standing.is_returned:
        return Turn(DONE, why=f"{quarter} is closed.")
    if not standing.has_reporter:
        why = "Nobody reports for this HISP yet."
        if not viewer.may_invite:
            return Turn(OVERDUE, "Administrator", why=why)
        return Turn(YOURS, "You", "Invite a reporter", _invite_address(standing), why)
    if standing.is_overdue and viewer.may_open and quarter.is_open:
        return Turn(YOURS, "You", "Remind", remind_address(quarter, standing))
    words, url = _where(standing)
    return Turn(OVERDUE if standing.is_overdue else REPORTERS, "Reporter", words, url)


def _where(standing: Standing) -> tuple[str, str]:
    """What there is to look at while the reporter works."""
    if standing.latest is None:
        return "", ""
    return ("See what was asked" if standing.state == State.RETURNED else "See the draft"), _page(standing.latest)


def _invite_address(standing: Standing) -> str:
    return f"{reverse('admin:reporting_invitation_add')}?hisp={standing.hisp}"


def remind_address(quarter: Quarter, standing: Standing) -> str:
    return f"{reverse('admin:reporting_quarter_remind', args=[quarter.pk])}?chosen={standing.expectation}"


def _page(revision: Revision) -> str:
    return reverse("admin:reporting_submission_change", args=[revision.pk])
