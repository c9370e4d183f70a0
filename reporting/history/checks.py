"""Checks of the published files of past quarters while they are imported: what the public page says of them.

The rules of the workbook look at these files too; what would block a new submission is then worth an explanation.
"""

from reporting.workbook.catalog import Group
from reporting.workbook.cells import EXPLAIN
from reporting.workbook.check import Check

_ALL = "A file is imported as a whole or not at all, so every fault is told with its line and column."


def _check(name: str, looks_for: str, bad: str, good: str, fix: str, why: str = _ALL) -> Check:
    return Check(name, looks_for, why, bad, good, fix)


GROUP = Group(
    "history",
    "Published files of past quarters",
    "OMB’s CSV files, when an administrator imports them.",
    (
        _check("not_csv", "A spreadsheet or zip file.", "collections.xlsx", "collections.csv", "Save it as CSV."),
        _check("not_utf8", "A text that is not in UTF-8.", "Windows-1252", "UTF-8", "Save it as CSV UTF-8."),
        _check("nul_byte", "A NUL byte in a text.", "A damaged file.", "Plain text.", "Write the text again."),
        _check("broken_quotes", "A quotation mark without a partner.", '"Online', '"Online"', "Find its partner."),
        _check("field_count", "A line with too few or too many fields.", "41 of 42 fields.", "42 fields.",
               "Look for a missing or an extra comma."),
        _check("empty_file", "A file with nothing in it.", "0 lines.", "Headings and rows.", "Add them."),
        _check("no_rows", "Headings without rows.", "1 line.", "Headings and rows.", "Add rows."),
        _check("missing_columns", "A column that is missing.", "No q1_1.", "q1_1 to q1_5.", "Add the columns."),
        _check("column_twice", "A column that stands twice.", "q1_1, q1_1", "q1_1, q1_2", "Remove one of them."),
        _check("twice", "Two lines about the same survey.", "Lines 5 and 9.", "Line 5.", "Remove one."),
        _check("blank", "A blank where something must stand.", "No service.", "A service.", "Fill it in."),
        _check("too_long", "A text that is too long.", "5,400 characters.", "5,000 characters.", "Shorten it."),
        _check("not_a_number", "A text where a number belongs.", "many", "930000", "Write the number in digits."),
        _check("fractional", "A number of people with decimals.", "300.5", "300", "People are counted whole."),
        _check("negative", "A number of people below 0.", "-5", "5", "Write 0 or more."),
        _check("too_large", "A number above ten billion.", "93000000000", "930000", "Check the digits."),
        _check("year", "A year outside the program.", "1921", "2021", "Write the fiscal year with four digits."),
        _check("quarter", "A quarter that is none, or has not ended.", "5", "3", "Write 1, 2, 3 or 4."),
        _check("channel", "A channel that is none.", "pigeon", "email", "Choose a channel of the list."),
        _check("date", "A moment that is none.", "soon", "2021-05-13T23:05:19Z", "Write the date like this."),
        _check("date_range", "A moment that cannot be.", "9999-12-31T23:59:59Z", "2021-05-13T23:05:19Z",
               "Check the date."),
        _check("score", "A score outside 1 to 5.", "7.2", "4.2", "Check the score."),
        _check("score_alone", "A score without answers.", "4.2, five zeros.", "4.2, counts.", "Check the counts."),
        _check("respondents_over_offered", "More respondents than people offered the survey.", "300 of 200.",
               "200 of 300.", "Check both numbers."),
        _check("rating", "A rating that is none.", "MAYBE", "PARTIAL", "Write TRUE, PARTIAL or FALSE."),
        Check(
            "published_score",
            "A published score that its counts do not give.",
            "Counts are kept and scores computed, so a score that was printed wrongly is seen.",
            "4.19 printed, 4.21 computed.",
            "4.21 printed, 4.21 computed.",
            "The counts are kept and the score is computed from them.",
            EXPLAIN,
        ),
    ),
)  # fmt: skip
