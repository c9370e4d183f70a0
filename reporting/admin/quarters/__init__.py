"""Quarters at the review desk: the list, the board of each, and what an administrator does with them."""

from reporting.admin.quarters.desk import QuarterAdmin

__all__ = ["QuarterAdmin"]
