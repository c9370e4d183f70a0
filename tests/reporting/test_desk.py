"""Who may enter the desk, and that nothing anywhere in it can be deleted."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from reporting import events
from reporting.models import Invitation, Mail
from tests import factories, people

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label in ("hisps", "reporting", "auth")]


def test_stranger_signs_in_on_the_one_page_for_it(client):
    response = client.get("/admin/reporting/submission/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/reporting/submission/"
    assert client.get("/admin/login/").url == "/accounts/login/?next=/admin/"


def test_reporter_is_told_that_this_is_not_her_desk(client):
    client.force_login(people.reporter(factories.hisp()))
    for address in ("/admin/", reverse("admin:reporting_submission_changelist"), "/admin/jsi18n/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
def test_omb_enters_and_sees_what_waits(client, make):
    factories.submission(state="submitted")
    client.force_login(make())
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "<strong>1</strong> waiting for review" in response.content.decode()


def test_every_model_of_ours_that_people_keep_has_its_page():
    names = {model.__name__ for model in OURS}
    assert {"Department", "Hisp", "Service", "Touchpoint", "Designation", "Membership"} < names
    assert {"Submission", "Quarter", "Upload", "Event", "SupportingDocument"} < names


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_nothing_is_deletable_not_even_for_a_superuser(client, model):
    superuser = people.superuser()
    request = RequestFactory().get("/")
    request.user = superuser
    desk = admin.site._registry[model]
    assert not desk.has_delete_permission(request)
    assert "delete_selected" not in desk.get_actions(request)
    assert not any(inline.can_delete for inline in desk.get_inline_instances(request))
    client.force_login(superuser)
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[superuser.pk])
    assert client.post(address, {"post": "yes"}).status_code in (403, 302)
    assert model._meta.default_manager.count() >= (model is type(superuser))


def test_all_models_of_the_registry_keep_their_history():
    without = [model.__name__ for model in apps.get_app_config("hisps").get_models() if not hasattr(model, "history")]
    assert [name for name in without if not name.startswith("Historical")] == []


@pytest.mark.parametrize("model", ["quarter", "submission", "upload", "event", "invitation", "mail"])
def test_lists_of_what_happened_say_in_which_time(client, model):
    factories.submission(state="submitted")
    events.record("sign_in", by=(administrator := people.administrator()))
    Mail.objects.create(kind="due", key="due:1", to="a@b.gov")
    Invitation.objects.create(email="rosa@va.gov", expires_at=timezone.now(), token_hash="x", by=administrator)
    client.force_login(administrator)
    shown = client.get(reverse(f"admin:reporting_{model}_changelist")).content.decode()
    assert "Times are US Eastern." in shown
