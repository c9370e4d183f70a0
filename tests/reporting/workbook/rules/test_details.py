from typing import Any

import pytest

from reporting.workbook.cells import ERROR, EXPLAIN, NOTE
from reporting.workbook.rules import matching_service
from tests.reporting.workbook.rules.checks import found
from tests.reporting.workbook.workbooks import QUARTER, SERVICES, survey


def test_service_of_another_hisp_blocks_like_an_unknown_one() -> None:
    problem = found(survey(service="Passport Services"), "service_unknown")

    assert problem is not None
    assert problem.severity == ERROR
    assert problem.found == "“Passport Services” is not a designated service of this HISP."


@pytest.mark.parametrize("service", ["Community Care", "community  care", "COMMUNITY-CARE"])
def test_own_service_passes_in_any_spelling(service: str) -> None:
    assert found(survey(service=service), "service_unknown") is None
    assert matching_service(service, SERVICES) == "Community Care"


@pytest.mark.parametrize(
    ("channel", "words"), [("", "The channel is blank."), ("mixed", "The channel is “Mixed (historic)”")]
)
def test_channel_must_be_chosen(channel: str, words: str) -> None:
    problem = found(survey(channel=channel), "channel_missing")

    assert problem is not None
    assert problem.severity == ERROR
    assert problem.found.startswith(words)


def test_known_channel_passes() -> None:
    assert found(survey(channel="fax"), "channel_missing") is None


@pytest.mark.parametrize("typed", ["OMB Control Number", "2900-077", "pending"])
def test_control_number_of_another_shape_blocks(typed: str) -> None:
    problem = found(survey(control_number="", control_number_typed=typed), "control_number_shape")

    assert problem is not None
    assert problem.severity == ERROR
    assert problem.found == f"“{typed}” is not an OMB control number."


def test_lost_leading_zero_of_a_control_number_is_suggested() -> None:
    problem = found(survey(control_number="", control_number_typed="6900035"), "control_number_shape")

    assert problem is not None
    assert "Was 0690-0035 meant?" in problem.fix


def test_missing_control_number_is_to_be_explained() -> None:
    problem = found(survey(control_number="", control_number_typed="N/A"), "control_number_missing")

    assert problem is not None
    assert problem.severity == EXPLAIN


@pytest.mark.parametrize("url", ["", "N/A", "Federal Register URL"])
def test_missing_address_is_noted(url: str) -> None:
    problem = found(survey(collection_url=url), "collection_url_missing")

    assert problem is not None
    assert problem.severity == NOTE


@pytest.mark.parametrize("url", ["reginfo.gov/public", "javascript:alert(1)", "ftp://reginfo.gov", "https://"])
def test_what_is_no_web_address_blocks(url: str) -> None:
    problem = found(survey(collection_url=url), "collection_url_shape")

    assert problem is not None
    assert problem.severity == ERROR


def test_survey_that_may_not_be_published_needs_a_reason() -> None:
    problem = found(survey(publishable=False), "publishable_reason")

    assert problem is not None
    assert problem.severity == ERROR


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"scale": "ten_point", "conversion": "Halved."}, "conversion_missing"),
        ({"publishable": False, "publishable_reason": "The clearance forbids it."}, "publishable_reason"),
        ({}, "control_number_shape"),
        ({}, "control_number_missing"),
        ({"collection_url": "HTTPS://www.reginfo.gov/x"}, "collection_url_shape"),
    ],
)
def test_complete_details_pass(changes: dict[str, Any], rule: str) -> None:
    assert found(survey(**changes), rule) is None


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("3245-0404 EXP 3/31/20", True),
        ("3245-0404  EXP 3/31/24", False),
        ("3245-0404 exp. 12/2020", True),
        ("3245-0404", False),
        ("3245-0404 EXP 13/45/20", False),
    ],
)
def test_number_that_expired_before_the_quarter_is_to_be_explained(typed: str, is_told: bool) -> None:
    made = survey(control_number="3245-0404", control_number_typed=typed)

    problem = found(made, "control_number_expired", quarter=QUARTER)

    assert (problem is not None) is is_told


def test_misspelt_service_is_suggested() -> None:
    problem = found(survey(service="Comunity Care"), "service_unknown")

    assert problem is not None
    assert problem.suggestion == "Community Care"


def test_address_without_a_scheme_is_completed() -> None:
    problem = found(survey(collection_url="www.reginfo.gov/public"), "collection_url_shape")

    assert problem is not None
    assert problem.suggestion == "https://www.reginfo.gov/public"


def test_two_addresses_in_one_cell_block() -> None:
    problem = found(survey(collection_url="https://a.gov/x, https://b.gov"), "collection_url_shape")

    assert problem is not None
    assert problem.found == "“https://a.gov/x, https://b.gov” is not one web address."
