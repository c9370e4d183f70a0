import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from reporting.contents import Survey
from reporting.fiscal import FiscalQuarter
from reporting.history import read
from reporting.history.row import Row
from reporting.scoring import Tally
from tests.reporting.history.files import COLUMNS, csv_text, row

TODAY = date(2026, 1, 15)
VOLUME = "volume_of_customers"


def rows_of(data: bytes) -> list[Row]:
    rows, table = read.read(data, "file.csv", TODAY)
    assert table.problems == []
    return rows


def survey_of(**different: Any) -> Survey:
    return rows_of(csv_text([row(**different)], COLUMNS).encode())[0].survey


def problems_of(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    """Rule and place of every problem."""
    _, table = read.read(csv_text(rows, COLUMNS).encode(), "file.csv", TODAY)
    return [(problem.rule, str(problem.cell)) for problem in table.problems]


def test_row_becomes_a_survey():
    read_row = rows_of(csv_text([row(created_at="2021-05-13T23:05:19.090Z")], COLUMNS).encode())[0]
    survey = read_row.survey
    assert (read_row.quarter, read_row.provider) == (FiscalQuarter(2021, 2), "Example Provider")
    assert read_row.created_at == datetime(2021, 5, 13, 23, 5, 19, 90000, UTC)
    assert (survey.customers, survey.offered, survey.respondents) == (9000, 800, 100)
    assert survey.tally("satisfaction") == Tally(10, 20, 30, 40, 50)
    assert survey.question("satisfaction").published_score == Decimal("3.67")
    assert str(survey.places["line"]) == "line 2"


def test_columns_are_found_in_any_order_with_or_without_prefix():
    shuffled = random.Random(1).sample(COLUMNS, len(COLUMNS))
    plain = rows_of(csv_text([row()], COLUMNS).encode())
    assert rows_of(csv_text([row()], shuffled, prefix="attributes_").encode()) == plain


def test_byte_order_mark_and_windows_line_ends_are_read():
    text = csv_text([row()], COLUMNS)
    assert rows_of(b"\xef\xbb\xbf" + text.encode()) == rows_of(text.replace("\r\n", "\n").encode())


def test_unknown_typed_as_zero_becomes_unknown_with_a_sentence():
    survey = survey_of(**{VOLUME: "0.0"})
    assert survey.customers is None
    assert "0" in survey.volume_notes["customers"]


def test_blank_volume_is_unknown_with_another_sentence():
    assert survey_of(**{VOLUME: ""}).volume_notes["customers"] != survey_of(**{VOLUME: "0"}).volume_notes["customers"]


@pytest.mark.parametrize("wording", ["NONE", "No Question", "none", "N/A", ""])
def test_placeholder_wording_without_counts_is_not_asked(wording: str):
    question = survey_of(q2_text=wording).question("trust")
    assert (question.wording, question.tally, question.no_data) == ("", None, "not_asked")


def test_wording_without_counts_was_asked_without_answers():
    assert survey_of(q2_text="I trust it.").question("trust").no_data == "no_answers"


def test_counts_without_wording_are_kept():
    assert survey_of(q2_5=7).tally("trust") == Tally(0, 0, 0, 0, 7)


def test_extra_question_that_is_not_there_is_left_out():
    assert survey_of(q8_text="NONE").question("extra_1") is None


@pytest.mark.parametrize(
    "typed", ["#1234-5678", "OMB Control N1234-5678umber", "1234-5678  EXP 3/31/24", "1234-5678\t\t\t"]
)
def test_control_number_is_cleaned_and_kept_as_typed(typed: str):
    survey = survey_of(omb_control_number=typed)
    assert (survey.control_number, survey.control_number_typed) == ("1234-5678", typed)


def test_control_number_that_is_none_is_left_out():
    survey = survey_of(omb_control_number="OMB Control Number")
    assert (survey.control_number, survey.control_number_typed) == ("", "OMB Control Number")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Federal Register URL", ""),
        ("N/A", ""),
        ("Federal Register URL https://example.gov/a", "https://example.gov/a"),
    ],
)
def test_address_is_taken_from_its_label(typed: str, address: str):
    assert survey_of(federal_register_url=typed).collection_url == address


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1", "-1", "@me"])
def test_apostrophe_that_guards_a_text_in_our_exports_is_taken_off(text: str):
    assert survey_of(transaction_point=f"'{text}").transaction_point == text


def test_what_was_read_anew_is_counted():
    rows = rows_of(csv_text([row(**{VOLUME: 0}, q2_text="NONE", omb_control_number="#1234-5678")], COLUMNS).encode())
    assert read.normalization_counts(rows) == {
        "number 0 read as unknown": 1,
        "placeholder wording read as not asked": 1,
        "control number cleaned": 1,
    }


@pytest.mark.parametrize(
    ("column", "typed", "rule"),
    [
        (VOLUME, "48 million", "not_a_number"),
        (VOLUME, "-5", "negative"),
        (VOLUME, "1234.5", "fractional"),
        (VOLUME, "10000000001", "too_large"),
        (VOLUME, "9" * 5000, "too_large"),
        (VOLUME, "1e5", "not_a_number"),
        (VOLUME, "١٢", "not_a_number"),
        ("q3_4", "20%", "not_a_number"),
        ("q3_4", "NaN", "not_a_number"),
        ("q1_2", "", "blank"),
        ("q1_point_scale", "4.567", "score"),
        ("q1_point_scale", "6", "score"),
        ("q2_point_scale", "4.5", "score_alone"),
        ("collection_year", "21", "year"),
        ("collection_year", "1999", "year"),
        ("collection_year", "2030", "year"),
        ("collection_quarter", "5", "quarter"),
        ("collection_quarter", "", "quarter"),
        ("channel", "carrier pigeon", "channel"),
        ("service_name", " ", "blank"),
        ("service_provider_name", "x" * 201, "too_long"),
        ("transaction_point", "a\0b", "nul_byte"),
        ("created_at", "yesterday", "date"),
        ("volume_of_respondents", "801", "respondents_over_offered"),
    ],
)
def test_damaged_value_is_named_with_line_and_column(column: str, typed: str, rule: str):
    assert problems_of(row(service_provided="Another form"), row(**{column: typed})) == [(rule, f"line 3, {column}")]


def test_quarter_that_has_not_ended_is_refused():
    assert problems_of(row(collection_year=2026, collection_quarter=2)) == [("quarter", "line 2, collection_quarter")]


def test_every_problem_is_told_at_once():
    problems = problems_of(row(q1_1="x", q7_5=-1), row(service_provided="B", channel="?"), row(collection_quarter=9))
    assert [place for _, place in problems] == [
        "line 2, q1_1",
        "line 2, q7_5",
        "line 3, channel",
        "line 4, collection_quarter",
    ]


def test_same_survey_twice_is_refused_under_another_spelling():
    assert problems_of(row(), row(service_provided="Online  FORM.")) == [("twice", "line 3, service_provided")]


def test_same_survey_at_another_transaction_point_is_another_survey():
    assert problems_of(row(), row(transaction_point="Before the form")) == []


def test_message_says_what_stands_there_and_what_to_write():
    _, table = read.read(csv_text([row(**{VOLUME: "48 million"})], COLUMNS).encode(), "file.csv", TODAY)
    assert table.problems[0].message == "“48 million” stands here. Write the number in digits."


@pytest.mark.parametrize(
    "typed",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2017-12-31T00:00:00Z",
        "2026-01-16T05:00:00Z",  # midnight in US Eastern: tomorrow
        "2030-01-01",
    ],
)
def test_a_moment_long_ago_or_still_to_come_is_refused(typed: str):
    assert problems_of(row(created_at=typed)) == [("date_range", "line 2, created_at")]


@pytest.mark.parametrize("typed", ["2018-01-01", "2026-01-15T23:59:59-05:00", "2026-01-16T04:59:59Z", "2026-01-15"])
def test_a_moment_up_to_today_is_taken(typed: str):
    assert problems_of(row(updated_at=typed)) == []


@pytest.mark.parametrize("typed", ["Federal Register URL", "link", "N/A", "Collection URL"])
def test_a_heading_copied_into_the_address_is_left_out(typed: str):
    assert survey_of(federal_register_url=typed).collection_url == ""
