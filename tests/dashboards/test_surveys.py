from collections import Counter

import pytest

from dashboards.surveys import Group, PublishedSurvey
from reporting.scoring import METHODS, Tally, domain_score
from tests.factories import published_submission, survey

ONE = PublishedSurvey("va-vha", "care", 1, survey(trust=(1, 2, 3, 4, 5), no_data={"ease": "no_answers"}))
TWO = PublishedSurvey("ssa-oo", "care", 2, survey(trust=(0, 0, 0, 0, 40), customers=7))


def test_group_of_a_group_is_that_group():
    group = Group([ONE, TWO])
    assert Group(group) is group
    assert group.part([ONE, TWO]) is group
    assert list(group.part([TWO])) == [TWO]


@pytest.mark.parametrize("method", METHODS)
def test_group_gives_the_scores_that_the_arithmetic_gives(method):
    group = Group([ONE, TWO])
    assert group.answers("trust").score(method) == domain_score([ONE.samples["trust"], TWO.samples["trust"]], method)
    assert group.mean_of_domains(method) == group.answers("trust").score(method).value


def test_group_counts_only_surveys_and_hisps_with_answers():
    silent = PublishedSurvey("treas-irs", "care", 3, survey(no_data={"trust": "no_answers"}))
    group = Group([ONE, silent])
    assert (list(group.with_answers), group.hisps) == ([ONE], 1)


def test_group_without_surveys_has_no_score():
    assert Group().mean_of_domains() is None
    assert Group().answers("trust").margin("pooled") is None


@pytest.mark.django_db
def test_every_margin_of_a_survey_is_made_once_for_all_the_levels_and_methods_that_need_it(client, monkeypatch):
    for hisp, counts in (("va-vha", (1, 2, 3, 4, 5)), ("va-vba", (2, 2, 3, 4, 5)), ("ssa-oo", (3, 2, 3, 4, 5))):
        published_submission(hisp, surveys=[survey(trust=counts)])
    made: Counter[Tally] = Counter()
    margin_of_error = Tally.margin_of_error
    monkeypatch.setattr(
        Tally, "margin_of_error", lambda self, *people: (made.update([self]), margin_of_error(self, *people))[1]
    )
    assert len(list(client.get("/data/scores.json").streaming_content)) > 0
    of_three_surveys, of_one_department, of_the_government = 3, 1, 1
    assert made.total() == of_three_surveys + of_one_department + of_the_government
