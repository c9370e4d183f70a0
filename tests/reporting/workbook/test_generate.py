"""The template: what is filled in beforehand, what Excel enforces, what is locked."""

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from reporting.contents import Contents
from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS
from reporting.workbook import parse, spec
from reporting.workbook.generate import build
from tests.reporting.workbook.workbooks import (
    FIRST_ROW,
    SECRET,
    SERVICES,
    contents,
    fresh,
    question,
    survey,
    template,
)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def column(sheet: Any, table: spec.Sheet, name: str) -> list[Any]:
    """The cells of a column under its heading."""
    number = [c.name for c in table.columns].index(name) + 1
    return [sheet.cell(row, number).value for row in range(FIRST_ROW, sheet.max_row + 1)]


def test_sheets_stand_in_order_and_the_rest_is_hidden() -> None:
    book = opened(fresh())

    assert book.sheetnames == [
        "Cover", "Touchpoints", "Responses", "Operations", "Index scores", "Definitions", "Lists", "_stamp",
    ]  # fmt: skip
    assert (book["Lists"].sheet_state, book["_stamp"].sheet_state) == ("hidden", "veryHidden")


def test_cover_says_for_whom_and_when() -> None:
    values = [row[1].value for row in opened(fresh())["Cover"].iter_rows(min_row=4, max_row=8)]

    assert values == [
        "Veterans Health Administration",
        "Department of Veterans Affairs",
        "FY2021 Q3 (April 1, 2021 to June 30, 2021)",
        "July 30, 2021, end of day US Eastern",
        "Outpatient Services\nCommunity Care",
    ]


def test_first_template_has_a_survey_per_service_with_the_official_statements() -> None:
    book = opened(fresh())
    wordings = column(book["Responses"], spec.RESPONSES, "wording")

    assert column(book["Touchpoints"], spec.TOUCHPOINTS, "service")[:3] == [*SERVICES, None]
    assert wordings[0] == "I am satisfied with the service I received from Veterans Health Administration."
    assert wordings[6] == DOMAIN_BY_SLUG["employee"].statement
    assert wordings[11] == wordings[0]
    assert wordings[22] is None


def test_next_template_carries_words_forward_but_no_number() -> None:
    previous = contents(2)
    book = opened(build(template(previous)))
    touchpoints, responses = book["Touchpoints"], book["Responses"]

    assert column(touchpoints, spec.TOUCHPOINTS, "service_provided")[:2] == ["Appointment 1", "Appointment 2"]
    assert column(touchpoints, spec.TOUCHPOINTS, "channel")[:2] == ["Email", "Email"]
    assert column(touchpoints, spec.TOUCHPOINTS, "control_number")[:2] == ["2900-0770", "2900-0770"]
    for name in ("customers", "offered", "respondents"):
        assert not any(column(touchpoints, spec.TOUCHPOINTS, name))
    for name in spec.COUNTS:
        assert not any(column(responses, spec.RESPONSES, name))
    assert book["Cover"]["B11"].value is None, "the reflection is this quarter's"


def test_last_quarters_total_and_mean_stand_beside_as_locked_figures() -> None:
    book = opened(build(template(contents(1))))
    responses = book["Responses"]

    assert column(responses, spec.RESPONSES, "last_total")[0] == 1780
    assert column(responses, spec.RESPONSES, "last_mean")[0] == pytest.approx(4.4393, abs=1e-4)
    letter = [c.name for c in spec.RESPONSES.columns].index("last_total") + 1
    assert responses.cell(FIRST_ROW, letter).protection.locked


def test_question_not_asked_last_quarter_stays_not_asked() -> None:
    made = survey(questions=(question("satisfaction", 1, 2, 3, 4, 5),))
    responses = opened(build(template(Contents(surveys=(made,)))))

    assert column(responses["Responses"], spec.RESPONSES, "asked")[:8] == ["Yes", *["No"] * 6, None]


def test_every_question_of_every_survey_has_a_row() -> None:
    responses = opened(fresh())["Responses"]

    assert column(responses, spec.RESPONSES, "survey") == [
        n for n in range(1, spec.ROOM_FOR_SURVEYS + 1) for _ in QUESTION_SLUGS
    ]


def test_room_grows_with_more_surveys_than_usual() -> None:
    book = opened(build(template(contents(20))))

    assert column(book["Touchpoints"], spec.TOUCHPOINTS, "survey")[:23] == list(range(1, 24))


def test_only_cells_to_fill_in_are_unlocked_and_no_password_is_set() -> None:
    book = opened(fresh())
    for table in spec.TABLES:
        sheet = book[table.name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for number, made in enumerate(table.columns, start=1):
            assert sheet.cell(4, number).protection.locked
            assert sheet.cell(FIRST_ROW, number).protection.locked is not bool(made.fills)


def test_excel_enforces_counts_and_choices_with_plain_words() -> None:
    book = opened(fresh())
    validations = {str(v.sqref): v for v in book["Touchpoints"].data_validations.dataValidation}
    customers = next(v for where, v in validations.items() if "F5" in where)
    service = next(v for where, v in validations.items() if where.startswith("B5"))

    assert (customers.type, customers.formula1, customers.formula2) == ("whole", "0", "10000000000")
    assert customers.error == (
        "A whole number of people, 0 or more, such as 1234. No words, no percent sign, no decimals."
    )
    assert (service.type, service.formula1) == ("list", "Lists!$A$2:$A$3")


def test_every_heading_explains_itself() -> None:
    book = opened(fresh())
    for table in spec.TABLES:
        for number, made in enumerate(table.columns, start=1):
            comment = book[table.name].cell(4, number).comment
            assert made.help in comment.text


def test_definitions_name_every_input() -> None:
    rows = {(row[0].value, row[1].value) for row in opened(fresh())["Definitions"].iter_rows(min_row=5)}

    assert rows >= {(t.name, c.header) for t in spec.INPUT_SHEETS for c in t.columns if c.fills}


def test_text_that_starts_with_an_equals_sign_stays_text() -> None:
    made = survey(service_provided="=HYPERLINK(1)", transaction_point="=1+1")
    sheet = opened(build(template(Contents(surveys=(made,)))))["Touchpoints"]

    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet["D5"].data_type == "s"


def test_stamp_is_genuine() -> None:
    stamp = parse.read(fresh()).stamp

    assert stamp is not None
    assert stamp.is_genuine(SECRET)
    assert (stamp.version, stamp.hisp, stamp.quarter.slug) == (spec.VERSION, "va-vha", "2021-q3")


def test_hisp_without_services_gets_a_template_too() -> None:
    assert parse.read(build(template(services=()))).contents == Contents()


def test_survey_over_a_channel_of_the_past_must_choose_anew() -> None:
    made = survey(channel="mixed")

    book = opened(build(template(Contents(surveys=(made,)))))

    assert column(book["Touchpoints"], spec.TOUCHPOINTS, "channel")[0] is None


def test_control_characters_of_the_past_do_not_stop_a_template() -> None:
    made = replace(survey(), service_provided="bell \x07 rings")

    assert parse.read(build(template(Contents(surveys=(made,))))).contents is not None


def test_short_sheets_are_printed_on_one_page_and_long_ones_stay_legible() -> None:
    book = load_workbook(io.BytesIO(build(template(contents(8)))))

    pages = {name: book[name].page_setup.fitToHeight for name in ("Operations", "Index scores", "Responses")}
    assert pages == {"Operations": 1, "Index scores": 1, "Responses": 0}
