from fractions import Fraction

from dashboards.scores import combined, score
from dashboards.surveys import PublishedSurvey
from tests.factories import survey


def one(hisp="va-vha", touchpoint=1, **fields) -> PublishedSurvey:
    return PublishedSurvey(hisp, f"{hisp}-care", touchpoint, survey(**fields))


def test_score_names_its_method_its_n_and_its_margin():
    text = score([one(satisfaction=(2302, 3118, 10615, 55358, 249586))], "satisfaction")
    assert (text.text, text.margin, text.positive, text.method) == (
        "4.70",
        "±\xa0less than\xa00.01",
        "95%",
        "Pooled by responses",
    )
    assert text.based_on == "320,979\xa0answers · 1\xa0survey"


def test_score_of_several_hisps_says_how_many():
    surveys = [one(trust=(0, 0, 0, 0, 9)), one("ssa-oo", 2, trust=(0, 0, 0, 9, 0))]
    assert score(surveys, "trust").based_on == "18\xa0answers · 2\xa0surveys · 2\xa0HISPs"


def test_score_under_thirty_answers_is_marked():
    assert score([one(trust=(0, 0, 0, 0, 29))], "trust").few
    assert not score([one(trust=(0, 0, 0, 0, 30))], "trust").few


def test_missing_score_gives_the_most_telling_reason():
    surveys = [one(no_data={"trust": "not_asked"}), one(touchpoint=2, no_data={"trust": "no_answers"})]
    assert score(surveys, "trust").reason == "Asked, but no answers were reported"
    assert score(surveys, "trust").text == ""
    assert score(surveys, "ease").reason == "Not asked in this survey"


def test_weighting_by_customers_says_what_it_leaves_out():
    surveys = [one(trust=(0, 0, 0, 0, 9)), one(touchpoint=2, customers=None, trust=(0, 0, 0, 9, 0))]
    assert score(surveys, "trust", "by-customers").left_out == "1\xa0survey left out: number of customers unknown"


def test_weighting_by_customers_without_any_says_so():
    text = score([one(customers=None, trust=(0, 0, 0, 0, 9))], "trust", "by-customers")
    assert text.reason == "No survey with answers reported its number of customers"


def test_combined_score_is_the_plain_mean_of_exact_domain_scores():
    result = combined([one(satisfaction=(0, 0, 0, 0, 9), trust=(0, 0, 1, 1, 1))])
    assert result.score.value == Fraction(9, 2)
    assert result.went_in == "Satisfaction and Trust"
    assert result.left_out == "Effectiveness, Ease, Efficiency, Transparency and Employee (not asked in this survey)"


def test_entity_without_answers_has_no_combined_score():
    result = combined([one(no_data={"trust": "no_answers"})])
    assert (result.score.text, result.score.value) == ("", None)
    assert result.score.reason == "No question has a score that may be shown"


def test_change_is_told_for_all_and_for_the_surveys_in_both():
    now = [one(trust=(0, 0, 0, 0, 10)), one(touchpoint=2, trust=(10, 0, 0, 0, 0))]
    before = [one(trust=(0, 0, 0, 10, 0))]
    change = score(now, "trust", before=before).change
    assert (change.text, change.same_surveys, change.surveys) == ("−1.00", "+1.00", "1\xa0survey")


def test_same_touchpoint_over_another_channel_is_another_survey():
    now = [one(trust=(0, 0, 0, 0, 10))]
    before = [one(trust=(0, 0, 0, 10, 0), fields={"channel": "phone"})]
    assert score(now, "trust", before=before).change.same_surveys == ""
