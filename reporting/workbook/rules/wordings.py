"""Checks of the questions as asked."""

import re
from collections.abc import Iterator

from reporting.contents import Survey
from reporting.workbook.cells import ERROR, EXPLAIN, Problem
from reporting.workbook.rules.findings import Context, answered, at, finding, names, was_read
from reporting.workbook.texts import is_placeholder

_TEN_POINT = re.compile(
    r"\b([01]|zero|one)\s*(to|-|–|through)\s*(10|ten)\b|\b(10|ten)[\s-]point\b|\bout of (10|ten)\b",
    re.IGNORECASE,
)


def wording_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_placeholder(q.wording) and was_read(q, "wording")]
    if found:
        yield finding(
            "wording_missing",
            ERROR,
            f"There are answers, but no question: {names(found)}.",
            "The question as people saw it.",
            "Write the question under Question as asked, or clear its counts.",
            [cell for question in found for cell in at(question, "wording")],
            survey.label,
        )


def ten_point_wording(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.scale == "ten_point":
        return
    found = [q for q in answered(survey) if _TEN_POINT.search(q.wording)]
    if found:
        yield finding(
            "ten_point_wording",
            EXPLAIN,
            f"The question speaks of a scale up to 10: {names(found)}.",
            "The scale on which people answered.",
            "Choose Ten-point under Answer scale on Touchpoints and say how it was converted, or explain it.",
            [cell for question in found for cell in at(question, "wording")],
            survey.label,
        )
