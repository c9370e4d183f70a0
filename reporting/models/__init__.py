"""WHAT THEY SENT and what became of it. What the database can guarantee, it does: the constraints hold on SQLite and
PostgreSQL alike, and triggers (reporting/triggers.py) keep events and published figures from ever changing.
"""

from reporting.models.attempts import Attempt
from reporting.models.events import Event
from reporting.models.mail import Mail
from reporting.models.people import AccessRequest, Invitation
from reporting.models.publications import Publication
from reporting.models.quarters import Expectation, Quarter
from reporting.models.results import (
    DomainResult,
    IndexScore,
    OperationalMetric,
    SupportingDocument,
    TouchpointReport,
)
from reporting.models.submissions import Comment, Finding, Submission, Upload
from reporting.models.sums import QuarterTotal

__all__ = [
    "AccessRequest",
    "Attempt",
    "Comment",
    "DomainResult",
    "Event",
    "Expectation",
    "Finding",
    "IndexScore",
    "Invitation",
    "Mail",
    "OperationalMetric",
    "Publication",
    "Quarter",
    "QuarterTotal",
    "Submission",
    "SupportingDocument",
    "TouchpointReport",
    "Upload",
]
