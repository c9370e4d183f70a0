"""Who may keep the registry and look after people, and that nothing there is ever deleted."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hisps import registry, roles
from hisps.models import Hisp, Membership, Service
from tests import factories, people

pytestmark = pytest.mark.django_db

REGISTRY = ["department", "hisp", "service", "designation", "touchpoint"]


@pytest.fixture
def hisp():
    hisp = factories.hisp("va-vha", name="Veterans Health Administration")
    factories.designation(hisp)
    return hisp


def signed_in(client, user):
    client.force_login(user)
    return client


def page(model, name="changelist", *args, app="hisps"):
    return reverse(f"admin:{app}_{model}_{name}", args=args)


def hisp_form(hisp, **changes):
    """What the form of a HISP sends, with one service added."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    formsets = {"designations": empty, "other_names": empty, "services": {**empty, "TOTAL_FORMS": 1}}
    management = {f"{prefix}-{key}": value for prefix, form in formsets.items() for key, value in form.items()}
    fields = {"name": hisp.name, "abbreviation": hisp.abbreviation, "department": hisp.department_id, "mission": ""}
    return {**management, **fields, "services-0-name": " Outpatient  care ", "services-0-hisp": hisp.pk, **changes}


@pytest.mark.parametrize("model", REGISTRY)
def test_reviewer_looks_at_the_registry(client, hisp, model):
    assert signed_in(client, people.reviewer()).get(page(model)).status_code == 200
    assert client.get(page(model, "add")).status_code == 403


@pytest.mark.parametrize("model", [*REGISTRY, "membership"])
def test_administrator_keeps_the_registry(client, hisp, model):
    assert signed_in(client, people.administrator()).get(page(model)).status_code == 200
    assert client.get(page(model, "add")).status_code == 200


@pytest.mark.parametrize("model", [*REGISTRY, "membership"])
def test_reporter_and_stranger_stay_out(client, hisp, model):
    assert client.get(page(model)).status_code == 302
    assert signed_in(client, people.reporter(hisp)).get(page(model)).status_code == 403


def test_reviewer_cannot_change_a_hisp_by_a_crafted_request(client, hisp):
    client = signed_in(client, people.reviewer())
    assert client.post(page("hisp", "change", hisp.pk), hisp_form(hisp, name="Taken over")).status_code == 403
    hisp.refresh_from_db()
    assert hisp.name == "Veterans Health Administration"


def test_history_cannot_be_reverted_by_a_crafted_request(client, hisp):
    version = hisp.history.get().pk
    hisp.name = "Renamed"
    hisp.save()
    for user in (people.reviewer(), people.administrator(), people.superuser()):
        response = signed_in(client, user).post(page("hisp", "simple_history", hisp.pk, version), {"name": "Old"})
        assert response.status_code == 405
    assert Hisp.objects.get(pk=hisp.pk).name == "Renamed"


def test_history_says_who_changed_what(client, hisp):
    administrator = people.administrator()
    signed_in(client, administrator).post(page("hisp", "change", hisp.pk), hisp_form(hisp, name="Renamed"))
    latest = hisp.history.first()
    assert (latest.name, latest.history_user) == ("Renamed", administrator)
    assert b"Renamed" in client.get(page("hisp", "history", hisp.pk)).content


def test_a_service_added_with_its_hisp_gets_an_address(client, hisp):
    signed_in(client, people.administrator()).post(page("hisp", "change", hisp.pk), hisp_form(hisp))
    assert (Service.objects.get().name, Service.objects.get().slug) == ("Outpatient care", "va-vha-outpatient-care")


def saved(client, address, fields):
    """What the form says when it refuses; empty when it saved."""
    response = client.post(address, fields)
    return "" if response.status_code == 302 else response.content.decode()


def test_an_import_of_a_renamed_hisp_under_its_former_name_finds_it(client, hisp):
    signed_in(client, people.administrator())
    assert saved(client, page("hisp", "change", hisp.pk), hisp_form(hisp, name="Veterans Health")) == ""
    assert registry.find_hisp("Department VA", "Veterans Health Administration") == hisp


def test_the_former_name_may_be_added_in_the_act_of_renaming(client, hisp):
    former = {"other_names-TOTAL_FORMS": 1, "other_names-0-name": hisp.name, "other_names-0-hisp": hisp.pk}
    signed_in(client, people.administrator())
    assert saved(client, page("hisp", "change", hisp.pk), hisp_form(hisp, name="Veterans Health", **former)) == ""
    assert hisp.other_names.get().name == "Veterans Health Administration"


@pytest.mark.parametrize("stored", [True, False])
def test_two_spellings_of_one_other_name_are_refused_with_a_sentence(client, hisp, stored):
    spellings = ["Veterans  health.", "VETERANS HEALTH"][stored:]
    if stored:
        hisp.other_names.create(name="Veterans Health")
    rows = {
        f"other_names-{n}-{key}": v
        for n, name in enumerate(spellings)
        for key, v in (("name", name), ("hisp", hisp.pk))
    }
    signed_in(client, people.administrator())
    form = hisp_form(hisp, **{"other_names-TOTAL_FORMS": len(spellings), **rows})
    assert "another spelling of it is no other name" in saved(client, page("hisp", "change", hisp.pk), form)


@pytest.mark.parametrize("spelling", ["Outpatient  care", "outpatient care."])
def test_another_spelling_of_a_service_is_refused_with_a_sentence(client, hisp, spelling):
    service = registry.create_service(hisp, "Outpatient care")
    signed_in(client, people.administrator())
    names = {"other_names-TOTAL_FORMS": 0, "other_names-INITIAL_FORMS": 0}
    fields = {"hisp": hisp.pk, "name": spelling, **names}
    assert "is there already" in saved(client, page("service", "add"), fields)
    assert "is there already" in saved(
        client, page("hisp", "change", hisp.pk), hisp_form(hisp, **{"services-0-name": spelling})
    )
    assert saved(client, page("service", "change", service.pk), fields) == ""


def test_another_spelling_of_a_touchpoint_is_refused_with_a_sentence(client, hisp):
    service = registry.create_service(hisp, "Outpatient care")
    service.touchpoints.create(name="Survey by mail")
    signed_in(client, people.administrator())
    fields = {"service": service.pk, "name": "Survey by  mail."}
    assert "is there already" in saved(client, page("touchpoint", "add"), fields)


def test_the_address_of_a_hisp_stays(client, hisp):
    signed_in(client, people.administrator()).post(page("hisp", "change", hisp.pk), hisp_form(hisp, slug="other"))
    assert Hisp.objects.get(pk=hisp.pk).slug == "va-vha"


def test_registry_list_takes_as_many_queries_for_many_hisps(client, hisp, django_assert_max_num_queries):
    signed_in(client, people.administrator())
    client.get(page("hisp"))
    for n in range(40):
        factories.designation(factories.hisp(f"va-h{n}"))
    with django_assert_max_num_queries(14):
        client.get(page("hisp"))


def test_export_comes_in_both_formats(client, hisp):
    signed_in(client, people.reviewer())
    csv = client.post(page("hisp", "export"), {"format": "0", "resource": "0"})
    xlsx = client.post(page("hisp", "export"), {"format": "1", "resource": "0"})
    assert b"va-vha" in csv.content
    assert xlsx.content.startswith(b"PK")


def test_reviewer_cannot_import(client, hisp):
    assert signed_in(client, people.reviewer()).get(page("hisp", "import")).status_code == 403
    assert client.post(page("hisp", "process_import"), {}).status_code == 403


def test_import_shows_what_is_wrong_without_a_trace_of_our_code(client, hisp):
    file = SimpleUploadedFile("hisps.csv", b"name\nOnly a name\n", content_type="text/csv")
    response = signed_in(client, people.administrator()).post(
        page("hisp", "import"), {"format": "0", "resource": "0", "import_file": file}
    )
    assert response.status_code == 200
    assert b"Traceback" not in response.content
    assert "The file has no column “slug”" in response.content.decode()
    assert b"import_id_fields" not in response.content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "hisps.xlsx is an Excel workbook. Open it in Excel, choose Save As and “CSV UTF-8”"),
        (b"\xff\xfe\x00", "This file cannot be read as CSV. Open it in Excel, choose Save As and “CSV UTF-8”"),
    ],
)
def test_import_takes_no_other_file_than_csv_and_says_what_to_do(client, hisp, content, sentence):
    file = SimpleUploadedFile("hisps.xlsx", content)
    asked = {"format": "0", "resource": "0", "import_file": file}
    answer = signed_in(client, people.administrator()).post(page("hisp", "import"), asked)
    assert sentence in answer.content.decode()


def test_import_needs_leave_to_add_and_to_change(client, hisp):
    administrator = people.administrator()
    permission = Permission.objects.get(codename="add_hisp")
    administrator.groups.get().permissions.remove(permission)
    assert signed_in(client, administrator).get(page("hisp", "import")).status_code == 403
    assert client.get(page("hisp", "export")).status_code == 200


def test_import_previews_then_saves(client, hisp):
    row = b"slug,department,abbreviation,name,mission\nva-vba,va,VBA,Benefits,\n"
    file = SimpleUploadedFile("hisps.csv", row, content_type="text/csv")
    preview = signed_in(client, people.administrator()).post(
        page("hisp", "import"), {"format": "0", "resource": "0", "import_file": file}
    )
    assert not Hisp.objects.filter(slug="va-vba").exists()
    client.post(page("hisp", "process_import"), preview.context["confirm_form"].initial)
    assert Hisp.objects.get(slug="va-vba").history.get().history_user is not None


# People


def person_form(user, **changes):
    return {"username": user.username, "is_active": "on", **changes}


def test_administrator_makes_a_reviewer_who_may_enter(client):
    user, reviewers = people.person(), people.reviewer().groups.get()
    signed_in(client, people.administrator()).post(
        page("user", "change", user.pk, app="auth"), person_form(user, groups=[reviewers.pk])
    )
    user.refresh_from_db()
    assert user.is_staff
    assert user.has_perm("reporting.review_submission")


def test_administrator_deactivates_a_reporter(client, hisp):
    user = people.reporter(hisp)
    signed_in(client, people.administrator()).post(
        page("user", "change", user.pk, app="auth"), {"username": user.username}
    )
    assert not User.objects.get(pk=user.pk).is_active


def test_administrator_makes_nobody_superuser_or_administrator(client):
    user, administrator = people.person(), people.administrator()
    group = Group.objects.get(name=roles.ADMINISTRATOR)
    crafted = person_form(user, is_superuser="on", is_staff="on", groups=[group.pk])
    signed_in(client, administrator).post(page("user", "change", user.pk, app="auth"), crafted)
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff, user.groups.count()) == (False, False, 0)


def test_administrator_changes_neither_superusers_nor_administrators(client):
    administrator = people.administrator()
    signed_in(client, administrator)
    for other in (people.superuser(), people.administrator(), administrator):
        assert client.post(page("user", "change", other.pk, app="auth"), person_form(other)).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[other.pk])
        assert client.get(password).status_code == 403


def test_reviewer_sees_no_people(client):
    signed_in(client, people.reviewer())
    assert client.get(page("user", app="auth")).status_code == 403
    assert client.get(page("membership")).status_code == 403


def test_nobody_reports_and_reviews(client, hisp):
    reviewer, reporter = people.reviewer(), people.reporter(hisp)
    signed_in(client, people.administrator())
    client.post(page("membership", "add"), {"user": reviewer.pk, "hisp": hisp.pk})
    assert not Membership.objects.filter(user=reviewer).exists()
    response = client.post(
        page("user", "change", reporter.pk, app="auth"),
        person_form(reporter, groups=[reviewer.groups.get().pk]),
    )
    assert b"cannot work at OMB" in response.content
    assert not reporter.groups.exists()


def test_a_superuser_makes_no_reporter_superuser_and_no_superuser_reporter(client, hisp):
    reporter, superuser = people.reporter(hisp), people.superuser()
    signed_in(client, superuser)
    address = page("user", "change", reporter.pk, app="auth")
    assert "cannot work at OMB" in saved(client, address, person_form(reporter, is_superuser="on"))
    reporter.refresh_from_db()
    assert (reporter.is_superuser, reporter.is_staff) == (False, False)
    refused = saved(client, page("membership", "add"), {"user": superuser.pk, "hisp": hisp.pk})
    assert "works at OMB’s review desk" in refused


def test_one_hisp_is_taken_from_a_reporter_and_then_she_may_work_at_omb(client, hisp):
    reporter, reviewers = people.reporter(hisp), people.reviewer().groups.get()
    membership = reporter.memberships.get()
    signed_in(client, people.administrator())
    crafted = {"last_day": "2021-03-31", "user": people.person().pk, "hisp": factories.hisp("ssa-oo").pk}
    assert saved(client, page("membership", "change", membership.pk), crafted) == ""
    membership.refresh_from_db()
    assert (membership.user, membership.hisp, membership.has_ended) == (reporter, hisp, True)
    person = person_form(reporter, groups=[reviewers.pk])
    assert saved(client, page("user", "change", reporter.pk, app="auth"), person) == ""
    assert "works at OMB’s review desk" in saved(client, page("membership", "change", membership.pk), {"last_day": ""})
