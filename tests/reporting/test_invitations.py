"""An invitation makes one account, once, for the person who got the mail."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from hisps.models import Membership
from hisps.roles import is_omb
from reporting import invitations, outbox
from reporting.models import Event, Invitation, Mail
from reporting.transitions import NotAllowed, Refused
from tests import factories, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_has_blanks")]
User = get_user_model()


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


@pytest.fixture
def administrator():
    return people.administrator()


def invite(by, hisps=(), **fields):
    person = {"email": "Rosa@Example.gov ", "first_name": "Rosa", "last_name": "Reporter", **fields}
    return invitations.invite(**person, hisps=list(hisps), by=by)


def token():
    """As it stands in the newest mail."""
    mail = Mail.objects.filter(kind="invitation").order_by("pk").last()
    return mail.body.split("/accounts/invitation/")[1].split("/")[0]


def test_whoever_accepts_reports_for_the_hisps_and_for_no_other(hisp, administrator):
    factories.hisp("ssa-oo")
    invite(administrator, [hisp])
    assert not User.objects.filter(email="rosa@example.gov").exists()
    rosa = invitations.accept(invitations.of_token(token()), "a long passphrase")
    assert (rosa.username, rosa.email, rosa.get_full_name()) == (
        "rosa@example.gov",
        "rosa@example.gov",
        "Rosa Reporter",
    )
    assert [membership.hisp for membership in Membership.objects.current().filter(user=rosa)] == [hisp]
    assert rosa.check_password("a long passphrase")
    assert not is_omb(rosa)


def test_a_reviewer_may_review_and_nothing_more(administrator):
    people.reviewer()
    invite(administrator, reviews=True)
    vera = User.objects.get(pk=invitations.accept(invitations.of_token(token()), "a long passphrase").pk)
    assert vera.has_perm("reporting.review_submission")
    assert vera.is_staff
    assert not vera.has_perm("reporting.publish_submission")
    assert not vera.memberships.exists()


def test_the_mail_goes_to_the_address_and_its_link_is_kept_nowhere(hisp, administrator):
    invite(administrator, [hisp])
    secret = token()
    outbox.deliver()
    assert Mail.objects.get().to == "rosa@example.gov"
    assert secret not in Mail.objects.get().body
    assert secret not in str(Invitation.objects.values().get()) + str(Mail.objects.values().get())
    assert secret not in str(list(Event.objects.values()))


def test_a_link_works_once(hisp, administrator):
    invite(administrator, [hisp])
    found = invitations.of_token(token())
    invitations.accept(found, "a long passphrase")
    with pytest.raises(Refused, match="no longer opens"):
        invitations.accept(found, "another passphrase")
    assert User.objects.get(email="rosa@example.gov").check_password("a long passphrase")


def test_an_expired_or_revoked_link_opens_nothing(hisp, administrator):
    invitation = invite(administrator, [hisp])
    found = invitations.of_token(token())
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        invitations.accept(found, "a long passphrase")
    invitations.send_again(invitation, by=administrator)
    found = invitations.of_token(token())
    invitations.revoke(invitation, by=administrator)
    with pytest.raises(Refused):
        invitations.accept(found, "a long passphrase")
    assert not User.objects.filter(email="rosa@example.gov").exists()


def test_sent_again_only_the_new_link_works(hisp, administrator):
    invitation = invite(administrator, [hisp])
    former = token()
    invitations.send_again(invitation, by=administrator)
    assert invitations.of_token(former) is None
    assert invitations.of_token(token()) == invitation
    assert Mail.objects.filter(kind="invitation").count() == 2


def test_a_page_that_was_open_while_it_was_sent_again_sets_no_password(hisp, administrator):
    invitation = invite(administrator, [hisp])
    opened = invitations.of_token(token())
    invitations.send_again(invitation, by=administrator)
    with pytest.raises(Refused):
        invitations.accept(opened, "a long passphrase")


def test_used_and_revoked_invitations_are_neither_sent_again_nor_revoked(hisp, administrator):
    used = invite(administrator, [hisp])
    invitations.accept(invitations.of_token(token()), "a long passphrase")
    with pytest.raises(Refused, match="has an account already"):
        invitations.revoke(used, by=administrator)
    revoked = invite(administrator, [hisp], email="robin@example.gov")
    invitations.revoke(revoked, by=administrator)
    with pytest.raises(Refused, match="was revoked"):
        invitations.send_again(revoked, by=administrator)


@pytest.mark.parametrize("both", [True, False])
def test_nobody_is_invited_to_report_and_to_review_or_to_neither(hisp, administrator, both):
    with pytest.raises(Refused, match="one of the two"):
        invite(administrator, [hisp] if both else [], reviews=both)
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


def test_an_address_with_an_account_or_an_invitation_is_not_invited(hisp, administrator):
    people.person(email="ROSA@example.gov")
    with pytest.raises(Refused, match="There is an account"):
        invite(administrator, [hisp])
    invite(administrator, [hisp], email="robin@example.gov")
    with pytest.raises(Refused, match="was invited already"):
        invite(administrator, [hisp], email="robin@example.gov")


def test_who_got_an_account_in_the_meantime_gets_no_second(hisp, administrator):
    invite(administrator, [hisp])
    people.person(email="rosa@example.gov")
    with pytest.raises(Refused, match="There is an account"):
        invitations.accept(invitations.of_token(token()), "a long passphrase")


@pytest.mark.parametrize("who", [people.reviewer, people.person])
def test_only_administrators_invite(hisp, administrator, who):
    invitation, by = invite(administrator, [hisp]), who()
    for act in (
        lambda: invite(by, [hisp], email="robin@example.gov"),
        lambda: invitations.send_again(invitation, by=by),
        lambda: invitations.revoke(invitation, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Mail.objects.count() == 1


def test_every_step_is_an_event(hisp, administrator):
    invitation = invite(administrator, [hisp])
    invitations.send_again(invitation, by=administrator)
    rosa = invitations.accept(invitations.of_token(token()), "a long passphrase")
    acts = Event.objects.order_by("pk").values_list("transition", "by")
    assert list(acts) == [
        ("invite", administrator.pk),
        ("resend_invitation", administrator.pk),
        ("create_account", rosa.pk),
        ("give_membership", rosa.pk),
    ]


@pytest.mark.parametrize("act", [invitations.send_again, invitations.revoke])
def test_a_link_that_opens_nothing_any_more_is_neither_mailed_nor_kept(act):
    administrator = people.administrator()
    hisps = [factories.hisp()]
    invited = invitations.invite(email="a@va.gov", first_name="A", last_name="B", hisps=hisps, by=administrator)
    first = Mail.objects.get()
    act(invited, by=administrator)
    first.refresh_from_db()
    outbox.try_again(first)
    assert (first.is_given_up, first.body) == (True, "")
