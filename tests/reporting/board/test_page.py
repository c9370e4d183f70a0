"""The board as a page: counts, filters, orders, pages, and what each row says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from hisps.models import Service
from reporting import quarters, review
from reporting.board import asked
from reporting.board.page import board, summaries
from reporting.contents import Contents, Index, Metric
from reporting.models import Comment, Expectation, Finding, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db
AFTER_DUE = datetime(2021, 5, 10, 15, tzinfo=UTC)
FULL = {"satisfaction": (1, 2, 3, 4, 50), "trust": (1, 2, 3, 4, 50)}


@pytest.fixture
def quarter():
    return factories.quarter("2021-q2", opened_at=datetime(2021, 4, 1, tzinfo=UTC))


def shown(quarter, user=None, now=AFTER_DUE, **query):
    with time_machine.travel(now):
        return board(quarter, user or people.reviewer(), asked.read(query))


def names(quarter, **query):
    return [row.standing.slug for row in shown(quarter, **query).rows]


def row(quarter, slug="va-vha", **query):
    return next(row for row in shown(quarter, **query).rows if row.standing.slug == slug)


@pytest.fixture
def mixed(quarter):
    """One HISP in each pile."""
    for state in ("draft", "submitted", "returned", "approved", "published"):
        factories.expectation(factories.hisp(f"va-{state}", name=f"Office {state}"), quarter)
        factories.submission(f"va-{state}", quarter, state=state)
    factories.expectation(factories.hisp("ssa-silent", name="Silent Office"), quarter)
    factories.expectation("ssa-out", quarter, not_reporting=True, not_reporting_reason="No survey.")
    return quarter


@pytest.mark.parametrize(
    ("pile", "expected"),
    [
        ("expected", 7),
        ("missing", ["ssa-silent"]),
        ("draft", ["va-draft"]),
        ("submitted", ["va-submitted"]),
        ("returned", ["va-returned"]),
        ("approved", ["va-approved"]),
        ("published", ["va-published"]),
        ("not_reporting", ["ssa-out"]),
        ("overdue", ["ssa-silent", "va-draft", "va-returned"]),
        ("withdrawn", []),
    ],
)
def test_each_count_lists_what_it_counts(mixed, pile, expected):
    listed = sorted(names(mixed, show=pile))
    assert listed == expected or len(listed) == expected
    counted = {each.slug: each for each in shown(mixed, show=pile).piles}
    assert counted[pile].number == len(listed)
    assert [slug for slug, each in counted.items() if each.is_current] == [pile]
    assert counted[pile].url == f"?show={pile}"


def test_counts_are_of_the_quarter_whatever_is_searched(mixed):
    found = shown(mixed, q="silent")
    assert [each.standing.slug for each in found.rows] == ["ssa-silent"]
    assert next(pile.number for pile in found.piles if pile.slug == "expected") == 7
    assert (found.found, found.total) == (1, 7)


@pytest.mark.parametrize("words", ["SILENT", "silent office", "office silent", "ssa-sil", "department ssa silent"])
def test_search_finds_names_departments_and_slugs(mixed, words):
    assert names(mixed, q=words) == ["ssa-silent"]


def test_who_sent_nothing_is_named(mixed):
    assert shown(mixed, show="draft").missing == ("Silent Office",)


def test_the_list_is_sorted_both_ways(mixed):
    assert names(mixed, sort="name")[0] == "va-approved"
    assert names(mixed, sort="-name") == names(mixed, sort="name")[::-1]
    assert names(mixed, sort="state")[:2] == ["va-submitted", "va-approved"]
    Expectation.objects.filter(hisp__slug="va-draft").update(
        extended_to=mixed.due_at + timedelta(days=30), extension_reason="Storm."
    )
    assert names(mixed, sort="-due")[0] == "va-draft"


def test_headings_say_how_the_list_is_sorted_and_turn_it_round(mixed):
    headings = shown(mixed, sort="name", show="expected").headings
    assert headings["name"].sorted == "ascending"
    assert headings["name"].url == "?show=expected&sort=-name"
    assert headings["due"].sorted == ""
    assert shown(mixed, sort="-name").headings["name"].sorted == "descending"
    assert shown(mixed).headings["turn"].sorted == "other"


def test_a_long_list_comes_in_pages(quarter):
    for number in range(120):
        factories.expectation(f"va-h{number:03d}", quarter)
    first, third = shown(quarter, sort="name"), shown(quarter, sort="name", p="3")
    assert (len(first.rows), first.first, first.last, first.page) == (50, 1, 50, 1)
    assert (len(third.rows), third.first, third.last, third.page) == (20, 101, 120, 3)
    assert [url for _, url in first.pages] == ["?sort=name", "?sort=name&p=2", "?sort=name&p=3"]
    assert names(quarter, sort="name", p="9") == [row.standing.slug for row in third.rows]
    assert len(first.missing) == 120


def test_services_without_figures_are_named(quarter):
    factories.expectation("va-vha", quarter)
    vha = factories.hisp("va-vha")
    for name, last_day in [("Claims", None), ("Benefits", None), ("Closed", date(2020, 9, 30))]:
        Service.objects.create(hisp=vha, name=name, slug=name.lower(), last_day=last_day)
    assert (row(quarter).services, row(quarter).missing) == ("2 services", ())
    sent = factories.submission("va-vha", quarter, state="submitted", surveys=[factories.survey("Claims", **FULL)])
    assert (row(quarter).services, row(quarter).missing) == ("1 of 2 services with figures", ("Benefits",))
    Submission.objects.filter(pk=sent.pk).update(state="draft", submitted_at=None)
    factories.write(sent, Contents(metrics=(Metric("Calls", 1, service="Benefits"),)))
    assert row(quarter).missing == ("Claims",)
    factories.write(sent, Contents(indexes=(Index("Score", 1, service="Claims"),)))
    assert row(quarter).missing == ("Benefits",)


def test_the_indicator_comes_with_its_reasons(quarter):
    factories.expectation("va-vha", quarter)
    factories.submission(
        "va-vha", quarter, state="submitted", reflection="Learned.", surveys=[factories.survey(offered=None, **FULL)]
    )
    found = row(quarter)
    assert found.indicator.color == "yellow"
    assert found.reasons == ("Number offered the survey is missing for Outpatient survey.",)


def test_an_indicator_that_was_set_in_review_is_said_to_be(quarter):
    factories.expectation("va-vha", quarter)
    sent = factories.submission("va-vha", quarter, state="submitted")
    review.override_indicator(sent, by=people.reviewer(), indicator="green", reason="Enough.")
    found = row(quarter)
    assert (found.indicator.color, found.reasons, found.set_in_review) == ("green", ("Enough.",), True)


def test_full_figures_are_complete(quarter):
    factories.expectation("va-vha", quarter)
    factories.submission(
        "va-vha", quarter, state="submitted", reflection="Learned.", surveys=[factories.survey(**FULL)]
    )
    assert row(quarter).indicator.color == "green"


@pytest.mark.parametrize(("now", "color"), [(AFTER_DUE, "red"), (datetime(2021, 4, 20, tzinfo=UTC), "grey")])
def test_a_draft_counts_as_not_submitted(quarter, now, color):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state="draft", surveys=[factories.survey(**FULL)])
    assert row(quarter, now=now).indicator.color == color


def test_a_hisp_that_will_not_report_has_no_indicator(quarter):
    factories.expectation("va-vha", quarter, not_reporting=True, not_reporting_reason="No survey.")
    found = row(quarter)
    assert found.indicator is None
    assert (found.state, found.note, found.due) == ("Not reporting", "No survey.", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "10 days past due"),
        ({"now": datetime(2021, 4, 29, 15, tzinfo=UTC)}, "in 1 day"),
        ({"now": datetime(2021, 4, 30, 15, tzinfo=UTC)}, "due today"),
    ],
)
def test_days_to_and_past_due_are_told(quarter, fields, words):
    factories.expectation("va-vha", quarter)
    assert row(quarter, **fields).due == words


@pytest.mark.parametrize(("days", "words"), [(-1, "came in time"), (1, "1 day late"), (5, "5 days late")])
def test_how_late_figures_came_is_told(quarter, days, words):
    factories.expectation("va-vha", quarter)
    factories.submission("va-vha", quarter, state="submitted", at=quarter.due_at + timedelta(days=days))
    assert row(quarter).due == words


def test_findings_and_comments_that_are_open_are_counted(quarter):
    factories.expectation("va-vha", quarter)
    former = factories.submission("va-vha", quarter, state="returned")
    sent = factories.submission("va-vha", quarter, state="draft", revision=2, file_name="b.xlsx")
    for severity, explanation in [("explain", "A new survey."), ("explain", ""), ("explain", ""), ("note", "")]:
        Finding.objects.create(submission=sent, rule="r", severity=severity, found="Odd.", explanation=explanation)
    reviewer = people.reviewer()
    said = [(former, "", None), (sent, "", None), (sent, "Responses!J5", None), (sent, "", timezone.now())]
    for submission, cell, settled_at in said:  # the answer to an open comment is no other one
        words = {"text": "Please look.", "by": reviewer, "cell": cell, "settled_at": settled_at}
        Comment.objects.create(submission=submission, **words)
    found = row(quarter)
    assert (found.explained, found.unexplained, found.comments) == (1, 2, 2)


def test_the_last_event_of_each_hisp_is_told(quarter):
    administrator = people.administrator()
    for slug in ("va-vha", "ssa-oo"):
        owed = factories.expectation(slug, quarter)
        quarters.extend(owed, by=administrator, to=date(2021, 5, 14), reason="Storm.")
    quarters.mark_not_reporting(Expectation.objects.get(hisp__slug="va-vha"), by=administrator, reason="No survey.")
    assert row(quarter).last.transition == "mark_not_reporting"
    assert row(quarter, "ssa-oo").last.transition == "extend"
    assert row(quarter, "ssa-oo").last.by == administrator


def test_a_quarter_without_anybody_is_an_empty_board(quarter):
    found = shown(quarter)
    assert (found.rows, found.found, found.total, found.missing, found.pages) == ((), 0, 0, (), ())
    assert all(pile.number == 0 for pile in found.piles)


def filled(quarter, hisps):
    for number in range(hisps):
        slug = f"va-h{number:03d}"
        owed = factories.expectation(slug, quarter)
        if number % 2:
            sent = factories.submission(slug, quarter, state="submitted", surveys=[factories.survey(**FULL)])
            Finding.objects.create(submission=sent, rule="r", severity="explain", found="Odd.")
        elif number % 20 == 0:
            quarters.extend(owed, by=None, to=date(2021, 8, 14), reason="Storm.")


@pytest.mark.parametrize("hisps", [40, 400])
def test_the_board_reads_in_as_many_queries_for_400_hisps_as_for_40(quarter, hisps, django_assert_num_queries):
    filled(quarter, hisps)
    reviewer = people.reviewer()
    reviewer.has_perm("reporting.review_submission")  # asked by every page before ours
    with django_assert_num_queries(9):
        found = shown(quarter, reviewer)
        assert len(found.rows) == min(hisps, 50)


def test_the_front_page_reads_open_quarters_in_two_queries(quarter, django_assert_num_queries):
    filled(quarter, 5)
    another = factories.quarter("2021-q3", opened_at=timezone.now())
    filled(another, 3)
    with django_assert_num_queries(2):
        found = summaries([quarter, another])
    counted = [{pile.slug: pile.number for pile in each.piles} for each in found]
    assert [(each["expected"], each["submitted"]) for each in counted] == [(5, 2), (3, 1)]
    assert found[0].piles[0].url == f"/admin/reporting/quarter/{quarter.pk}/change/?show=expected"
