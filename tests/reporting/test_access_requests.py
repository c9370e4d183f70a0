"""Who asks for access is found by the domain of the address, confirms it, and waits for a yes."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from hisps.models import Membership
from reporting import access_requests, invitations
from reporting.access_requests import ask, belongs, confirm, grant, of_token, refuse
from reporting.models import AccessRequest, Event, Invitation, Mail
from reporting.transitions import NotAllowed, Refused
from tests import factories, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_has_blanks")]


@pytest.fixture
def hisp():
    hisp = factories.designation("va-vha").hisp
    hisp.department.mail_domains = "va.gov"
    hisp.department.save()
    return hisp


@pytest.fixture
def administrator():
    administrator = people.administrator()
    administrator.email = "ada@omb.example.gov"
    administrator.save()
    return administrator


@pytest.fixture
def asked(hisp, administrator):
    ask(name="Rosa Reporter", email="Rosa@va.gov", hisp=hisp)
    return AccessRequest.objects.get()


@pytest.fixture
def waiting(asked):
    confirm(asked)
    asked.refresh_from_db()
    return asked


def token():
    return Mail.objects.get(kind="confirm_address").body.split("/accounts/ask/")[1].split("/")[0]


def kinds():
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def test_an_address_of_the_department_gets_a_link_and_nobody_is_bothered_before_it_is_confirmed(asked):
    assert kinds() == ["confirm_address"]
    assert Mail.objects.get().to == "rosa@va.gov"
    assert of_token(token()) == asked
    assert token() not in str(AccessRequest.objects.values().get())


def test_what_a_stranger_typed_as_a_name_is_not_mailed(hisp):
    ask(name="Your account is blocked, call 555-0100", email="rosa@va.gov", hisp=hisp)
    mail = Mail.objects.get()
    assert "555-0100" not in mail.subject + mail.body


def test_any_other_address_gets_no_mail(hisp):
    ask(name="Eve", email="eve@example.com", hisp=hisp)
    assert not AccessRequest.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("email", "known"),
    [
        ("a@va.gov", True),
        ("a@VA.GOV", True),
        ("a@mail.va.gov", True),
        ("a@notva.gov", False),
        ("a@va.gov.example.com", False),
        ("a@irs.gov", False),
    ],
)
def test_domains_are_the_departments_own_and_those_below(hisp, email, known):
    assert belongs(email, hisp.department) is known


def test_reporters_show_the_domains_of_their_department_unless_anybody_can_have_them(hisp):
    for address in ("rosa@vets.gov", "robin@mail.example"):
        reporter = people.reporter(hisp)
        reporter.email = address
        reporter.save()
    assert belongs("new@vets.gov", hisp.department)
    assert not belongs("new@mail.example", hisp.department)
    assert not belongs("new@vets.gov", factories.hisp("ssa-oo").department)
    Membership.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    assert not belongs("new@vets.gov", hisp.department)


def test_a_department_takes_domains_one_in_a_line_and_refuses_what_is_none(hisp):
    department = hisp.department
    department.mail_domains = " @VA.gov \n\nmail.va.gov\nva.gov"
    department.full_clean()
    assert department.mail_domains == "va.gov\nmail.va.gov"
    department.mail_domains = "va.gov, vba.gov"
    with pytest.raises(ValidationError, match="is not a domain"):
        department.full_clean()


def test_who_asks_again_on_the_same_day_gets_no_second_mail(asked, hisp):
    ask(name="Rosa Reporter", email="rosa@va.gov", hisp=hisp)
    assert AccessRequest.objects.count() == Mail.objects.count() == 1
    AccessRequest.objects.update(created_at=timezone.now() - timedelta(days=2))
    ask(name="Rosa Reporter", email="rosa@va.gov", hisp=hisp)
    assert Mail.objects.count() == 2


def test_nobody_can_flood_a_department_with_mail(hisp):
    for number in range(40):
        ask(name="Eve", email=f"person{number}@va.gov", hisp=hisp)
    assert Mail.objects.count() == access_requests._MOST_AN_HOUR


def test_a_flood_for_one_department_shuts_nobody_out_of_another(hisp):
    other = factories.hisp("ssa-oo")
    other.department.mail_domains = "ssa.gov"
    other.department.save()
    for number in range(40):
        ask(name="Eve", email=f"person{number}@va.gov", hisp=hisp)
    ask(name="Sam", email="sam@ssa.gov", hisp=other)
    assert Mail.objects.latest("pk").to == "sam@ssa.gov"


def test_confirming_tells_the_administrators_once(asked, administrator):
    confirm(asked)
    confirm(asked)
    told = Mail.objects.get(kind="access_asked")
    assert (told.to, told.subject) == ("ada@omb.example.gov", "Rosa Reporter asks for access for Provider va-vha")
    assert Event.objects.filter(transition="ask_for_access").count() == 1


def test_an_expired_link_confirms_nothing(asked):
    AccessRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="ask again"):
        confirm(asked)
    assert kinds() == ["confirm_address"]


def test_yes_sends_an_invitation(waiting, hisp, administrator):
    grant(waiting, by=administrator)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.first_name, invitation.last_name) == ("rosa@va.gov", "Rosa", "Reporter")
    assert list(invitation.hisps.all()) == [hisp]
    assert kinds()[-1] == "invitation"
    assert Event.objects.filter(transition="grant_access", by=administrator).exists()


def test_yes_to_a_reporter_of_another_hisp_adds_this_one(waiting, hisp, administrator):
    rosa = people.reporter(factories.hisp("ssa-oo"))
    rosa.email = "rosa@va.gov"
    rosa.save()
    grant(waiting, by=administrator)
    assert rosa.memberships.filter(hisp=hisp, last_day=None).exists()
    assert not Invitation.objects.exists()
    assert kinds()[-1] == "access_granted"


def test_yes_to_who_left_lets_her_report_again(waiting, hisp, administrator):
    rosa = people.reporter(hisp)
    get_user_model().objects.filter(pk=rosa.pk).update(email="rosa@va.gov")
    Membership.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    grant(waiting, by=administrator)
    assert Membership.objects.get().last_day is None
    assert Event.objects.filter(transition="resume_membership").exists()


@pytest.mark.parametrize("who", [people.reviewer, people.superuser])
def test_who_works_at_omb_does_not_report(waiting, administrator, who):
    get_user_model().objects.filter(pk=who().pk).update(email="rosa@va.gov")
    with pytest.raises(Refused, match="works at OMB"):
        grant(waiting, by=administrator)
    waiting.refresh_from_db()
    assert waiting.waits
    assert not Membership.objects.exists()


def test_an_account_that_may_not_sign_in_is_not_opened_by_asking(waiting, hisp, administrator):
    gone = people.person(email="rosa@va.gov", is_active=False)
    with pytest.raises(Refused, match="Make it active first"):
        grant(waiting, by=administrator)
    gone.refresh_from_db()
    assert not gone.is_active


def test_who_was_invited_meanwhile_gets_the_hisp_added_to_it(waiting, hisp, administrator):
    other = factories.hisp("ssa-oo")
    fields = {"email": "rosa@va.gov", "first_name": "Rosa", "last_name": "R"}
    invitation = invitations.invite(**fields, hisps=[other], by=administrator)
    grant(waiting, by=administrator)
    assert set(invitation.hisps.all()) == {hisp, other}


def test_no_tells_her_and_makes_nothing(waiting, administrator):
    refuse(waiting, by=administrator)
    assert kinds()[-1] == "access_refused"
    assert not Invitation.objects.exists()
    with pytest.raises(Refused, match="decided on Rosa Reporter already"):
        grant(waiting, by=administrator)


def test_what_is_not_confirmed_is_not_decided(asked, administrator):
    for act in (grant, refuse):
        with pytest.raises(Refused, match="not confirmed"):
            act(asked, by=administrator)


@pytest.mark.parametrize("who", [people.reviewer, people.person])
def test_only_administrators_decide(waiting, who):
    by = who()
    for act in (grant, refuse):
        with pytest.raises(NotAllowed):
            act(waiting, by=by)
    waiting.refresh_from_db()
    assert waiting.waits
