"""Where a reporter begins: what is expected of her, and by when."""

import re

import pytest
from django.urls import reverse

from reporting import review
from tests import people
from tests.reporting.views.sending import answers, draft_of, page, send

pytestmark = pytest.mark.django_db


def test_a_reporter_sees_what_is_expected_and_by_when(client, quarter, reporter):
    html = client.get(page("home")).content.decode()
    assert "Veterans Health Administration, FY2021 Q2" in html
    assert "April 30, 2021, 11:59 PM Eastern" in html
    assert "Download the prefilled workbook" in html


def test_days_are_counted_only_as_long_as_figures_are_to_come(client, quarter, reporter, workbook):
    places = (page("home"), page("quarter", "va-vha", quarter.fiscal))

    def counted():
        pages = [client.get(each).content.decode() for each in places]
        return [bool(re.search(r"\((in \d+ day|today|\d+ days? ago)", shown)) for shown in pages]

    draft = draft_of(client, quarter, workbook())
    assert counted() == [True, True]
    client.post(page("submit", draft.pk), answers(draft))
    assert counted() == [False, False]
    review.return_for_changes(draft, by=people.reviewer(), reason="Please check the phone survey.")
    assert counted() == [True, True]


def test_an_overdue_quarter_is_called_so(client, quarter, reporter):
    assert "Overdue" in client.get(page("home")).content.decode()


def test_an_open_quarter_of_nobody_is_an_empty_state(client):
    client.force_login(people.person())
    assert "You do not report for" in client.get(page("home")).content.decode()


@pytest.mark.parametrize(("role", "target"), [(people.person, "/"), (people.reviewer, "/admin/")])
def test_after_signing_in_everybody_lands_where_their_work_is(client, role, target):
    client.force_login(role())
    assert client.get(reverse("after_login")).url == target


def test_pages_lead_to_the_checks_and_the_dictionary(client, quarter, reporter, workbook):
    refused = send(client, quarter, b"%PDF-1.7").content.decode()
    for html in (refused, client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()):
        assert f'href="{reverse("dashboards:checks")}"' in html
        assert f'href="{reverse("dashboards:dictionary")}"' in html
