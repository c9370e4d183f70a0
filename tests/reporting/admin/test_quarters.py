"""Quarters at the desk: how far each is, who is missing, and the administrator's steps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting.models import Expectation, Quarter, Submission
from reporting.workbook.cells import EXPLAIN, Problem
from tests import factories, people

pytestmark = pytest.mark.django_db

LIST = "admin:reporting_quarter_changelist"


@pytest.fixture
def quarter():
    """One HISP submitted, one late with nothing, one that will not report."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    for slug in ("va-vha", "ssa-oo"):
        factories.expectation(factories.hisp(slug, name=slug.upper()), quarter)
    factories.expectation("sba-fo", quarter, not_reporting=True, not_reporting_reason="No survey yet.")
    factories.submission("va-vha", quarter, state="submitted")
    return quarter


def signed_in(client, user):
    client.force_login(user)
    return client


def page(quarter, step="change"):
    return reverse(f"admin:reporting_quarter_{step}", args=[quarter.pk])


def of(slug, step):
    return reverse(f"admin:reporting_quarter_{step}", args=[Expectation.objects.get(hisp__slug=slug).pk])


def text(response):
    return response.content.decode()


def test_list_counts_by_state_and_names_how_many_are_missing(client, quarter):
    listed = signed_in(client, people.reviewer()).get(reverse(LIST)).context["cl"].result_list[0]
    assert (listed.expected_count, listed.missing_count, listed.submitted_count) == (3, 1, 1)
    assert (listed.approved_count, listed.published_count) == (0, 0)


def test_list_takes_a_fixed_number_of_queries(client, quarter, django_assert_max_num_queries):
    for slug in ("2020-q1", "2020-q2", "2020-q3", "2020-q4", "2021-q1"):
        factories.published_submission("va-vha", slug)
    signed_in(client, people.reviewer())
    with django_assert_max_num_queries(9):
        client.get(reverse(LIST))


def test_page_names_every_hisp_with_its_state(client, quarter):
    shown = text(signed_in(client, people.reviewer()).get(page(quarter)))
    for words in ("VA-VHA", "Submitted", "SSA-OO", "Nothing yet", "Not reporting", "No survey yet.", "April 30, 2021"):
        assert words in shown
    assert "Extend" not in shown


def test_page_takes_as_many_queries_for_many_hisps(client, quarter, django_assert_max_num_queries):
    for number in range(40):
        factories.expectation(f"va-h{number}", quarter)
    signed_in(client, people.administrator())
    with django_assert_max_num_queries(15):
        client.get(page(quarter))


def test_administrator_opens_a_quarter(client):
    factories.designation("va-vha")
    client = signed_in(client, people.administrator())
    response = client.post(reverse("admin:reporting_quarter_add"), {"fiscal_year": 2024, "number": 2})
    opened = Quarter.objects.get()
    assert opened.slug == "2024-q2"
    assert opened.is_open
    assert opened.expectations.get().hisp.slug == "va-vha"
    assert response.url == page(opened)


def test_the_quarter_after_the_newest_is_suggested(client, quarter):
    form = signed_in(client, people.administrator()).get(reverse("admin:reporting_quarter_add")).context["form"]
    assert form.initial == {"fiscal_year": 2021, "number": 3}


@pytest.mark.parametrize("year", ["", "12", "text", "99999"])
def test_a_year_that_is_none_is_refused(client, year):
    response = signed_in(client, people.administrator()).post(
        reverse("admin:reporting_quarter_add"), {"fiscal_year": year, "number": 2}
    )
    assert response.status_code == 422
    assert not Quarter.objects.exists()


def test_administrator_extends_one_hisp(client, quarter):
    client = signed_in(client, people.administrator())
    client.post(of("ssa-oo", "extend"), {"to": "2021-05-14", "reason": "A new survey vendor."})
    extended = Expectation.objects.get(hisp__slug="ssa-oo")
    assert timezone.localdate(extended.due_at).isoformat() == "2021-05-14"
    assert "A new survey vendor." in text(client.get(page(quarter)))


def test_an_extension_needs_a_reason_and_a_later_day(client, quarter):
    client = signed_in(client, people.administrator())
    without = client.post(of("ssa-oo", "extend"), {"to": "2021-05-14", "reason": " "})
    earlier = client.post(of("ssa-oo", "extend"), {"to": "2021-04-01", "reason": "Storm."})
    assert (without.status_code, earlier.status_code) == (422, 422)
    assert "Please give a reason." in text(without)
    assert "The new due day must be after April 30, 2021." in text(earlier)
    assert Expectation.objects.get(hisp__slug="ssa-oo").extended_to is None


def test_administrator_marks_one_hisp_as_not_reporting(client, quarter):
    client = signed_in(client, people.administrator())
    client.post(of("ssa-oo", "not_reporting"), {"reason": "The service is closed."})
    assert Expectation.objects.get(hisp__slug="ssa-oo").not_reporting
    refused = client.post(of("va-vha", "not_reporting"), {"reason": "x"})
    assert "has already submitted figures" in text(refused)


def test_administrator_expects_a_hisp_again(client, quarter):
    client = signed_in(client, people.administrator())
    assert of("sba-fo", "expect_again") in text(client.get(page(quarter)))
    asked = text(client.get(of("sba-fo", "expect_again")))
    assert "It was marked as not reporting: No survey yet." in asked
    client.post(of("sba-fo", "expect_again"), {"reason": "The survey is back."})
    assert not Expectation.objects.get(hisp__slug="sba-fo").not_reporting
    shown = text(client.get(page(quarter)))
    assert "The survey is back." in shown
    assert of("sba-fo", "expect_again") not in shown


def test_a_draft_of_a_hisp_that_does_not_report_leaves_the_way_back(client, quarter):
    factories.submission("sba-fo", quarter, state="draft")
    shown = text(signed_in(client, people.administrator()).get(page(quarter)))
    assert "No survey yet." in shown
    assert of("sba-fo", "expect_again") in shown


def test_administrator_closes_and_reopens(client, quarter):
    client = signed_in(client, people.administrator())
    client.post(page(quarter, "close"))
    assert not Quarter.objects.get().is_open
    assert client.post(page(quarter, "reopen"), {"reason": ""}).status_code == 422
    client.post(page(quarter, "reopen"), {"reason": "Two HISPs are late."})
    assert Quarter.objects.get().is_open


@pytest.mark.parametrize(
    ("slug", "step", "sentence"),
    [
        ("2021-q2", "reopen", "FY2021 Q2 is not closed: it takes figures now."),
        ("2020-q1", "close", "FY2020 Q1 was never opened here, so there is nothing to close."),
        ("2020-q1", "reopen", "FY2020 Q1 was never opened here, so it is not closed. Open it first."),
        ("2020-q2", "close", "FY2020 Q2 is closed already."),
    ],
)
def test_what_cannot_be_done_with_a_quarter_is_said_before_anything_is_asked(client, quarter, slug, step, sentence):
    factories.quarter("2020-q1")
    now = timezone.now()
    factories.quarter("2020-q2", opened_at=now - timedelta(days=1), closed_at=now)
    address = page(factories.quarter(slug), step)
    client = signed_in(client, people.administrator())
    for answer in (client.get(address), client.post(address, {"reason": "Two HISPs are late."})):
        assert answer.status_code == 409
        assert sentence in text(answer)
        assert 'class="step"' not in text(answer)


def test_the_board_of_history_says_that_nobody_was_asked_here(client):
    factories.published_submission("va-vha", "2020-q1")
    shown = text(signed_in(client, people.administrator()).get(page(factories.quarter("2020-q1"))))
    assert "FY2020 Q1 was never opened here: its figures come from what OMB published" in shown
    assert "Nothing yet" not in shown
    assert "Expected" not in shown
    assert "those that need you" not in shown


def test_findings_of_history_alarm_nobody(client):
    factories.published_submission("va-vha", "2020-q1", problems=[Problem("r", EXPLAIN, "Odd.", "", "")])
    shown = text(signed_in(client, people.administrator()).get(page(factories.quarter("2020-q1"))))
    assert "1 finding, nobody was asked" in shown
    assert "without explanation" not in shown


@pytest.mark.parametrize("make", [people.reviewer, people.superuser])
def test_others_do_not_publish_a_quarter(client, quarter, make):
    approved = factories.submission("ssa-oo", quarter, state="approved")
    assert signed_in(client, make()).post(page(quarter, "publish")).status_code == 403
    assert Submission.objects.get(pk=approved.pk).state == "approved"


def test_reviewer_looks_and_changes_nothing(client, quarter):
    client = signed_in(client, people.reviewer())
    assert client.get(page(quarter)).status_code == 200
    assert client.post(page(quarter), {"due_at": "2030-01-01"}).status_code == 403
    for address in (
        page(quarter, "close"),
        page(quarter, "reopen"),
        of("ssa-oo", "extend"),
        of("ssa-oo", "not_reporting"),
        of("sba-fo", "expect_again"),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"reason": "x", "to": "2021-05-14"}).status_code == 403
    assert client.get(reverse("admin:reporting_quarter_add")).status_code == 403


def test_reporter_and_stranger_stay_out(client, quarter):
    assert client.get(page(quarter)).status_code == 302
    client = signed_in(client, people.reporter(factories.hisp("va-vha")))
    for address in (reverse(LIST), page(quarter), page(quarter, "publish"), of("ssa-oo", "extend")):
        assert client.post(address).status_code == 403


def test_a_late_hisp_is_named_late(client, quarter):
    submitted_at = quarter.due_at + timedelta(days=5)
    factories.submission("ssa-oo", quarter, state="submitted", at=submitted_at)
    assert "5 days late" in text(signed_in(client, people.reviewer()).get(page(quarter)))
