"""A row is known again by what identifies it."""

from reporting.workbook import spec
from reporting.workbook.matching import Row, pairs

VISIT = {"survey": "1", "service": "Outpatient", "service_provided": "Visit", "channel": "E-mail", "customers": "900"}
CALL = {"survey": "2", "service": "Outpatient", "service_provided": "Call", "channel": "Phone", "customers": "80"}


def matched(before: list[Row], after: list[Row], sheet: spec.Sheet = spec.TOUCHPOINTS) -> list[tuple[int, int]]:
    return [(old.number, new.number) for old, new in pairs(sheet, before, after)]


def test_rows_in_another_order_are_the_same_rows() -> None:
    assert matched([Row(5, VISIT), Row(6, CALL)], [Row(5, CALL), Row(9, VISIT)]) == [(6, 5), (5, 9)]


def test_row_stays_itself_with_a_new_number() -> None:
    assert matched([Row(5, VISIT)], [Row(6, VISIT | {"survey": "7"})]) == [(5, 6)]


def test_row_stays_itself_when_one_thing_that_names_it_is_corrected() -> None:
    for name in ("service", "service_provided", "channel"):
        assert matched([Row(5, VISIT)], [Row(8, VISIT | {name: "corrected"})]) == [(5, 8)], name


def test_spelling_does_not_count() -> None:
    assert matched([Row(5, VISIT)], [Row(6, VISIT | {"service_provided": "visit."})]) == [(5, 6)]


def test_another_survey_in_the_same_row_is_another_row() -> None:
    other = {"survey": "1", "service": "Claims", "service_provided": "Form", "channel": "Paper", "customers": "900"}
    assert matched([Row(5, VISIT)], [Row(5, other)]) == []


def test_row_that_nothing_names_is_known_by_its_place() -> None:
    assert matched([Row(5, {"customers": "900"})], [Row(5, {"customers": "901", "service": "Outpatient"})]) == [(5, 5)]
    assert matched([Row(5, {"customers": "900"})], [Row(6, {"customers": "900"})]) == []


def test_of_two_equal_rows_each_keeps_its_place() -> None:
    assert matched([Row(5, VISIT), Row(6, VISIT)], [Row(6, VISIT), Row(7, VISIT)]) == [(6, 6), (5, 7)]
    assert matched([Row(6, VISIT)], [Row(5, VISIT), Row(6, VISIT)]) == [(6, 6)]


def test_answers_belong_to_the_touchpoint_and_not_to_its_number() -> None:
    before = [
        Row(5, {"survey": "1", "domain": "Trust"}, "both 0"),
        Row(6, {"survey": "2", "domain": "Trust"}, "both 1"),
    ]
    after = [
        Row(5, {"survey": "2", "domain": "Trust"}, "both 0"),
        Row(6, {"survey": "1", "domain": "Trust"}, "both 1"),
    ]

    assert matched(before, after, spec.RESPONSES) == [(5, 5), (6, 6)]


def test_answers_of_a_survey_that_went_are_not_those_of_one_that_came() -> None:
    wording = {"survey": "1", "domain": "Trust", "wording": "I trust it."}
    gone, new = Row(5, wording, "only 0 5", True), Row(5, wording, "only 1 5", True)

    assert matched([gone], [new], spec.RESPONSES) == []


def test_metric_is_known_again_under_another_name_when_its_figure_stayed() -> None:
    metric = {"name": "Calls", "value": "48", "unit": "million"}

    assert matched([Row(5, metric)], [Row(5, metric | {"name": "Calls taken"})], spec.OPERATIONS) == [(5, 5)]
    assert matched([Row(5, metric)], [Row(5, metric | {"name": "Visits", "value": "7"})], spec.OPERATIONS) == []
