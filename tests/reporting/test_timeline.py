"""A reporter reads what happened to her HISP, in her pages, and to no other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import events, review
from tests import factories, people

pytestmark = pytest.mark.django_db
ADDRESS = reverse("reporting:timeline", args=["va-vha"])


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


def text(response):
    return response.content.decode()


def test_reporter_sees_what_happened_to_her_hisp_and_not_from_where(client, hisp):
    submitted = factories.submission(hisp, state="submitted")
    reviewer = people.reviewer()
    review.approve(submitted, by=reviewer)
    events.record("give_membership", hisp=hisp, note="robin")
    client.force_login(people.reporter(hisp))
    shown = text(client.get(ADDRESS, REMOTE_ADDR="203.0.113.7"))
    assert "Approved" in shown
    assert f"by {reviewer}" in shown
    assert "robin" in shown
    assert "203.0.113.7" not in shown


def test_of_another_hisp_she_sees_nothing(client, hisp):
    other = factories.hisp("ssa-oo")
    events.record("give_membership", hisp=other, note="secret")
    client.force_login(people.reporter(hisp))
    assert "secret" not in text(client.get(ADDRESS))
    assert client.get(reverse("reporting:timeline", args=["ssa-oo"])).status_code == 404


def test_omb_reads_the_log_at_its_own_desk(client, hisp):
    client.force_login(people.reviewer())
    assert client.get(ADDRESS).status_code == 403


def test_a_stranger_signs_in_first(client, hisp):
    assert client.get(ADDRESS).url == f"{reverse('login')}?next={ADDRESS}"


def test_a_long_timeline_comes_in_pages_with_as_many_queries(client, hisp):
    client.force_login(people.reporter(hisp))
    author, quarter = people.person(), factories.quarter()

    def queries(number: int) -> int:
        events.record_all([events.event("submit", hisp=hisp, quarter=quarter, by=author) for _ in range(number)])
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        return len(captured)

    assert queries(2) == queries(100)
    assert "Page 3 of 3" in text(client.get(ADDRESS + "?page=99"))
