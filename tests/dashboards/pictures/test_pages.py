"""What the charts of each page show, and when they are not there."""

import pytest

from dashboards import pictures, scorecards
from reporting.fiscal import FiscalQuarter
from tests.factories import expectation, published_submission, survey

pytestmark = pytest.mark.django_db
Q1, Q2 = FiscalQuarter(2021, 1), FiscalQuarter(2021, 2)


@pytest.fixture(autouse=True)
def _two_hisps_and_one_missing():
    published_submission("va-vha", "2020-q4", surveys=[survey(satisfaction=(0, 0, 1, 9, 90), trust=(1, 2, 3, 4, 90))])
    published_submission("va-vha", "2021-q2", surveys=[survey(satisfaction=(0, 0, 0, 10, 10), trust=(0, 0, 0, 5, 5))])
    published_submission("ssa-oo", "2021-q2", surveys=[survey(satisfaction=(40, 0, 0, 0, 60))])
    expectation("doc-patents", "2021-q2")


def rows(picture):
    return [tuple(str(cell) if cell is not None else "" for cell in row) for row in picture.table.rows]


def test_quarter_shows_every_hisp_best_first_and_why_one_is_missing():
    found = pictures.of(scorecards.quarter_page(Q2, "pooled"))
    assert list(found) == ["hisps", "answers", "people"]
    assert rows(found["hisps"])[0][:3] == ("Provider va-vha", "4.50", "0.28")
    assert [row[0] for row in rows(found["hisps"])] == ["Provider va-vha", "Provider ssa-oo", "Provider doc-patents"]
    assert rows(found["hisps"])[-1][-1] == "Not submitted"
    assert "1\N{NO-BREAK SPACE}provider without a score" in found["hisps"].note


def test_hisp_shows_the_quarter_between_as_missing():
    trend = pictures.of(scorecards.hisp_page("va-vha", "pooled"))["trend"]
    assert [(row[0], row[2]) for row in rows(trend)] == [
        ("FY2020 Q4", "4.85"),
        ("FY2021 Q1", ""),
        ("FY2021 Q2", "4.50"),
    ]
    assert "a quarter has no score" in trend.note
    assert 'class="gap"' in trend.wide


def test_margin_of_the_combined_score_is_drawn():
    trend = pictures.of(scorecards.hisp_page("va-vha", "pooled"))["trend"]
    assert rows(trend)[0][3] != ""
    assert trend.wide.count('class="whisker"') == 2


def test_score_on_few_answers_is_hollow_and_said_to_be():
    domains = pictures.of(scorecards.hisp_page("va-vha", "pooled"))["domains"]
    assert 'class="dot hollow"' in domains.wide
    assert "A hollow dot rests on fewer than 30 answers." in domains.note


def test_people_are_summed_over_surveys_that_have_all_three_numbers():
    unknown = survey("Other care", customers=None, offered=None, trust=(1, 1, 1, 1, 1))
    published_submission("usda-fsa", "2021-q2", surveys=[unknown, survey(trust=(0, 0, 0, 0, 9))])
    people = pictures.of(scorecards.hisp_quarter_page("usda-fsa", Q2, "pooled"))["people"]
    assert rows(people) == [
        ("Customers", "10000", ""),
        ("Offered the survey", "2000", "1 in 5 customers"),
        ("Responded", "1000", "5 in 10 of those offered, 1 in 10 customers"),
    ]
    assert people.note.startswith("1 of 2 surveys, those that reported all three numbers.")


def test_bar_too_thin_to_see_is_named():
    few = survey(customers=9_000_000, offered=2_000_000, respondents=900, trust=(0, 0, 0, 0, 9))
    published_submission("usda-fsa", "2021-q2", surveys=[few])
    people = pictures.of(scorecards.hisp_quarter_page("usda-fsa", Q2, "pooled"))["people"]
    assert "The bar of “Responded” is thinner than the line that marks it." in people.note


def test_answers_show_only_domains_that_were_answered():
    answers = pictures.of(scorecards.hisp_quarter_page("ssa-oo", Q2, "pooled"))["answers"]
    assert [row[0] for row in rows(answers)] == ["Satisfaction"]
    assert answers.table.csv.splitlines()[1] == "Satisfaction,100,40,40.0,0,0.0,0,0.0,0,0.0,60,60.0,60,60.0"


def test_page_without_figures_has_no_charts():
    expectation("dol-osha", "2021-q2")
    assert pictures.of(scorecards.hisp_page("dol-osha", "pooled")) == {}


def test_hisp_whose_answers_may_not_be_published_shows_only_how_many_they_were():
    hidden = survey(trust=(1, 2, 3, 4, 5), fields={"publishable": False, "publishable_reason": "Clearance."})
    published_submission("dol-osha", "2021-q2", surveys=[hidden])
    assert list(pictures.of(scorecards.hisp_page("dol-osha", "pooled"))) == ["people"]


def test_unknown_page_is_refused():
    with pytest.raises(TypeError, match="No chart is known of str"):
        pictures.of("home")


def test_government_over_time_breaks_at_the_quarter_that_nobody_published():
    home = scorecards.home_page("pooled")
    assert home
    trend = pictures.of(home)["trend"]
    assert [row[2] for row in rows(trend)] == ["4.85", "", "4.04"]
    assert 'class="gap"' in trend.narrow
