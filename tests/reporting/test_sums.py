"""Totals of quarters equal what is recomputed from the published surveys, whatever was done in which order."""

import random

import pytest
from django.apps import apps

from dashboards import past, published
from dashboards.scorecards.parts import volumes, volumes_of
from dashboards.scorecards.trends import trend
from reporting import review, summed, sums
from reporting.contents import Survey
from reporting.models import QuarterTotal, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db
State = Submission.State
QUARTERS = ("2021-q1", "2021-q2", "2021-q3")
HISPS = ("va-vha", "ssa-oo", "opm-rs")
DOMAINS = ("satisfaction", "trust", "ease")


def a_survey(dice: random.Random, service: str) -> Survey:
    asked = dice.sample(DOMAINS, dice.randint(0, 3))
    counts = {slug: (*(dice.randint(0, 900) for _ in range(4)), 1) for slug in asked}
    silent = {slug: dice.choice(["not_asked", "no_answers"]) for slug in DOMAINS if slug not in asked}
    return factories.survey(
        service,
        f"{service} survey",
        customers=dice.choice([None, 5, 90_000]),
        offered=dice.choice([None, 9_000]),
        respondents=dice.choice([None, 3_000]),
        no_data=silent,
        fields={"publishable": dice.random() > 0.2, "publishable_reason": "An old clearance."},
        **counts,
    )


def surveys(dice: random.Random) -> list[Survey]:
    return [a_survey(dice, service) for service in dice.sample(["Benefits", "Care", "Letters"], dice.randint(1, 3))]


def act(dice: random.Random, by) -> None:
    """Publishes a first report or a correction, or withdraws."""
    hisp, quarter = factories.hisp(dice.choice(HISPS)), factories.quarter(dice.choice(QUARTERS))
    there = Submission.objects.filter(hisp=hisp, quarter=quarter).order_by("revision").last()
    if there and there.state == State.PUBLISHED and dice.random() < 0.4:
        review.withdraw(there, by=by, reason="Counted twice.")
        return
    revision = there.revision + 1 if there else 1
    approved = factories.submission(
        hisp, quarter, state=State.APPROVED, surveys=surveys(dice), revision=revision, revision_note="Recounted."
    )
    review.publish(approved, by=by)


@pytest.mark.parametrize("seed", range(6))
def test_totals_are_what_is_published_after_any_order_of_acts(seed):
    dice, by = random.Random(seed), people.administrator()
    for _ in range(14):
        act(dice, by)
        kept = {(each.quarter_id, each.hisp_id): each.figures for each in QuarterTotal.objects.all()}
    sums.renew_all()
    assert kept == {(each.quarter_id, each.hisp_id): each.figures for each in QuarterTotal.objects.all()}
    public = Submission.objects.published()
    assert {place for place in kept if place[1]} == set(public.values_list("quarter", "hisp"))
    summed_up, expected = (
        trend(each, "pooled") for each in (past.government(), past.by_quarter(published.read(public)))
    )
    assert summed_up == expected
    assert [[one.change for one in row.scores] for row in summed_up.rows] == [
        [one.change for one in row.scores] for row in expected.rows
    ]


@pytest.mark.parametrize("seed", range(3))
def test_volumes_of_a_total_are_those_of_its_surveys(seed):
    dice = random.Random(seed)
    for hisp in HISPS:
        factories.published_submission(hisp, "2021-q2", surveys=surveys(dice))
    every = [one.survey for each in published.read(Submission.objects.all()) for one in each.surveys]
    (total,) = past.totals().values()
    assert len(every) > 1
    assert volumes_of(total) == volumes(every)
    assert (total.reports, total.every.surveys) == (3, len(every))


def test_a_total_of_totals_goes_through_json_unchanged():
    factories.published_submission("va-vha", "2021-q2", surveys=surveys(random.Random(1)))
    (total,) = past.totals().values()
    assert summed.from_json(summed.as_json(total)) == total
    assert summed.total([total, summed.QuarterSum()]) == total


def test_nothing_published_has_no_total():
    withdrawn = factories.published_submission("va-vha", "2021-q2", surveys=surveys(random.Random(1)))
    assert QuarterTotal.objects.count() == 2
    review.withdraw(withdrawn, by=people.administrator(), reason="Counted twice.")
    assert QuarterTotal.objects.count() == 0


def test_totals_of_a_database_that_had_none_are_made():
    factories.published_submission("va-vha", "2021-q2", surveys=surveys(random.Random(1)))
    kept = QuarterTotal.objects.values_list("hisp", "figures")
    before = sorted(kept, key=str)
    QuarterTotal.objects.all().delete()
    assert sums.renew_all(apps) == 1
    assert sorted(QuarterTotal.objects.values_list("hisp", "figures"), key=str) == before


def test_the_first_quarter_there_can_be_has_none_before():
    factories.published_submission("va-vha", "1977-q1", surveys=surveys(random.Random(1)))
    assert len(past.totals()) == 1


def test_only_the_quarters_of_a_trend_are_read(django_assert_num_queries):
    for year in range(2010, 2020):
        for number in range(1, 5):
            factories.published_submission("va-vha", f"{year}-q{number}", surveys=[factories.survey(trust=(1,) * 5)])
    with django_assert_num_queries(1):
        assert len(past.government()) == past.MOST_QUARTERS + 1
    assert len(past.government("mean-of-surveys")) == past.MOST_QUARTERS + 1


def test_recent_are_the_quarters_of_a_trend_and_the_one_before():
    for slug in ("2010-q1", "2014-q1", "2014-q2", "2020-q1"):
        factories.published_submission("va-vha", slug, surveys=[factories.survey(trust=(1,) * 5)])
    factories.submission("va-vha", "2021-q1", state=State.APPROVED)
    found = past.recent(Submission.objects.all()).values_list("quarter__fiscal_year", "quarter__number")
    assert sorted(found) == [(2014, 1), (2014, 2), (2020, 1)]


def test_sums_know_one_method():
    factories.published_submission("va-vha", "2021-q2", surveys=[factories.survey(trust=(1, 2, 3, 4, 5))])
    (group,) = past.government().values()
    with pytest.raises(ValueError, match="needs every survey"):
        group.mean_of_domains("mean-of-surveys")
