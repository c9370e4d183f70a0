"""Departments: the HISPs that were designated under one, taken together."""

from datetime import date

import pytest
from django.utils import timezone

from dashboards import past, published, rows
from dashboards.scorecards import Missing, department_page, departments_page
from dashboards.scorecards.trends import trend
from dashboards.surveys import Group
from hisps.models import Department, Designation, Hisp
from reporting import summed
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission
from reporting.scoring import DEFAULT_METHOD
from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
LOW, HIGH = (20, 20, 20, 20, 20), (0, 0, 0, 50, 50)


def publish(slug, quarter="2021-q2", trust=LOW):
    return published_submission(slug, quarter, surveys=[survey(trust=trust)])


def page(slug="va", method=DEFAULT_METHOD):
    return department_page(slug, method)


def test_score_is_that_of_all_its_hisps_together():
    publish("va-one", trust=LOW)
    publish("va-two", trust=HIGH)
    publish("ssa-other", trust=HIGH)
    assert page().result.score.text == "3.75"
    assert [row.slug for row in page().rows] == ["va-one", "va-two"]


def test_method_changes_the_score():
    publish("va-one", trust=LOW)
    publish("va-two", trust=(0, 0, 0, 0, 300))
    assert page().result.score.text == "4.50"
    assert page(method="mean-of-hisps").result.score.text == "4.00"


def test_hisp_counts_for_the_department_that_it_was_designated_under_in_the_quarter():
    hisp = publish("va-one", "2020-q4").hisp
    publish("va-one", "2021-q2", trust=HIGH)
    ssa = Department.objects.create(slug="ssa", name="Social Security", abbreviation="SSA")
    factories.designation(hisp, date(2018, 10, 1), date(2020, 12, 31))
    Designation.objects.create(hisp=hisp, department=ssa, first_day=date(2021, 1, 1))
    assert page("va").quarter.slug == "2020-q4"
    assert page("ssa").quarter.slug == "2021-q2"
    assert page("ssa").result.score.text == "4.50"


def test_hisp_that_moved_away_is_named_with_where_it_is_now():
    hisp = publish("va-one").hisp
    factories.designation(hisp, date(2018, 10, 1))
    hisp.department = Department.objects.create(slug="ssa", name="Social Security", abbreviation="SSA")
    hisp.save()
    factories.hisp("va-silent")
    assert [(one.slug, one.where) for one in page("va").others] == [("va-silent", "")]
    assert [row.slug for row in page("va").rows] == ["va-one"]
    assert page("ssa").quarter is None


def test_department_over_time_keeps_gaps():
    publish("va-one", "2020-q4")
    publish("va-one", "2021-q2")
    assert [row.published for row in page().trend.rows] == [True, False, True]


QUARTERS = [FiscalQuarter(2019, 1).plus(number) for number in range(8)]


def moved():
    """One that comes to VA in FY2020 Q1, one that leaves it then, one that always was there; all with a gap."""
    va, ssa = (factories.hisp(slug).department for slug in ("va-one", "ssa-one"))
    for number, quarter in enumerate(QUARTERS):
        for slug, trust in (("va-new", (1, 2, 3, 4, number)), ("va-old", (9, 1, 1, 1, number)), ("va-one", HIGH)):
            if number != 6:
                publish(slug, quarter.slug, trust)
    for slug, first, then in (("va-new", ssa, va), ("va-old", va, ssa)):
        hisp = Hisp.objects.get(slug=slug)
        Designation.objects.create(
            hisp=hisp, department=first, first_day=date(2018, 10, 1), last_day=date(2019, 9, 30)
        )
        Designation.objects.create(hisp=hisp, department=then, first_day=date(2019, 10, 1))


def changes(found):
    return [[one.change for one in row.scores] for row in found.rows]


@pytest.mark.parametrize("slug", ["va", "ssa"])
def test_trend_of_sums_is_that_of_all_surveys_when_hisps_come_and_go(slug):
    moved()
    by_quarter = {}
    for one in published.read(Submission.objects.all()):
        if one.hisp.department_slug == slug:
            by_quarter.setdefault(one.quarter, []).extend(one.surveys)
    expected = trend({quarter: Group(surveys) for quarter, surveys in by_quarter.items()}, DEFAULT_METHOD)
    found = page(slug).trend
    assert found == expected
    assert changes(found) == changes(expected)  # made when they are looked at, and not compared
    assert {row.published for row in expected.rows} == {True, False}


def test_trend_ends_with_the_newest_figures_however_long_ago_its_hisps_moved_away():
    hisp = publish("va-one", "2010-q4").hisp
    publish("va-one", "2011-q1")
    for quarter in (FiscalQuarter(2011, 2).plus(number) for number in range(30)):
        publish("va-one", quarter.slug)
    ssa = Department.objects.create(slug="ssa", name="Social Security", abbreviation="SSA")
    factories.designation(hisp, date(2009, 10, 1), date(2010, 12, 31))
    Designation.objects.create(hisp=hisp, department=ssa, first_day=date(2011, 1, 1))
    assert page("va").quarter.slug == "2011-q1"
    assert page("va").before.slug == "2010-q4"
    assert len(page("va").trend.rows) == 2


@pytest.mark.parametrize(("method", "surveys"), [("pooled", 2), ("mean-of-surveys", past.MOST_QUARTERS + 1)])
def test_what_is_read_does_not_grow_with_the_past(method, surveys, monkeypatch, django_assert_num_queries):
    read, sums = [], []
    results, from_json = rows.results, summed.from_json
    monkeypatch.setattr(rows, "results", lambda of: read.extend(found := list(results(of))) or found)
    monkeypatch.setattr(summed, "from_json", lambda kept: sums.append(kept) or from_json(kept))
    for number in range(60):
        publish("va-one", FiscalQuarter(2010, 1).plus(number).slug)
        if number in (29, 59):
            read.clear(), sums.clear()
            with django_assert_num_queries(6):
                page(method=method)
            assert (len(read), len(sums)) == (surveys, past.MOST_QUARTERS + 1)


def test_unknown_department_is_missing():
    with pytest.raises(Missing, match="There is no department “nowhere”"):
        page("nowhere")


def test_list_has_every_department_in_the_newest_quarter():
    publish("va-one", trust=HIGH)
    publish("ssa-two", "2021-q1")
    rows = departments_page(DEFAULT_METHOD).rows
    assert [(row.slug, row.score.text if row.score else None) for row in rows] == [("ssa", None), ("va", "4.50")]


def test_list_is_of_the_newest_complete_quarter():
    publish("va-one", "2021-q1", trust=HIGH)
    publish("va-one", factories.quarter("2021-q2", opened_at=timezone.now()))
    factories.expectation("ssa-late", "2021-q2")
    found = departments_page(DEFAULT_METHOD)
    assert found.quarter.slug == "2021-q1"
    assert found.so_far.sentence == "FY2021 Q2 is not complete yet"


def test_list_is_of_the_newest_quarter_while_none_is_complete():
    publish("va-one", factories.quarter("2021-q2", opened_at=timezone.now()))
    factories.expectation("ssa-late", "2021-q2")
    assert departments_page(DEFAULT_METHOD).quarter.slug == "2021-q2"


def test_pages_show_scores_keep_the_method_and_lead_on(client):
    publish("va-one")
    publish("va-two", trust=HIGH)
    department = client.get("/departments/va/?method=mean-of-hisps").content.decode()
    for words in ("Department VA", "3.75", "/hisps/va-one/2021-q2/?method=mean-of-hisps", "scores.csv?hisp=va-one"):
        assert words in department
    every = client.get("/departments/?method=mean-of-hisps").content.decode()
    assert "/departments/va/?method=mean-of-hisps" in every


@pytest.mark.parametrize("address", ["/departments/", "/departments/va/"])
def test_pages_without_figures_say_so(client, address):
    factories.hisp("va-one")
    assert "published" in client.get(address).content.decode()
    assert client.get(address).status_code == 200


def test_address_of_no_department_is_404(client):
    assert client.get("/departments/nowhere/").status_code == 404
