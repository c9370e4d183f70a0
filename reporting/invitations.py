"""Invitations: an administrator names a person and what for; the person alone gets a link, sets a password, and has an
account with her e-mail address as username. Nobody else ever knows the password, and no account exists before."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hisps.models import Hisp, Membership
from hisps.roles import REVIEWER
from reporting import accounts, events, letters, outbox
from reporting.letters import day, link
from reporting.models import Invitation
from reporting.transitions import NotAllowed, Refused

PERMISSION = "auth.add_user"
VALID = timedelta(days=14)


@transaction.atomic
def invite(
    *, email: str, first_name: str, last_name: str, hisps: Collection[Hisp], reviews: bool = False, by: Any
) -> Invitation:
    """To report for these HISPs, or to review."""
    refuse_stranger(by)
    email = email.strip().lower()
    _refuse_wrong(email, hisps, reviews)
    invitation = Invitation(email=email, first_name=first_name, last_name=last_name, reviews=reviews, by=by)
    token = _renew(invitation)
    invitation.hisps.set(hisps)
    _mail(invitation, token)
    after = {"email": email, "reviews": reviews, "hisps": sorted(hisp.slug for hisp in hisps)}
    events.record("invite", by=by, note=str(invitation), after=after)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: Any) -> None:
    """With a new link, valid from now; the former one no longer opens anything."""
    refuse_stranger(by)
    locked = _locked_open(invitation)
    outbox.take_back(f"invitation:{locked.pk}:")
    _mail(locked, _renew(locked))
    events.record("resend_invitation", by=by, note=str(locked))


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> None:
    refuse_stranger(by)
    locked = _locked_open(invitation)
    outbox.take_back(f"invitation:{locked.pk}:")
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    events.record("revoke_invitation", by=by, note=str(locked))


def of_token(token: str) -> Invitation | None:
    """The invitation with that link, in whatever state it is."""
    return Invitation.objects.filter(token_hash=hashed(token)).first()


@transaction.atomic
def accept(invitation: Invitation, password: str) -> User:
    """Makes the account. Raises Refused when the link was used, revoked or expired in the meantime."""
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if not locked.is_valid() or locked.token_hash != invitation.token_hash:
        raise Refused("This link no longer opens anything.")
    if accounts_of(locked.email):
        raise Refused("There is an account with your address already. Sign in, or choose a new password.")
    person = get_user_model().objects.create_user(
        locked.email, locked.email, password, first_name=locked.first_name, last_name=locked.last_name
    )
    locked.accepted_at, locked.person = timezone.now(), person
    locked.save(update_fields=["accepted_at", "person"])
    _give_place(person, locked)
    return person


def give_membership(person: User, hisp: Hisp, *, by: Any) -> None:
    """Anew, or again after it had ended."""
    membership = Membership.objects.filter(user=person, hisp=hisp).first() or Membership(user=person, hisp=hisp)
    before = accounts.membership_facts(membership) if membership.pk else None
    membership.last_day = None
    membership.save()
    accounts.record_membership(membership, by=by, before=before)


def accounts_of(email: str) -> list[User]:
    """Accounts that have this address, or are called so."""
    return list(get_user_model().objects.filter(Q(email__iexact=email) | Q(username__iexact=email)))


def refuse_stranger(by: Any) -> None:
    if not by.has_perm(PERMISSION):
        raise NotAllowed("Your role does not include inviting people.")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _give_place(person: User, invitation: Invitation) -> None:
    if invitation.reviews:
        person.groups.add(Group.objects.get(name=REVIEWER))
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    accounts.record_account(person, by=person, before={})
    for hisp in invitation.hisps.all():
        give_membership(person, hisp, by=person)


def _renew(invitation: Invitation) -> str:
    """Saves it with a new token, and returns that for the mail alone; kept is its hash."""
    token = new_token()
    invitation.token_hash, invitation.expires_at = hashed(token), timezone.now() + VALID
    invitation.save()
    return token


def _mail(invitation: Invitation, token: str) -> None:
    facts = {
        "hisps": sorted(letters.one_line(str(hisp)) for hisp in invitation.hisps.all()),
        "reviews": invitation.reviews,
        "email": invitation.email,
        "expires": day(invitation.expires_at),
        "link": link("invitation", token),
    }
    subject, body = letters.write("invitation", facts, invitation.name)
    key = f"invitation:{invitation.pk}:{invitation.token_hash[:16]}"
    outbox.enqueue("invitation", to=invitation.email, subject=subject, body=body, key=key)


def _refuse_wrong(email: str, hisps: Collection[Hisp], reviews: bool) -> None:
    if bool(hisps) == reviews:
        raise Refused("Choose the HISPs that this person reports for, or that the task is to review: one of the two.")
    if accounts_of(email):
        raise Refused(f"There is an account with the address {email} already. Change that account instead.")
    if Invitation.objects.open().filter(email=email).exists():
        raise Refused(f"{email} was invited already. Send that invitation again, or revoke it first.")


def _locked_open(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if locked.accepted_at:
        raise Refused(f"{locked} has an account already.")
    if locked.revoked_at:
        raise Refused(f"The invitation of {locked} was revoked. Invite again.")
    return locked
