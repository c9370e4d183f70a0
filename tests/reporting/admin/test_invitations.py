"""Inviting people and answering those who ask, at the desk, each with one press."""

import pytest
from django.urls import reverse

from reporting import access_requests, invitations
from reporting.models import AccessRequest, Invitation, Mail
from tests import factories, people

pytestmark = pytest.mark.django_db
INVITATIONS, ADD = (reverse(f"admin:reporting_invitation_{name}") for name in ("changelist", "add"))
REQUESTS = reverse("admin:reporting_accessrequest_changelist")


@pytest.fixture
def hisp():
    hisp = factories.designation("va-vha").hisp
    hisp.department.mail_domains = "va.gov"
    hisp.department.save()
    return hisp


@pytest.fixture
def administrator():
    return people.administrator()


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def invited(hisp, by, email="rosa@va.gov"):
    return invitations.invite(email=email, first_name="Rosa", last_name="Reporter", hisps=[hisp], by=by)


def waiting(hisp, email="rosa@va.gov"):
    access_requests.ask(name="Rosa Reporter", email=email, hisp=hisp)
    asked = AccessRequest.objects.get(email=email)
    access_requests.confirm(asked)
    return asked


def press(client, name, row):
    return client.post(reverse(f"admin:reporting_{name}", args=[row.pk]), follow=True).content.decode()


def form(**fields):
    return {"first_name": "Rosa", "last_name": "Reporter", "email": "rosa@va.gov", "reviews": "", **fields}


def test_administrator_invites_a_reporter(desk, hisp):
    assert desk.get(ADD).status_code == 200
    shown = desk.post(ADD, form(hisps=[hisp.pk]), follow=True).content.decode()
    assert "Rosa Reporter (rosa@va.gov) is invited" in shown
    assert "Reports for Provider va-vha" in shown
    assert Mail.objects.get(kind="invitation").to == "rosa@va.gov"


def test_what_is_wrong_is_said_on_the_form(desk, hisp):
    for fields in (form(), form(hisps=[hisp.pk], reviews="yes"), form(hisps=[hisp.pk], email="rosa")):
        assert desk.post(ADD, fields).status_code == 422
    assert not Invitation.objects.exists()


def test_an_empty_invitation_says_what_is_wanted_and_how_to_leave(desk):
    response = desk.post(ADD, {})
    page = response.content.decode()
    assert response.status_code == 422
    for wanted in ("Enter the first name.", "Enter the last name.", "Enter the e-mail address."):
        assert wanted in page
    assert "This field is required." not in page
    assert f'<a class="button" href="{INVITATIONS}">Go back</a>' in page
    assert f'<a href="{reverse("admin:app_list", args=["reporting"])}">Quarterly reporting</a>' in page


def test_an_invitation_is_sent_again_or_revoked_with_one_press(desk, hisp, administrator):
    invitation = invited(hisp, administrator)
    assert "gets a new link by mail" in press(desk, "invitation_send_again", invitation)
    shown = press(desk, "invitation_revoke", invitation)
    assert "opens nothing any more" in shown
    assert "Send again" not in shown
    assert "was revoked" in press(desk, "invitation_send_again", invitation)


def test_a_request_is_answered_with_one_press(desk, hisp):
    first, second = waiting(hisp), waiting(hisp, "robin@va.gov")
    assert "Waits for an answer" in desk.get(REQUESTS).content.decode()
    assert "Yes to Rosa Reporter" in press(desk, "accessrequest_grant", first)
    assert "No to Rosa Reporter" in press(desk, "accessrequest_refuse", second)
    assert "decided on Rosa Reporter already" in press(desk, "accessrequest_grant", second)
    assert [invitation.email for invitation in Invitation.objects.all()] == ["rosa@va.gov"]


@pytest.mark.parametrize("who", [people.reviewer, people.person])
def test_others_neither_see_nor_do_it(client, hisp, administrator, who):
    invitation, asked = invited(hisp, administrator, "robin@va.gov"), waiting(hisp)
    client.force_login(who())
    for address in (INVITATIONS, ADD, REQUESTS):
        assert client.get(address).status_code == 403
    assert client.post(ADD, form(hisps=[hisp.pk])).status_code == 403
    for name, row in (
        ("invitation_send_again", invitation),
        ("invitation_revoke", invitation),
        ("accessrequest_grant", asked),
        ("accessrequest_refuse", asked),
    ):
        assert client.post(reverse(f"admin:reporting_{name}", args=[row.pk])).status_code == 403
    asked.refresh_from_db()
    assert asked.waits


def test_answers_are_posts(desk, hisp):
    asked = waiting(hisp)
    assert desk.get(reverse("admin:reporting_accessrequest_grant", args=[asked.pk])).status_code == 405


def test_no_crafted_request_changes_or_deletes_a_row(desk, hisp, administrator):
    invitation, asked = invited(hisp, administrator, "robin@va.gov"), waiting(hisp)
    for name, row in (("invitation", invitation), ("accessrequest", asked)):
        for page in ("change", "delete"):
            address = reverse(f"admin:reporting_{name}_{page}", args=[row.pk])
            assert desk.post(address, {"email": "eve@example.com", "post": "yes"}).status_code == 403
    assert Invitation.objects.get().email == "robin@va.gov"


@pytest.mark.parametrize(("state", "count"), [("waiting", 1), ("decided", 0), ("unconfirmed", 1)])
def test_requests_are_filtered_by_state(desk, hisp, state, count):
    waiting(hisp)
    access_requests.ask(name="Robin", email="robin@va.gov", hisp=hisp)
    assert desk.get(REQUESTS, {"state": state}).context["cl"].result_count == count


def test_the_lists_take_as_many_queries_for_many_rows(desk, hisp, administrator, django_assert_max_num_queries):
    for number in range(25):
        invited(hisp, administrator, f"person{number}@va.gov")
        waiting(factories.designation(f"va-h{number}").hisp, f"other{number}@va.gov")
    with django_assert_max_num_queries(8):
        desk.get(INVITATIONS)
    with django_assert_max_num_queries(8):
        desk.get(REQUESTS)


@pytest.mark.parametrize("also", ["", "nonsense", "0"])
def test_the_form_has_the_hisp_of_its_address_ticked(desk, hisp, also):
    factories.hisp("ssa-oo")
    shown = desk.get(ADD, {"hisp": [hisp.pk, also]}).content.decode()
    ticked = [each for each in shown.split("<input ") if 'name="hisps"' in each and " checked" in each]
    assert [f'value="{hisp.pk}"' in each for each in ticked] == [True]


def test_the_desk_names_who_invited_and_who_answered(desk, hisp, administrator):
    administrator.username, administrator.first_name, administrator.last_name = "a1", "Ada", "Lovelace"
    administrator.save()
    invited(hisp, administrator)
    access_requests.refuse(waiting(hisp, "sam@va.gov"), by=administrator)
    assert "Ada Lovelace</td>" in desk.get(INVITATIONS).content.decode()
    assert ", by Ada Lovelace</td>" in desk.get(REQUESTS).content.decode()


def test_the_page_of_one_names_who_invited_and_who_answered_and_no_field_of_the_database(desk, hisp, administrator):
    administrator.username, administrator.first_name, administrator.last_name = "a1", "Ada", "Lovelace"
    administrator.save()
    asked = waiting(hisp, "sam@va.gov")
    access_requests.refuse(asked, by=administrator)
    rows = [("invitation", invited(hisp, administrator)), ("accessrequest", asked)]
    for name, row in rows:
        shown = desk.get(reverse(f"admin:reporting_{name}_change", args=[row.pk])).content.decode()
        shown = shown.partition('id="content"')[2]
        assert "Ada Lovelace" in shown
        assert "E-mail address:" in shown
        assert not any(word in shown for word in ("a1<", "Email:", "Created at", "Decided by"))


def test_the_list_of_requests_is_headed_in_words(desk, hisp):
    waiting(hisp)
    shown = desk.get(REQUESTS).content.decode()
    assert "E-mail address" in shown
    assert not any(head in shown for head in (">Email<", ">Created at<"))
