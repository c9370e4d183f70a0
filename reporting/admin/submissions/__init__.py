"""Submissions at the review desk: the queue, steps for several at once, and the page on which one is decided."""

from reporting.admin.submissions.queue import SubmissionAdmin

__all__ = ["SubmissionAdmin"]
