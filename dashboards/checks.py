"""What the page “What we check” shows: every check by group, and how many there are of each severity."""

from collections import Counter
from typing import Any

from reporting.history.checks import GROUP as HISTORY
from reporting.workbook.catalog import GROUPS
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, SEVERITIES

_MEANINGS = {
    ERROR: "The report cannot be sent before it is put right.",
    EXPLAIN: "The reporter corrects it or writes a sentence, which the reviewer reads.",
    NOTE: "Nothing has to be done.",
}


def page() -> dict[str, Any]:
    """`count` and `severities` are of the workbook; the checks of past files stand at the end."""
    found = Counter(check.severity for group in GROUPS for check in group.checks)
    return {
        "groups": (*GROUPS, HISTORY),
        "count": found.total(),
        "severities": [
            {"words": words, "count": found[severity], "meaning": _MEANINGS[severity]}
            for severity, words in SEVERITIES.items()
        ],
    }
