import pytest
from django.test import Client

from reporting.domains import SEVEN_DOMAINS
from tests.dashboards.downloads import objects, rows
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
COUNTS = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")


def test_question_is_one_row_with_its_wording_counts_and_score():
    wordings = {"satisfaction": "Are you satisfied?"}
    published_submission(surveys=[survey(satisfaction=(2302, 3118, 10615, 55358, 249586), wordings=wordings)])
    [one] = objects("/data/responses.json?domain=satisfaction")
    assert [one[name] for name in COUNTS] == [2302, 3118, 10615, 55358, 249586]
    assert (one["question"], one["answers"], one["score"]) == ("Are you satisfied?", 320_979, 4.7)
    assert (one["share_positive"], one["no_answers_reason"]) == (0.95, "")
    assert (one["customers"], one["offered"], one["respondents"]) == (10_000, 2_000, 1_000)


def test_every_survey_has_a_row_for_each_domain_and_for_what_it_asked_besides():
    published_submission(surveys=[survey(trust=(0, 0, 0, 0, 9), extra_2=(0, 0, 0, 0, 9)), survey("Other")])
    found = [one["domain"] for one in objects("/data/responses.json")]
    seven = [domain.slug for domain in SEVEN_DOMAINS]
    assert found == [*seven, "extra_2", *seven]


def test_question_without_answers_has_no_counts_but_the_reason():
    silent = survey(no_data={"ease": "no_answers"}, wordings={"ease": "Was it easy?"})
    published_submission(surveys=[silent])
    by_domain = {one["domain"]: one for one in objects("/data/responses.json")}
    ease, employee = by_domain["ease"], by_domain["employee"]
    assert (ease["question"], ease["no_answers_reason"]) == ("Was it easy?", "Asked, but no answers were reported")
    assert employee["no_answers_reason"] == "Not asked in this survey"
    for one in (ease, employee):
        assert [one[name] for name in (*COUNTS, "score", "share_positive")] == [None] * 7
        assert one["answers"] == 0


def test_answers_that_may_not_be_published_are_left_out_with_the_reason():
    published_submission(surveys=[survey(trust=(0, 0, 7777, 0, 0), fields={"publishable": False})])
    [trust] = rows("/data/responses.csv?domain=trust")
    assert [trust[name] for name in COUNTS] == [""] * 5
    assert trust["publishable"] == "false"
    assert trust["no_answers_reason"] == "The survey’s clearance does not allow publication"


def test_scale_conversion_and_provenance_stand_beside_the_answers():
    fields = {"scale": "yes_no", "conversion": "Yes = 5, No = 1"}
    published_submission(surveys=[survey(trust=(1, 0, 0, 0, 9), fields=fields)])
    [one] = objects("/data/responses.json?domain=trust")
    assert (one["scale"], one["conversion"], one["publishable"]) == ("yes_no", "Yes = 5, No = 1", True)
    assert (one["revision"], one["publication"], one["published_on"]) == (1, 1, "2021-05-01")


def test_survey_has_the_name_of_its_page_which_is_the_same_in_every_quarter():
    for quarter in ("2021-q1", "2021-q2"):
        published_submission("va-vha", quarter, surveys=[survey(), survey("Other")])
    names = [one["survey"] for one in objects("/data/responses.json?domain=trust")]
    assert names[:2] == names[2:]
    assert names[0] != names[1]
    assert {Client().get(f"/surveys/{name}/").status_code for name in names} == {200}


def test_rows_narrow_to_a_service():
    published_submission(surveys=[survey("A", trust=(0, 0, 0, 0, 9)), survey("B", trust=(0, 0, 0, 0, 9))])
    [one] = objects("/data/responses.json?service=va-vha-b&domain=trust")
    assert one["service_name"] == "B"
