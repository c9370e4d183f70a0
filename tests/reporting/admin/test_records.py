"""Uploads are read only; documents take public https addresses."""

import pytest
from django.urls import reverse

from reporting.models import Event, SupportingDocument, Upload
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    return factories.submission("va-vha", state="submitted")


def signed_in(client, user):
    client.force_login(user)
    return client


def page(model, name="changelist", *args):
    return reverse(f"admin:reporting_{model}_{name}", args=args)


def text(response):
    return response.content.decode()


def test_upload_shows_what_the_checks_said_and_links_its_file(client):
    hisp, quarter = factories.hisp(), factories.quarter()
    report = [{"sheet": "Responses", "cell": "F7", "message": "“48 million” is not a count. Write 48000000."}]
    upload = factories.upload(hisp, quarter, outcome=Upload.Outcome.REFUSED, report=report)
    shown = text(signed_in(client, people.reviewer()).get(page("upload", "change", upload.pk)))
    assert "Responses!F7" in shown
    assert "Write 48000000." in shown
    assert reverse("reporting:original", args=[upload.pk]) in shown


def test_upload_names_who_sent_it(client):
    rosa = people.person(username="r1", first_name="Rosa", last_name="Lee")
    upload = factories.upload(factories.hisp(), factories.quarter(), by=rosa)
    signed_in(client, people.reviewer())
    for shown in (text(client.get(page("upload"))), text(client.get(page("upload", "change", upload.pk)))):
        assert "Rosa Lee" in shown
        assert ">r1<" not in shown


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
def test_uploads_are_added_and_changed_by_nobody(client, submitted, make):
    signed_in(client, make())
    assert client.get(page("upload")).status_code == 200
    assert client.get(page("upload", "change", submitted.upload.pk)).status_code == 200
    assert client.post(page("upload", "change", submitted.upload.pk), {"name": "x"}).status_code == 403
    assert client.post(page("upload", "add"), {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://www.performance.gov/plan.pdf", True),
        ("http://www.performance.gov/plan.pdf", False),
        ("javascript:alert(1)", False),
        ("ftp://example.gov/x", False),
    ],
)
def test_a_document_is_a_public_https_address(client, url, accepted):
    fields = {"hisp": factories.hisp().pk, "quarter": factories.quarter().pk, "kind": "action_plan", "title": "Plan"}
    signed_in(client, people.administrator()).post(page("supportingdocument", "add"), {**fields, "url": url})
    assert SupportingDocument.objects.exists() is accepted


def test_adding_and_changing_a_document_leave_one_event_each(client):
    administrator, hisp, quarter = people.administrator(), factories.hisp(), factories.quarter()
    signed_in(client, administrator)
    fields = {"hisp": hisp.pk, "quarter": quarter.pk, "kind": "other", "title": "Plan", "url": "https://example.gov/1"}
    client.post(page("supportingdocument", "add"), fields)
    document = SupportingDocument.objects.get()
    client.post(page("supportingdocument", "change", document.pk), {**fields, "url": "https://example.gov/2"})
    added, changed = Event.objects.filter(transition__endswith="_document").order_by("pk")
    assert (added.transition, added.by, added.hisp, added.quarter) == ("add_document", administrator, hisp, quarter)
    assert (added.before, added.after) == ({}, fields)
    assert (changed.transition, changed.before) == ("change_document", fields)
    assert changed.after == {**fields, "url": "https://example.gov/2"}


def test_reviewer_adds_no_document(client):
    assert signed_in(client, people.reviewer()).get(page("supportingdocument", "add")).status_code == 403
