"""The review desk. It holds no rule: every step goes through reporting.review and reporting.quarters, and figures can
be looked at but never edited or deleted here."""

from reporting.admin.events import EventAdmin
from reporting.admin.invitations import AccessRequestAdmin, InvitationAdmin
from reporting.admin.mail import MailAdmin
from reporting.admin.people import RecordedMembershipAdmin, RecordedPeopleAdmin
from reporting.admin.quarters import QuarterAdmin
from reporting.admin.records import SupportingDocumentAdmin, UploadAdmin
from reporting.admin.submissions import SubmissionAdmin

__all__ = [
    "AccessRequestAdmin",
    "EventAdmin",
    "InvitationAdmin",
    "MailAdmin",
    "QuarterAdmin",
    "RecordedMembershipAdmin",
    "RecordedPeopleAdmin",
    "SubmissionAdmin",
    "SupportingDocumentAdmin",
    "UploadAdmin",
]
