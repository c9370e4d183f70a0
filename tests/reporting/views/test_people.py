"""The pages on which people come in and choose passwords; none tells a stranger who has an account."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from reporting import access_requests, invitations, outbox
from reporting.models import AccessRequest, Event, Invitation, Mail
from tests import factories, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_has_blanks")]
User = get_user_model()
NEW = {"new_password1": "an even longer passphrase", "new_password2": "an even longer passphrase"}
FORGOTTEN, CHANGE, ASK = (reverse(name) for name in ("password_reset", "password_change", "ask_for_access"))


@pytest.fixture
def hisp():
    hisp = factories.designation("va-vha").hisp
    hisp.department.mail_domains = "va.gov"
    hisp.department.save()
    return hisp


@pytest.fixture
def invitation(hisp):
    fields = {"email": "rosa@va.gov", "first_name": "Rosa", "last_name": "Reporter"}
    return invitations.invite(**fields, hisps=[hisp], by=people.administrator())


@pytest.fixture
def rosa(hisp):
    rosa = people.reporter(hisp)
    rosa.email = "rosa@va.gov"
    rosa.save()
    return rosa


def link(kind):
    """The path of the link in the newest mail of that kind."""
    body = Mail.objects.filter(kind=kind).order_by("pk").last().body
    return (
        next(word for word in body.split() if "/accounts/" in word).partition("/accounts/")[2].join(["/accounts/", ""])
    )


def test_an_invited_person_chooses_a_password_and_is_where_her_work_is(client, invitation):
    shown = client.get(link("invitation")).content.decode()
    assert "Welcome, Rosa Reporter" in shown
    assert "Provider va-vha" in shown
    response = client.post(link("invitation"), NEW, follow=True)
    assert response.redirect_chain[-1][0] == reverse("reporting:home")
    assert "Your account is ready" in response.content.decode()


@pytest.mark.parametrize("password", ["short", "password1234", "rosa@va.gov"])
def test_a_weak_password_makes_no_account(client, invitation, password):
    response = client.post(link("invitation"), {"new_password1": password, "new_password2": password})
    assert response.status_code == 422
    assert not User.objects.filter(email="rosa@va.gov").exists()


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"revoked_at": timezone.now()}, "OMB took this invitation back."),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "This invitation was valid until"),
    ],
)
def test_a_dead_link_says_why_and_what_to_do(client, invitation, what, sentence):
    Invitation.objects.update(**what)
    for response in (client.get(link("invitation")), client.post(link("invitation"), NEW)):
        assert response.status_code == 410
        assert sentence in response.content.decode()
        assert "OMB sends the invitation again" in response.content.decode()
        assert "rosa@va.gov" not in response.content.decode()
    assert not User.objects.filter(email="rosa@va.gov").exists()


def test_a_used_link_leads_to_the_sign_in_page(client, invitation):
    address = link("invitation")
    client.post(address, NEW)
    client.logout()
    response = client.get(address)
    assert response.status_code == 410
    assert "was used already" in response.content.decode()


@pytest.mark.parametrize("name", ["invitation", "confirm_address"])
def test_a_wrong_link_opens_nothing(client, name):
    response = client.get(reverse(name, args=["wrong"]))
    assert response.status_code == 410
    assert "do not know this link" in response.content.decode()


def test_asking_is_answered_alike_for_everybody(client, hisp, rosa):
    answers = set()
    for number, email in enumerate(["rosa@va.gov", "new@va.gov", "eve@example.com"]):
        client.cookies.clear()
        response = client.post(ASK, {"name": "Person " + "ABC"[number], "email": email, "hisp": hisp.pk}, follow=True)
        answers.add((response.status_code, tuple(response.redirect_chain), response.content))
    assert len(answers) == 1
    assert AccessRequest.objects.count() == 2


def asking(client, hisp, **changes):
    return client.post(ASK, {"name": "Rosa Reporter", "email": "rosa@va.gov", "hisp": hisp.pk, **changes})


def test_nobody_uses_up_alone_what_all_may_ask(client, hisp):
    for number in range(7):
        answer = asking(client, hisp, email=f"person{number}@va.gov")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3500
    assert "Too many requests came from where you are. Try again at" in answer.content.decode()
    assert AccessRequest.objects.count() == 5
    elsewhere = client.post(
        ASK,
        {"name": "Ann", "email": "ann@va.gov", "hisp": hisp.pk},
        REMOTE_ADDR="192.0.2.7",
    )
    assert elsewhere.status_code == 302
    assert AccessRequest.objects.count() == 6


def test_an_empty_form_says_what_is_wanted(client):
    page = client.post(ASK, {"name": "", "email": "", "hisp": ""}).content.decode()
    assert "Error: Ask for access" in page
    for wanted in ("Enter your name.", "Enter your e-mail address.", "Choose the HISP that you report for."):
        assert wanted in page
    assert "This field is required." not in page


def test_an_empty_change_of_password_says_what_is_wanted(client, rosa):
    client.force_login(rosa)
    page = client.post(reverse("password_change"), {}).content.decode()
    for wanted in ("Enter the password that you have now.", "Enter a new password.", "Enter the new password again."):
        assert wanted in page


def test_a_form_with_a_mistake_uses_nothing_up(client, hisp):
    for _ in range(7):
        assert asking(client, hisp, email="rosa").status_code == 422
    assert asking(client, hisp).status_code == 302


def test_a_department_whose_addresses_are_unknown_says_whom_to_write_to(client, settings):
    settings.CONTACT_EMAIL = "desk@example.gov"
    unknown = factories.designation("ssa-oo").hisp
    page = asking(client, unknown)
    assert page.status_code == 422
    assert "which addresses people of the Department SSA have" in page.content.decode()
    assert "Write to desk@example.gov" in page.content.decode()
    colleague = people.reporter(unknown)
    for address, status in [("colleague@mail.example", 422), ("colleague@ssa.gov", 302)]:
        colleague.email = address
        colleague.save()
        assert asking(client, unknown).status_code == status


@pytest.mark.parametrize(
    "name",
    [
        "Your account is blocked: https://evil.example",
        "Click evil.example",
        "EVIL.COM",
        "evil。example",
        "Call 555 0100",
        "Rosa\nBcc: all@example.gov",
        "Rosa\u202eretropeR",
        "Rosa\tReporter",
        "<b>Rosa</b>",
        "R" * 101,
    ],
)
def test_what_is_no_name_is_not_taken(client, hisp, name):
    page = asking(client, hisp, name=name)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"name"}


@pytest.mark.parametrize("name", ["Rosa D'Arcy-O’Neil", "J. R. Smith, Jr.", "Zoë Núñez", "नीता शर्मा", "Nguyễn Thị"])
def test_names_of_all_kinds_are_taken(client, hisp, name):
    assert asking(client, hisp, name=name).status_code == 302
    assert AccessRequest.objects.get().name == name


def test_asking_names_only_designated_hisps(client, hisp):
    former = factories.hisp("ssa-oo")
    assert "Provider va-vha" in client.get(ASK).content.decode()
    assert client.post(ASK, {"name": "Eve", "email": "eve@va.gov", "hisp": former.pk}).status_code == 422


def test_opening_the_link_confirms_nothing_but_the_button_does(client, hisp):
    access_requests.ask(name="Rosa", email="rosa@va.gov", hisp=hisp)
    assert "Yes, that was me" in client.get(link("confirm_address")).content.decode()
    assert AccessRequest.objects.get().confirmed_at is None
    assert "is with OMB" in client.post(link("confirm_address")).content.decode()
    assert AccessRequest.objects.get().waits


def test_a_forgotten_password_is_chosen_anew_once(client, rosa):
    client.post(FORGOTTEN, {"email": "ROSA@va.gov"})
    address = link("password_reset")
    form = client.get(address, follow=True)
    response = client.post(form.request["PATH_INFO"], NEW, follow=True)
    assert "Your new password is set" in response.content.decode()
    rosa.refresh_from_db()
    assert rosa.check_password(NEW["new_password1"])
    assert Event.objects.filter(transition="change_password", by=rosa).count() == 1
    assert Mail.objects.filter(kind="password_changed", person=rosa).count() == 1
    client.session.flush()
    assert "no longer works" in client.get(address, follow=True).content.decode()


def test_the_reset_is_answered_alike_whether_there_is_an_account_or_not(client, rosa):
    gone = people.person(email="gone@va.gov", is_active=False)
    answers = set()
    for email in ("rosa@va.gov", "nobody@va.gov", gone.email):
        client.cookies.clear()
        response = client.post(FORGOTTEN, {"email": email}, follow=True)
        answers.add((response.status_code, tuple(response.redirect_chain), response.content))
    assert len(answers) == 1
    assert [mail.to for mail in Mail.objects.all()] == ["rosa@va.gov"]


def test_a_reset_link_begins_with_our_address_whatever_host_was_asked(client, rosa, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://hisp.example.gov"
    client.post(FORGOTTEN, {"email": "rosa@va.gov"}, headers={"host": "evil.example.com"})
    assert "https://hisp.example.gov/accounts/reset/" in Mail.objects.get().body
    assert "evil" not in Mail.objects.get().body


def test_asking_for_resets_many_times_sends_one_mail(client, rosa, time_machine):
    time_machine.move_to("2021-07-12T12:00:01+00:00", tick=False)
    for _ in range(5):
        client.post(FORGOTTEN, {"email": "rosa@va.gov"})
    outbox.deliver()
    assert len(mail.outbox) == 1


def test_a_password_is_changed_with_the_old_one_and_other_sessions_end(client, client_of, rosa):
    client.force_login(rosa)
    elsewhere = client_of(rosa)
    wrong = client.post(CHANGE, {"old_password": "wrong", **NEW})
    assert wrong.status_code == 200
    response = client.post(CHANGE, {"old_password": "a long passphrase", **NEW}, follow=True)
    assert "Your password is changed" in response.content.decode()
    assert elsewhere.get(reverse("reporting:home")).status_code == 302
    assert Event.objects.filter(transition="change_password", by=rosa).count() == 1
    assert Mail.objects.get(kind="password_changed").to == "rosa@va.gov"


@pytest.fixture
def client_of():
    from django.test import Client

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def test_changing_a_password_needs_somebody_signed_in(client):
    assert client.get(CHANGE).status_code == 302
    assert client.post(CHANGE, NEW).url.startswith(reverse("login"))


def test_the_desk_has_no_second_page_to_change_a_password(client):
    client.force_login(people.reviewer())
    assert client.get(reverse("admin:password_change")).url == CHANGE


def test_deactivation_ends_every_session_at_once(client, client_of, rosa):
    reviewer = people.reviewer()
    sessions = [
        (client_of(rosa), rosa, reverse("reporting:home")),
        (client_of(reviewer), reviewer, reverse("admin:index")),
    ]
    for session, person, address in sessions:
        assert session.get(address).status_code == 200
        User.objects.filter(pk=person.pk).update(is_active=False)
        assert session.get(address).status_code == 302
        assert session.post(CHANGE, NEW).url.startswith(reverse("login"))


def test_pages_with_secrets_are_kept_by_no_cache(client, invitation):
    assert "no-store" in client.get(link("invitation")).headers["Cache-Control"]
