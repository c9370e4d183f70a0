"""docs/checks.md says what the checks find in the published files."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from reporting.history.load import Import
from reporting.models import Finding
from reporting.workbook.catalog import CHECKS
from reporting.workbook.rules import answers, patterns, questions, repeats, volumes
from tests.reporting.history import test_published_files as published
from tests.reporting.history.test_published_files import history, imported  # noqa: F401

TEXT = (Path(settings.BASE_DIR) / "docs/checks.md").read_text()
ROWS = [
    [cell.strip(" `") for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| `")
]
MEASURED = {row[0]: (int(row[1]), row[2]) for row in ROWS if row[0] in CHECKS}


@published.pytestmark
def test_findings_of_every_rule_are_as_told(history: Import) -> None:  # noqa: F811
    findings = Counter(Finding.objects.values_list("rule", flat=True))

    assert findings == {rule: number for rule, (number, _) in MEASURED.items()}
    assert f"{Finding.objects.filter(severity='explain').count()} findings in all" in TEXT
    slight = Finding.objects.filter(rule="answers_exceed_respondents", severity="note").count()
    assert f"Of the 60 findings of `answers_exceed_respondents` {slight} are only noted" in TEXT


@published.pytestmark
def test_rows_to_be_explained_are_as_many_as_told(history: Import) -> None:  # noqa: F811
    rows: set[str] = set()
    for finding in Finding.objects.filter(severity="explain"):
        in_two = finding.rule in ("same_figures_twice", "same_volumes_twice")
        lines = [re.findall(r"line (\d+)", place) for place in (finding.cell, *finding.related)]
        rows |= {line for found in lines[: None if in_two else 1] for line in found}

    assert f"{len(rows)} of the 298 rows" in " ".join(TEXT.split())


def test_severities_are_those_of_the_rules() -> None:
    assert {rule: words for rule, (_, words) in MEASURED.items()} == {
        rule: CHECKS[rule].severity_words for rule in MEASURED
    }


@pytest.mark.parametrize("row", [row for row in ROWS if row[0].isupper()], ids=lambda row: row[0])
def test_thresholds_are_those_of_the_code(row: list[str]) -> None:
    value = next(getattr(m, row[0]) for m in (answers, patterns, questions, repeats, volumes) if hasattr(m, row[0]))

    assert str(value) == row[1]
