"""The reporter’s addresses, opened by others."""

import pytest
from django.urls import reverse

from tests import factories, people
from tests.reporting.views.sending import page

pytestmark = pytest.mark.django_db


def _addresses(quarter, submission):
    return [
        ("get", page("quarter", "va-vha", quarter.fiscal)),
        ("get", page("template", "va-vha", quarter.fiscal)),
        ("post", page("upload", "va-vha", quarter.fiscal)),
        ("get", page("upload_page", submission.upload_id)),
        ("get", page("original", submission.upload_id)),
        ("get", page("submission", submission.pk)),
        ("post", page("submit", submission.pk)),
        ("post", page("recall", submission.pk)),
        ("post", page("comment", submission.pk)),
    ]


def test_another_hisps_reporter_finds_nothing_here(client, quarter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    client.force_login(people.reporter(factories.hisp("ssa-oo")))
    statuses = {getattr(client, method)(url).status_code for method, url in _addresses(quarter, submission)}
    assert statuses == {404}


def test_a_stranger_is_sent_to_sign_in(client, quarter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    for method, url in [("get", page("home")), *_addresses(quarter, submission)]:
        response = getattr(client, method)(url)
        assert response.status_code == 302
        assert response.url.startswith(reverse("login"))


@pytest.mark.parametrize("role", [people.reviewer, people.administrator, people.superuser])
def test_omb_staff_get_files_but_not_the_reporters_steps(client, quarter, role, settings):
    submission = factories.submission("va-vha", quarter, state="submitted")
    client.force_login(role())
    for method, url in _addresses(quarter, submission):
        allowed = url.endswith(("workbook.xlsx", "original"))
        missing = url.endswith("original")  # allowed, but the factory keeps no file
        assert getattr(client, method)(url).status_code == (404 if missing else 200 if allowed else 403), url
    assert client.get(page("home")).status_code == 403
