from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.contents import Contents, Index, Metric
from reporting.workbook import parse, rules
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Cell
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.rules.checks import found, rules_of
from tests.reporting.workbook.workbooks import SERVICES, contents, fresh, survey, typed


def test_faultless_submission_has_no_finding() -> None:
    assert rules_of(contents(3)) == []


def test_submission_with_nothing_in_it_blocks() -> None:
    problem = found(Contents(reflection="We learned a lot."), "nothing_reported")

    assert problem is not None
    assert problem.severity == ERROR


@pytest.mark.parametrize("part", ["surveys", "metrics", "indexes"])
def test_one_kind_of_figures_is_enough(part: str) -> None:
    whole = contents(1)

    assert found(Contents(**{part: getattr(whole, part)}), "nothing_reported") is None


def test_missing_reflection_is_to_be_explained() -> None:
    problem = found(contents(1, reflection=""), "reflection_missing")

    assert problem is not None
    assert problem.severity == EXPLAIN


@pytest.mark.parametrize(
    ("blank", "words"),
    [
        ({"contact_email": ""}, "The e-mail of the contact is blank."),
        ({"contact_name": "", "contact_email": ""}, "The name and e-mail of the contact are blank."),
    ],
)
def test_blank_contact_is_noted(blank: dict[str, str], words: str) -> None:
    problem = found(contents(1, **blank), "contact_missing")

    assert problem is not None
    assert (problem.severity, problem.found) == (NOTE, words)


def test_contact_that_could_not_be_read_is_told_once() -> None:
    read = parse.read(typed(fill_from(fresh(), contents(1)), {"Cover!B10": "see below"}))
    assert read.contents is not None

    assert [p.rule for p in read.problems] == ["email_shape"]
    assert found(read.contents, "contact_missing") is None


def _row(number: int) -> dict[str, Cell]:
    fields = {"service": "B", "service_provided": "C", "channel": "E"}
    return {field: Cell("Touchpoints", number, letter) for field, letter in fields.items()}


def test_same_survey_twice_blocks_at_the_second() -> None:
    first = survey(1, places=_row(5))
    second = survey(2, service=first.service, service_provided="appointment  1", places=_row(6))
    whole = contents((first, second))

    problem = found(whole, "survey_twice")

    assert problem is not None
    assert problem.severity == ERROR
    assert (str(problem.cell), [str(cell) for cell in problem.related]) == ("Touchpoints!C6", ["Touchpoints!C5"])


@pytest.mark.parametrize("change", [{"channel": "phone"}, {"service_provided": "Another"}])
def test_surveys_that_differ_in_one_of_three_pass(change: dict[str, str]) -> None:
    assert found(contents((survey(1), survey(1, **change))), "survey_twice") is None


def test_metric_twice_for_a_service_blocks() -> None:
    twice = (Metric("Calls", Decimal(1), service=SERVICES[0]), Metric("Calls", Decimal(2), service=SERVICES[0]))

    assert found(contents(1, metrics=twice), "metric_twice") is not None


def test_metric_once_for_each_service_passes() -> None:
    each = tuple(Metric("Calls", Decimal(1), service=service) for service in ("", *SERVICES))

    assert found(contents(1, metrics=each), "metric_twice") is None


@pytest.mark.parametrize(("value", "is_told"), [(100, False), (101, True)])
def test_index_above_its_scale_blocks(value: int, is_told: bool) -> None:
    problem = found(contents(1, indexes=(Index("Index", Decimal(value)),)), "index_above_scale")

    assert (problem is not None) is is_told


def test_metric_of_an_unknown_service_blocks() -> None:
    problem = found(contents(1, metrics=(Metric("Calls", Decimal(1), service="Parks"),)), "service_unknown")

    assert problem is not None
    assert problem.severity == ERROR


def test_unreadable_cell_has_no_second_finding() -> None:
    data = fill_from(fresh(), contents(1))
    cells = {
        "Touchpoints!E5": "Carrier pigeon",
        "Touchpoints!F5": "many",
        "Touchpoints!B5": "=1",
        "Responses!H5": "some",
    }
    parsed = parse.read(typed(data, cells))
    assert parsed.contents is not None

    assert rules.problems(parsed.contents, rules.Context(SERVICES)) == []
    assert {str(p.cell) for p in parsed.problems} == set(cells)


def test_rows_of_a_csv_file_are_named_by_line_and_column() -> None:
    made = survey(channel="mixed", places={"channel": Cell("", 14, "channel"), "line": Cell("", 14, "")})

    problem = found(made, "channel_missing")

    assert problem is not None
    assert problem.cell is not None
    assert problem.cell.address == "line 14, channel"


def test_surveys_that_differ_by_transaction_point_only_are_told_what_to_write() -> None:
    first, second = survey(1), survey(1, transaction_point="Phone call a week later")

    problem = found(contents((first, second)), "survey_twice")

    assert problem is not None
    assert "Make Service provided different, such as “Appointment 1, Phone call a week later”" in problem.fix


def test_threshold_above_the_highest_possible_score_blocks() -> None:
    made = replace(contents().indexes[0], threshold=Decimal(120))

    problem = found(contents(indexes=(made,)), "index_above_scale")

    assert problem is not None
    assert problem.found == "The threshold is 120, but the highest possible score is 100."
