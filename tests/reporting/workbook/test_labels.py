from typing import Any

import pytest

from reporting.workbook import parse, rules, spec
from reporting.workbook.cells import Problem
from reporting.workbook.labels import labeled
from tests.reporting.workbook.workbooks import SERVICES, cell_of, complete, typed

URL, CONTROL = cell_of(spec.TOUCHPOINTS, "collection_url"), cell_of(spec.TOUCHPOINTS, "control_number")


def findings(cells: dict[str, Any]) -> dict[str, Problem]:
    parsed = parse.read(typed(complete(), cells))
    assert parsed.contents is not None
    found = rules.problems(parsed.contents, rules.Context(SERVICES))
    return {problem.rule: problem for problem in labeled(found, parsed.contents, parsed.sheets)}


@pytest.mark.parametrize(
    ("cell", "value", "rule", "label"),
    [
        (CONTROL, "6900035", "control_number_shape", "Survey 1 (Appointment 1): OMB control number"),
        (CONTROL, None, "control_number_missing", "Survey 1 (Appointment 1): OMB control number"),
        (cell_of(spec.TOUCHPOINTS, "channel", 1), None, "channel_missing", "Survey 2 (Appointment 2): Channel"),
        (cell_of(spec.TOUCHPOINTS, "service"), "Passports", "service_unknown", "Survey 1 (Appointment 1)"),
    ],
)
def test_finding_names_its_column_as_problems_of_cells_do(cell: str, value: Any, rule: str, label: str) -> None:
    assert findings({cell: value})[rule].label == label


def test_finding_about_one_question_names_the_question() -> None:
    wording = cell_of(spec.RESPONSES, "wording", 1)

    assert "Trust (Appointment 1): question as asked" in {p.label for p in findings({wording: None}).values()}


def test_finding_about_several_questions_names_the_survey() -> None:
    shares = dict(zip(spec.COUNTS, (20, 11, 11, 25, 33), strict=True))
    cells = {cell_of(spec.RESPONSES, n, row): share for row in range(7) for n, share in shares.items()}

    assert findings(cells)["percentages_as_counts"].label == "Survey 1 (Appointment 1)"


def test_finding_on_cover_names_its_line() -> None:
    assert findings({"Cover!B11": None})["reflection_missing"].label == "Reflection"
