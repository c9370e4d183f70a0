"""Six years are shown; what lies further back is named, and is not read."""

import pytest

from dashboards import rows, scorecards
from dashboards.past import MOST_QUARTERS
from reporting.fiscal import FiscalQuarter
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
NEWEST = FiscalQuarter(2026, 4)


@pytest.fixture
def long_past():
    """26 quarters of one survey."""
    for back in range(MOST_QUARTERS + 2):
        last = published_submission("va-vha", NEWEST.plus(-back).slug, surveys=[survey(trust=(1, 2, 3, 4, 40 + back))])
    report = last.reports.get()
    return f"{report.touchpoint_id}-{report.channel}"


@pytest.fixture
def results_read(monkeypatch):
    """How many answered questions were read, in a list with an entry for each reading."""
    found = []
    of = rows.results
    monkeypatch.setattr(rows, "results", lambda submissions: found.append(len(read := list(of(submissions)))) or read)
    return found


def named(earlier):
    return [(year, [quarter.label for quarter in quarters]) for year, quarters in earlier]


def test_pages_name_the_quarters_before_the_first_that_they_show(long_past):
    pages = [
        scorecards.quarters_page("pooled"),
        scorecards.hisp_page("va-vha", "pooled"),
        scorecards.service_page("va-vha-outpatient-care", "mean-of-surveys"),
        scorecards.survey_page(long_past),
    ]
    for page in pages:
        assert page.trend.rows[-1].quarter.label == "FY2021 Q1"
        assert named(page.earlier) == [("FY2020", ["FY2020 Q4", "FY2020 Q3"])]


def test_page_that_shows_all_names_none():
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    assert scorecards.hisp_page("va-vha", "pooled").earlier == ()
    assert scorecards.quarters_page("pooled").earlier == ()


def test_nothing_published_names_no_quarters():
    assert scorecards.quarters_page("pooled").earlier == ()


def test_earlier_quarters_are_links_on_the_pages(client, long_past):
    assert (
        'href="/hisps/va-vha/2020-q3/?method=mean-of-hisps"'
        in client.get("/hisps/va-vha/?method=mean-of-hisps").content.decode()
    )
    assert 'href="/quarters/2020-q3/"' in client.get("/quarters/").content.decode()


def test_survey_shows_six_years_at_most(long_past):
    page = scorecards.survey_page(long_past)
    assert len(page.quarters) == MOST_QUARTERS
    assert all(len(question.rows) <= MOST_QUARTERS for question in page.questions)


def test_quarter_of_a_hisp_reads_its_neighbors_alone(long_past, results_read):
    page = scorecards.hisp_quarter_page("va-vha", FiscalQuarter(2024, 1), "pooled")
    assert (page.older.label, page.newer.label) == ("FY2023 Q4", "FY2024 Q2")
    assert results_read == [5]


def test_first_and_last_quarter_have_no_neighbor_beyond(long_past):
    assert scorecards.hisp_quarter_page("va-vha", FiscalQuarter(2020, 3), "pooled").older is None
    assert scorecards.hisp_quarter_page("va-vha", NEWEST, "pooled").newer is None


def test_comparison_reads_the_six_years_of_its_lines_and_the_quarter_that_is_compared(long_past, results_read):
    page = scorecards.compare_page(["va-vha"], FiscalQuarter(2020, 3), "pooled")
    assert page.columns[0].result.score.text == "4.73"
    assert [len(page.times), len(page.form.quarters), results_read] == [24, 26, [25]]


def test_list_of_hisps_reads_the_answers_of_the_newest_quarter_alone(long_past, results_read):
    [line] = scorecards.hisps_page(scorecards.hisps.Asked()).rows
    assert (line.quarter.label, line.score.text) == ("FY2026 Q4", "4.60")
    assert results_read == [1]


def test_lines_of_a_comparison_have_no_gap_where_figures_are_published():
    """The newest two quarters may not be published, and the one that is compared lies before the six years."""
    hidden = {"publishable": False, "publishable_reason": "Clearance."}
    for back in range(28):
        one = survey(trust=(0, 0, 0, 40, 60), fields=hidden if back < 2 else {})
        published_submission("va-vha", NEWEST.plus(-back).slug, surveys=[one])
    page = scorecards.compare_page(["va-vha"], NEWEST.plus(-25), "pooled")
    assert page.columns[0].result.score.text == "4.60"
    assert [point.text for _, points in page.times for point in points] == ["4.60"] * 22


def test_survey_with_a_gap_tells_of_each_quarter_once(long_past):
    other = published_submission("va-vha", NEWEST.plus(-40).slug, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    assert other
    page = scorecards.survey_page(long_past)
    shown = [row.quarter.label for row in page.quarters]
    assert not set(shown) & {label for _, labels in named(page.earlier) for label in labels}
    assert shown[-1] == page.trend.rows[-1].quarter.label
