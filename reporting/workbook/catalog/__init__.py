"""Every check of a workbook by name, in groups: what the public page “What we check” is made from.

The rules describe themselves; checks that are made while reading are described here. A test holds that both lists are
complete: nothing is told that is not listed, and nothing is listed that is never told.
"""

from dataclasses import dataclass

from reporting.workbook import rules
from reporting.workbook.catalog import contents, form, opening
from reporting.workbook.check import Check
from reporting.workbook.rules import answers, details, questions, repeats, scales, unanswered, volumes, whole, wordings


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    sentence: str
    checks: tuple[Check, ...]


def _rules_of(module: object) -> tuple[Check, ...]:
    """Those that are run, in their order."""
    own = {id(value) for value in vars(module).values() if isinstance(value, Check)}
    return tuple(rule for rule in (*rules.FOR_THE_WHOLE, *rules.FOR_EACH_SURVEY) if id(rule) in own)


GROUPS: tuple[Group, ...] = (
    Group(
        "opening",
        "Opening the file",
        "Before anything is read: is it a workbook that is safe to open? The file is named for what it is, with the "
        "way out.",
        opening.CHECKS,
    ),
    Group(
        "form",
        "The form",
        "Sheets, headings and rows. Columns are found by their headings, in any order; blank rows, other columns and "
        "other sheets do no harm.",
        form.CHECKS,
    ),
    Group(
        "cells",
        "What stands in a cell",
        "Each cell by itself. Where the right value is plain it is suggested.",
        contents.CHECKS,
    ),
    Group("volumes", "Customers, offered, respondents", "The three volumes of a survey.", _rules_of(volumes)),
    Group(
        "answers",
        "Answers",
        "The five counts of each question: whether they are numbers of people at all, and whether they are there.",
        (*_rules_of(answers), *_rules_of(questions), *_rules_of(unanswered)),
    ),
    Group("scales", "Answer scales", "Whether people answered on the scale that is said.", _rules_of(scales)),
    Group(
        "repeats",
        "Last quarter and other surveys",
        "Figures that come again, and figures that jump.",
        _rules_of(repeats),
    ),
    Group("wordings", "Questions as asked", "What the words of a question give away.", _rules_of(wordings)),
    Group(
        "details",
        "What describes a survey",
        "Service, channel, clearance, scale, permission to publish.",
        _rules_of(details),
    ),
    Group("whole", "The submission as a whole", "Across surveys, metrics and index scores.", _rules_of(whole)),
)
CHECKS: dict[str, Check] = {check.name: check for group in GROUPS for check in group.checks}
