"""The page the public sees first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dashboards.scorecards import home_page
from reporting.models import Submission
from reporting.scoring import DEFAULT_METHOD
from tests import factories
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
LOW, HIGH = (20, 20, 20, 20, 20), (0, 0, 0, 50, 50)


def publish(slug, quarter, trust=LOW, **fields):
    return published_submission(slug, quarter, surveys=[survey(trust=trust)], **fields)


def open_quarter(slug="2021-q2"):
    return factories.quarter(slug, opened_at=timezone.now() - timedelta(days=9))


def found(method=DEFAULT_METHOD):
    return home_page(method).highlights


def test_largest_rise_and_largest_fall_are_those_of_the_same_surveys():
    for slug, before, now in (("va-up", LOW, HIGH), ("va-down", HIGH, LOW), ("va-same", LOW, LOW)):
        publish(slug, "2021-q1", before)
        publish(slug, "2021-q2", now)
    rise, fall = found().rise, found().fall
    assert (rise.slug, rise.change, rise.before, rise.now, rise.clear) == ("va-up", "+1.50", "3.00", "4.50", True)
    assert (fall.slug, fall.change) == ("va-down", "−1.50")
    assert found().compared == "3\xa0HISPs"


def test_change_over_few_answers_is_no_highlight():
    publish("va-up", "2021-q1", (9, 9, 9, 0, 0))
    publish("va-up", "2021-q2", (0, 0, 0, 9, 9))
    assert (found().rise, found().fall) == (None, None)


def test_change_that_prints_as_nothing_is_no_highlight():
    publish("va-same", "2021-q1", (0, 0, 0, 1000, 1000))
    publish("va-same", "2021-q2", (0, 0, 0, 1000, 1001))
    assert (found().rise, found().fall) == (None, None)


def test_small_change_is_within_its_margin():
    publish("va-up", "2021-q1", (20, 20, 20, 20, 20))
    publish("va-up", "2021-q2", (19, 20, 20, 20, 21))
    assert not found().rise.clear


def test_highest_and_lowest_domain_are_those_of_the_government():
    published_submission(surveys=[survey(trust=LOW, ease=HIGH, satisfaction=(0, 0, 50, 50, 0))])
    assert (found().highest.slug, found().lowest.slug) == ("ease", "trust")


def test_hisps_are_new_back_or_absent():
    for slug in ("va-stays", "va-leaves"):
        publish(slug, "2021-q1")
    publish("va-back", "2020-q4")
    for slug in ("va-stays", "va-back", "va-new"):
        publish(slug, "2021-q2")
    names = {kind: [one.slug for one in getattr(found(), kind)] for kind in ("new", "returned", "absent")}
    assert names == {"new": ["va-new"], "returned": ["va-back"], "absent": ["va-leaves"]}


def test_nobody_is_absent_from_a_quarter_that_is_not_complete():
    publish("va-one", "2021-q1")
    publish("va-two", open_quarter())
    factories.expectation("va-one", "2021-q2")
    assert found().absent == ()


def test_first_quarter_has_nobody_new():
    publish("va-one", "2021-q1")
    assert found().new == ()


def test_corrections_after_the_first_publication_are_counted():
    submission("va-before", "2020-q4", state=Submission.State.WITHDRAWN)
    publish("va-one", "2021-q2")
    assert home_page(DEFAULT_METHOD).corrections == ""
    submission("va-after", "2021-q1", state=Submission.State.WITHDRAWN)
    assert home_page(DEFAULT_METHOD).corrections == "1\xa0correction"


def test_quarter_that_is_open_and_awaits_figures_is_told_so_far_with_the_last_complete_one():
    publish("va-one", "2021-q1")
    publish("va-one", open_quarter())
    for slug in ("va-one", "va-two", "va-three"):
        factories.expectation(slug, "2021-q2")
    factories.expectation("va-four", "2021-q2", not_reporting=True, not_reporting_reason="System change.")
    told = home_page(DEFAULT_METHOD).latest.so_far
    assert told.sentence == "1 of 4\xa0HISPs is published so far, and 1 will not report"
    assert told.complete.slug == "2021-q1"
    assert home_page(DEFAULT_METHOD).latest.so_called == "FY2021 Q2 so far"


def test_last_complete_quarter_may_be_further_back():
    publish("va-one", "2020-q4")
    for slug in ("2021-q1", "2021-q2"):
        publish("va-one", open_quarter(slug))
        factories.expectation("va-two", slug)
    assert home_page(DEFAULT_METHOD).latest.so_far.complete.slug == "2020-q4"


@pytest.mark.parametrize("closed", [True, False])
def test_quarter_is_complete_when_all_are_published_or_not_reporting_or_it_is_closed(closed):
    quarter = open_quarter()
    publish("va-one", quarter)
    factories.expectation("va-one", quarter)
    factories.expectation("va-four", quarter, not_reporting=True, not_reporting_reason="System change.")
    if closed:
        factories.expectation("va-two", quarter)
        quarter.closed_at = timezone.now()
        quarter.save()
    assert home_page(DEFAULT_METHOD).latest.so_far is None


def test_quarter_that_came_as_history_is_complete():
    publish("va-one", "2021-q2")
    factories.expectation("va-two", "2021-q2")
    assert home_page(DEFAULT_METHOD).latest.so_far is None


def test_trend_of_the_government_keeps_the_method_of_the_address():
    publish("va-one", "2021-q1")
    publish("va-one", "2021-q2")
    rows = home_page("mean-of-hisps").trend.rows
    assert [row.quarter.slug for row in rows] == ["2021-q2", "2021-q1"]
    assert rows[0].scores[0].method == "Mean of HISPs"


def test_page_tells_what_stands_out(client):
    for quarter, up, down in (("2021-q1", LOW, HIGH), ("2021-q2", HIGH, LOW)):
        publish("va-up", quarter, up)
        publish("va-down", quarter, down)
    page = client.get("/?method=mean-of-hisps").content.decode()
    for words in ("Largest rise", "+1.50", "from 3.00 to 4.50", "More than its margin of error", "Largest fall"):
        assert words in page
    assert '/hisps/va-up/2021-q2/?method=mean-of-hisps"' in page


def test_page_says_when_nothing_rose_and_when_nothing_could_be_compared(client):
    publish("va-same", "2021-q1")
    publish("va-same", "2021-q2")
    assert "No combined score rose or fell, among 1\xa0HISP" in client.get("/").content.decode()
    publish("va-few", "2021-q3", (0, 0, 0, 0, 9))
    assert "so no rise or fall is named" in client.get("/").content.decode()
