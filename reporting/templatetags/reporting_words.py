"""Dates, states and next steps in words, for the reporter's pages."""

import re
from datetime import datetime

from django import template
from django.utils import timezone

from reporting.models import Expectation, Submission

register = template.Library()

_NEXT_STEPS = {
    Submission.State.DRAFT: "Your workbook was read. Check the preview, then submit it.",
    Submission.State.SUBMITTED: "OMB has your figures and will review them. You need to do nothing now.",
    Submission.State.RETURNED: "OMB asks for changes. Read the reason, change the workbook and upload it again.",
    Submission.State.APPROVED: "OMB approved your figures. They will be published with the quarter.",
    Submission.State.PUBLISHED: "Your figures are public. To correct them, upload a changed workbook.",
    Submission.State.WITHDRAWN: "Your figures were withdrawn from the public pages.",
}


@register.filter
def due(moment: datetime) -> str:
    """“January 30, 2026, 11:59 PM Eastern”."""
    return f"{timezone.localtime(moment):%B %-d, %Y, %-I:%M %p} Eastern"


@register.filter
def days_left(moment: datetime) -> str:
    """“in 12 days”, “today”, “3 days ago”: whole days between dates in US Eastern."""
    days = (timezone.localdate(moment) - timezone.localdate()).days
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} ago; late figures are still welcome"


@register.filter
def waits_for(expectation: Expectation, submission: Submission | None) -> bool:
    """Whether figures are still to come from the HISP, so that the days until they are due matter."""
    answered = submission is not None and submission.state not in (Submission.State.DRAFT, Submission.State.RETURNED)
    return not answered and not expectation.not_reporting


@register.filter
def is_past(moment: datetime) -> bool:
    return moment < timezone.now()


@register.filter
def next_step(expectation: Expectation, submission: Submission | None) -> str:
    """What the reporter does next."""
    if submission is not None and submission.state == Submission.State.PUBLISHED and not expectation.quarter.is_open:
        return "Your figures are public."
    if submission is not None:
        return _NEXT_STEPS.get(Submission.State(submission.state), "")
    if expectation.not_reporting:
        return f"OMB noted that you will not report this quarter: {expectation.not_reporting_reason}"
    return "Download the prefilled workbook, fill it in and upload it."


@register.filter
def without_hash(note: str) -> str:
    """Whoever needs the SHA-256 of a file finds it with the file."""
    return re.sub(r" \(SHA-256 [0-9a-f]+\)", "", note)


@register.filter
def act(transition: str) -> str:
    """An event's transition as a past-tense phrase."""
    return _ACTS.get(transition, transition.replace("_", " ").capitalize())


_ACTS = {
    "upload": "Workbook uploaded",
    "upload_rejected": "Workbook not accepted",
    "replace": "Workbook replaced",
    "submit": "Submitted",
    "recall": "Recalled",
    "begin_review": "Review begun",
    "approve": "Approved",
    "return": "Returned for changes",
    "comment": "Comment",
    "settle": "Comments settled",
    "publish": "Published",
    "supersede": "Superseded",
    "withdraw": "Withdrawn",
    "ask_for_correction": "Correction asked for",
    "take_back_correction": "Request for a correction taken back",
    "extend": "Deadline extended",
    "remind": "Reminded",
    "mark_not_reporting": "Marked as not reporting",
    "expect_again": "Expected again",
    "override_indicator": "Indicator set",
    "open_quarter": "Quarter opened",
    "expect_more": "More HISPs expected",
    "close_quarter": "Quarter closed",
    "reopen_quarter": "Quarter reopened",
    "add_document": "Document added",
    "change_document": "Document changed",
    "import_history": "Imported from the published history",
    "sign_in": "Signed in",
    "sign_in_failed": "Sign-in failed",
    "create_account": "Account created",
    "invite": "Invited",
    "resend_invitation": "Invitation sent again",
    "revoke_invitation": "Invitation revoked",
    "ask_for_access": "Asked for access",
    "grant_access": "Access given",
    "refuse_access": "Access refused",
    "change_account": "Account changed",
    "change_role": "Role changed",
    "deactivate": "Account deactivated",
    "activate": "Account activated again",
    "grant_superuser": "Made a superuser",
    "revoke_superuser": "No longer a superuser",
    "change_password": "Own password changed",
    "set_password": "Password set for another person",
    "give_membership": "Reporter added",
    "end_membership": "Reporter’s last day set",
    "resume_membership": "Reporter’s last day taken back",
}
