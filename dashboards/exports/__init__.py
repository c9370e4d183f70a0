"""Datasets as files that stream: CSV for spreadsheets, JSON for programs, XLSX for people; all hold the same rows.

In CSV and XLSX a text that a spreadsheet would run as a formula begins with an apostrophe. In JSON numbers are
numbers, and what is unknown is null.
"""

from dashboards.exports.lines import content
from dashboards.exports.responses import KINDS, response
from dashboards.exports.stamps import Stamp, stamp

__all__ = ["KINDS", "Stamp", "content", "response", "stamp"]
