"""docs/scales.md says what the code does."""

from fractions import Fraction
from pathlib import Path

from django.conf import settings

from reporting.domains import CONVERSIONS, SCALE_POINTS, SCALES
from reporting.preview import preview
from reporting.scoring import Tally, for_display
from reporting.workbook.rules import FOR_EACH_SURVEY
from tests.reporting.workbook.workbooks import contents, survey

TEXT = (Path(settings.BASE_DIR) / "docs/scales.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]


def test_usual_conversions_are_those_of_the_code() -> None:
    rows = {row[0]: row[1:] for row in ROWS if row[0] in SCALES.values()}

    assert rows == {
        name: [CONVERSIONS.get(slug, "none"), ", ".join(map(str, SCALE_POINTS.get(slug, (1, 2, 3, 4, 5))))]
        for slug, name in SCALES.items()
    }


def test_worked_scores_are_what_the_conversions_give() -> None:
    people = next([int(cell) for cell in row[1:]] for row in ROWS if row[0] == "People")
    in_pairs = Tally(*(sum(people[place : place + 2]) for place in range(0, 10, 2)))
    mean = Fraction(sum(answer * n for answer, n in enumerate(people, start=1)), sum(people))
    assert in_pairs.mean is not None
    scores = [str(for_display(in_pairs.mean)), str(for_display(1 + 4 * (mean - 1) / 9))]

    assert [row[1] for row in ROWS if row[0].startswith(("In pairs", "Stretched"))] == scores


def test_rules_that_are_named_exist() -> None:
    named = {row[1].split("`")[1] for row in ROWS if len(row) == 2 and "`" in row[1]}

    assert named <= {rule.name for rule in FOR_EACH_SURVEY}
    assert len(named) == 4


def test_preview_shows_scale_and_conversion() -> None:
    made = survey(scale="yes_no", conversion="Yes = 5, No = 1")

    block = preview(contents((made,))).surveys[0]

    assert (block.scale, block.survey.conversion) == ("Yes/no", "Yes = 5, No = 1")
