"""The re-tabulated figures travel with the project: what they say must be what OMB and the agencies published."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reporting.demo import read
from reporting.domains import DOMAIN_BY_SLUG
from reporting.fiscal import FiscalQuarter
from reporting.scoring import METHODS, SurveyTally, Tally, domain_score, for_display

SURVEYS = read.surveys()
OPERATIONS = read.operations()
VHA = {
    "2019-q1": (4_282_563, 1_236_483, 377_268),
    "2019-q2": (8_444_379, 1_726_622, 346_694),
    "2019-q3": (8_656_645, 1_899_830, 329_662),
    "2019-q4": (8_616_178, 1_924_646, 310_992),
    "2020-q1": (8_586_476, 1_808_680, 304_687),
}


def test_every_published_score_is_reproduced_exactly():
    questions = [q for contents in SURVEYS.values() for s in contents.surveys for q in s.questions if q.tally]
    differing = [q for q in questions if for_display(q.tally.mean) != q.published_score]
    assert (len(questions), differing) == (1819, [])


def test_rounding_half_to_even_would_not_reproduce_them():
    questions = [q for contents in SURVEYS.values() for s in contents.surveys for q in s.questions if q.tally]
    assert any(round(q.tally.mean, 2) != Fraction(q.published_score) for q in questions)


def test_every_hisp_of_six_quarters_is_there():
    quarters = {quarter for _, quarter in SURVEYS if quarter >= FiscalQuarter(2021, 1)}
    assert len(quarters) == 6
    assert (
        len({hisp for hisp, quarter in SURVEYS if quarter in (FiscalQuarter(2021, 1), FiscalQuarter(2021, 2))}) >= 17
    )
    assert len({hisp for hisp, _ in SURVEYS}) == 23


@pytest.mark.parametrize(
    ("method", "score"),
    [("pooled", "4.35"), ("mean-of-surveys", "4.02"), ("mean-of-hisps", "4.14"), ("by-customers", "3.62")],
)
def test_satisfaction_of_all_hisps_in_fy2021_q3(method: str, score: str):
    surveys = [
        SurveyTally(hisp, survey.tally("satisfaction"), survey.customers)
        for (hisp, quarter), contents in SURVEYS.items()
        if quarter == FiscalQuarter(2021, 3)
        for survey in contents.surveys
    ]
    assert method in METHODS
    assert str(for_display(domain_score(surveys, method).value)) == score


def test_vha_outpatient_survey_of_fy2021_q2():
    (survey,) = SURVEYS["va-vha", FiscalQuarter(2021, 2)].surveys
    assert (survey.customers, survey.offered, survey.respondents) == (9_707_552, 1_774_363, 320_979)
    assert survey.tally("satisfaction") == Tally(2302, 3118, 10615, 55358, 249586)
    scores = [str(for_display(survey.tally(slug).mean)) for slug in DOMAIN_BY_SLUG]
    assert scores == ["4.70", "4.52", "4.69", "4.52", "4.70", "4.70", "4.74"]


@pytest.mark.parametrize("quarter", VHA)
def test_vha_volumes_of_quarters_whose_answers_are_not_at_hand(quarter: str):
    (survey,) = SURVEYS["va-vha", FiscalQuarter.parse(quarter)].surveys
    assert (survey.customers, survey.offered, survey.respondents) == VHA[quarter]
    assert {(q.tally, q.no_data, q.notes) for q in survey.questions} == {(None, "no_answers", read.NOT_AT_HAND)}


@pytest.mark.parametrize(("quarter", "index", "millions"), [("2019-q1", 83, 48), ("2019-q2", 85, 49)])
def test_ssa_online_services(quarter: str, index: int, millions: int):
    contents = OPERATIONS["ssa-oo", FiscalQuarter.parse(quarter)]
    (metric,), (score,) = contents.metrics, contents.indexes
    assert (metric.name, metric.value, metric.unit) == (
        "Successfully completed online transactions",
        Decimal(millions),
        "million",
    )
    assert (score.value, score.scale_maximum, score.threshold, score.threshold_label) == (index, 100, 80, "excellent")
    for service in ("Business Services Online", "Medicare Extra Help", "my Social Security", "SSA.gov"):
        assert service in score.covers
    assert metric.footnote
    assert score.footnote


def test_no_question_text_and_no_narrative_is_in_the_tables():
    surveys = [survey for contents in SURVEYS.values() for survey in contents.surveys]
    assert not any(q.wording for survey in surveys for q in survey.questions)
    assert not any(survey.transaction_point or survey.metrics_text for survey in surveys)
    assert {contents.reflection for contents in SURVEYS.values()} == {"", read.REFLECTION}
    assert max(len(survey.service_provided) for survey in surveys) <= 80
