"""What the review desk shows of one submission, and the steps it offers there.

The rules are in reporting.transitions: here each step gets its button, its form and its words.
"""

from reporting.review_page.facts import shown_indicator, with_dates
from reporting.review_page.page import context
from reporting.review_page.queue import queue_of
from reporting.review_page.steps import STEPS, Step

__all__ = [
    "STEPS",
    "Step",
    "context",
    "queue_of",
    "shown_indicator",
    "with_dates",
]
