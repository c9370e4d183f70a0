"""docs/scores.md says what the code does."""

import re
from pathlib import Path

from django.conf import settings

from dashboards.scorecards.example import example
from reporting.scoring import METHODS

TEXT = (Path(settings.BASE_DIR) / "docs/scores.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]


def test_worked_surveys_are_those_of_the_code():
    rows = [row for row in ROWS if row[0].endswith(" HISP")]
    assert rows == [[s.hisp, *s.counts, s.answers, s.customers, s.score] for s in example().surveys]


def test_worked_scores_and_margins_are_what_the_code_gives():
    names = {method.name for method in METHODS.values()}
    rows = [row for row in ROWS if row[0] in names]
    assert rows == [[method.name, method.score, method.margin.replace("\xa0", " ")] for method in example().methods]


def test_distance_between_the_methods_is_as_told():
    scores = [round(float(method.score) * 100) for method in example().methods]
    assert f"{(max(scores) - min(scores)) / 100:.2f} points between the methods" in TEXT


def test_files_that_are_named_exist():
    for path in re.findall(r"`((?:reporting|dashboards)/[\w/]+\.py)`", TEXT):
        assert (Path(settings.BASE_DIR) / path).exists(), path
