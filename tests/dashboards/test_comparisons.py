"""docs/comparisons.md says what the code does, and the rules that it tells hold."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

from dashboards import formats
from dashboards.comparisons import (
    Difference,
    Estimate,
    combined_estimate,
    difference,
    domain_estimate,
    like_for_like,
)
from dashboards.surveys import Group, PublishedSurvey
from tests.factories import Counts, survey

TEXT = (Path(settings.BASE_DIR) / "docs/comparisons.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]
BEFORE, NOW, WEB = (10, 10, 20, 60, 100), (5, 5, 20, 60, 110), (40, 40, 40, 40, 40)


def one(touchpoint: int, **counts: Counts) -> PublishedSurvey:
    return PublishedSurvey("va-vha", "care", touchpoint, survey(customers=None, offered=None, **counts))


THEN, PRESENT = Group([one(1, trust=BEFORE)]), Group([one(1, trust=NOW), one(2, trust=WEB)])


def _margin(found: Estimate | Difference) -> str:
    return formats.margin(found.margin).replace("\N{NO-BREAK SPACE}", " ")


def test_worked_surveys_have_the_scores_of_the_code():
    for counts, row in zip((BEFORE, NOW, WEB), [row for row in ROWS if row[0] in ("Phone", "Web")], strict=True):
        found = domain_estimate(Group([one(1, trust=counts)]), "trust")
        assert [*map(str, counts), formats.score(found.value), _margin(found)] == row[2:]


def test_worked_differences_are_what_the_code_gives():
    whole = difference(combined_estimate(PRESENT), combined_estimate(THEN))
    for found, name in (
        (whole, "All surveys of each quarter"),
        (like_for_like(PRESENT, THEN).change(), "Like for like"),
    ):
        words = "difference" if found.is_clear else "within the margin of error"
        assert [name, formats.change(found.value), _margin(found), words] in ROWS


def test_files_that_are_named_exist():
    for path in re.findall(r"`((?:reporting|dashboards|tests)/[\w/]+\.py)`", TEXT):
        assert (Path(settings.BASE_DIR) / path).exists(), path


def test_difference_without_a_margin_is_never_clear():
    assert not difference(Estimate(Fraction(5), None), Estimate(Fraction(1), Decimal("0.1"))).is_clear


def test_there_is_no_difference_from_a_score_that_is_missing():
    assert difference(Estimate(Fraction(4), Decimal(0)), Estimate(None, None)) is None


@pytest.mark.parametrize(("value", "clear"), [("0.10", False), ("0.11", True), ("-0.11", True)])
def test_difference_is_clear_when_it_is_larger_than_its_margin(value, clear):
    assert Difference(Fraction(value), Decimal("0.10")).is_clear is clear


def test_the_same_touchpoint_over_another_channel_is_another_survey():
    moved = PublishedSurvey("va-vha", "care", 1, survey(trust=NOW, fields={"channel": "phone"}))
    assert not like_for_like([moved], THEN).now


def test_change_over_29_answers_is_not_firm():
    enough, few = one(1, trust=(0, 0, 0, 10, 20)), one(1, trust=(0, 0, 0, 10, 19))
    assert like_for_like([enough], [enough]).is_firm()
    assert not like_for_like([enough], [few]).is_firm()


def test_change_over_other_domains_is_not_firm():
    assert not like_for_like([one(1, trust=NOW)], [one(1, trust=NOW, ease=NOW)]).is_firm()
