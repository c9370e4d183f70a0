"""Datasets as files: CSV for spreadsheets, JSON for programs, XLSX for people; all hold the same rows.

In CSV and XLSX a text that a spreadsheet would run as a formula begins with an apostrophe. In JSON numbers are
numbers, and what is unknown is null.
"""

from dashboards.exports import catalog, checksums, feed, openapi, sitemap
from dashboards.exports.files import KIND_NAMES, KINDS, content
from dashboards.exports.responses import response
from dashboards.exports.workbooks import TooLong

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "TooLong",
    "catalog",
    "checksums",
    "content",
    "feed",
    "openapi",
    "response",
    "sitemap",
]
