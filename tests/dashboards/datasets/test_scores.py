import pytest

from tests.dashboards.downloads import objects
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_hisps():
    published_submission("va-vha", surveys=[survey("A", trust=(0, 0, 0, 0, 60)), survey("B", trust=(0, 0, 0, 30, 0))])
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 30, 0, 0))])


def test_government_of_one_hisp_is_no_government():
    levels = {one["level"] for one in objects("/data/scores.json?hisp=va-vha")}
    assert levels == {"hisp", "service", "survey"}


def test_scores_of_a_service_are_those_of_the_service_and_its_surveys():
    found = objects("/data/scores.json?service=va-vha-a&domain=trust")
    assert {one["level"] for one in found} == {"service", "survey"}
    assert {one["score"] for one in found} == {5.0}


@pytest.mark.parametrize("domain", ["trust", "combined"])
def test_rows_of_one_domain_are_those_of_the_whole_file(domain):
    whole = [one for one in objects("/data/scores.json") if one["domain"] == domain]
    assert objects(f"/data/scores.json?domain={domain}") == whole
    assert whole


def test_only_scores_of_a_survey_name_it():
    found = objects("/data/scores.json?domain=trust")
    assert all(bool(one["survey"]) == (one["level"] == "survey") for one in found)
    names = [one["survey"] for one in found if one["level"] == "survey"]
    assert len(set(names)) == len(names) == 3
