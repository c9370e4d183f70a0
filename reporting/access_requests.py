"""Requests for access: somebody asks, her address is confirmed by mail, an administrator says yes or no.

Whoever asks gets the same answer, so nobody learns here who has an account or which domains are known: a mail goes out
only to an address of the department, one a day to each, and so many an hour for each department. Whoever floods
one shuts nobody out elsewhere, and what one network may ask (reporting/limits.py) is a small part of that.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hisps import roles
from hisps.models import Department, Hisp, Membership
from reporting import events, invitations, letters, outbox, recipients
from reporting.letters import day, link, one_line
from reporting.models import AccessRequest, Invitation, Mail
from reporting.transitions import Refused

VALID = timedelta(days=3)
_MOST_AN_HOUR = 30  # for one department, of mails to people who perhaps never asked
_GOVERNMENT = (".gov", ".mil")


@transaction.atomic
def ask(*, name: str, email: str, hisp: Hisp) -> None:
    """Sends a link to confirm the address, if it is one of the department; says nothing either way."""
    email = email.strip().lower()
    if not belongs(email, hisp.department) or _asked_enough(email, hisp.department):
        return
    token = invitations.new_token()
    asked = AccessRequest.objects.create(
        name=one_line(name),
        email=email,
        hisp=hisp,
        token_hash=invitations.hashed(token),
        expires_at=timezone.now() + VALID,
    )
    facts = {
        "hisp": one_line(str(hisp)),
        "expires": day(asked.expires_at),
        "link": link("confirm_address", token),
    }
    _mail("confirm_address", asked, email, facts, "")  # the name is a stranger's words, to somebody who never asked


def belongs(email: str, department: Department) -> bool:
    """Whether the domain is registered for the department, or its reporters have it (if it is a government's)."""
    domain = email.rpartition("@")[2].lower()
    if any(domain == known or domain.endswith(f".{known}") for known in department.mail_domains.split()):
        return True
    return (
        domain.endswith(_GOVERNMENT) and _colleagues(department).filter(user__email__iendswith=f"@{domain}").exists()
    )


def has_domains(department: Department) -> bool:
    """Whether any address can belong to the department."""
    governments = Q()
    for ending in _GOVERNMENT:
        governments |= Q(user__email__iendswith=ending)
    return bool(department.mail_domains) or _colleagues(department).filter(governments).exists()


def of_token(token: str) -> AccessRequest | None:
    return AccessRequest.objects.select_related("hisp").filter(token_hash=invitations.hashed(token)).first()


@transaction.atomic
def confirm(asked: AccessRequest) -> None:
    """The address is hers; administrators are told. Again is as good as once."""
    locked = AccessRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=asked.pk)
    if locked.confirmed_at:
        return
    if locked.expires_at < timezone.now():
        raise Refused(f"This link was valid until {day(locked.expires_at)}. Please ask again.")
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["confirmed_at"])
    facts = {
        "name_asked": locked.name,
        "email": locked.email,
        "hisp": one_line(str(locked.hisp)),
        "link": link("admin:reporting_accessrequest_changelist"),
    }
    for administrator in recipients.administrators():
        _mail("access_asked", locked, administrator.email, facts, administrator.get_full_name(), administrator)
    events.record("ask_for_access", hisp=locked.hisp, note=f"{locked.name} ({locked.email})")


@transaction.atomic
def grant(asked: AccessRequest, *, by: Any) -> None:
    """Yes: she gets an invitation; or, with an account, reports for that HISP too."""
    locked = _decided(asked, by, granted=True)
    existing = invitations.accounts_of(locked.email)
    if existing:
        _add_to_account(existing[0], locked, by)
    else:
        _invite(locked, by)
    events.record("grant_access", hisp=locked.hisp, by=by, note=f"{locked.name} ({locked.email})")


@transaction.atomic
def refuse(asked: AccessRequest, *, by: Any) -> None:
    locked = _decided(asked, by, granted=False)
    _mail("access_refused", locked, locked.email, {"hisp": one_line(str(locked.hisp))}, locked.name)
    events.record("refuse_access", hisp=locked.hisp, by=by, note=f"{locked.name} ({locked.email})")


def _colleagues(department: Department) -> QuerySet[Membership]:
    return Membership.objects.current().filter(hisp__department=department)


def _asked_enough(email: str, department: Department) -> bool:
    now = timezone.now()
    hers = AccessRequest.objects.filter(email=email, decided_at=None, created_at__gt=now - timedelta(days=1))
    unanswered = AccessRequest.objects.filter(hisp__department=department, confirmed_at=None)
    lately = unanswered.filter(created_at__gt=now - timedelta(hours=1))
    return hers.exists() or lately.count() >= _MOST_AN_HOUR


def _decided(asked: AccessRequest, by: Any, *, granted: bool) -> AccessRequest:
    invitations.refuse_stranger(by)
    locked = AccessRequest.objects.select_for_update(no_key=True, of=("self",)).select_related("hisp").get(pk=asked.pk)
    if locked.confirmed_at is None:
        raise Refused(f"{locked.name} has not confirmed the address yet.")
    if locked.decided_at is not None:
        raise Refused(f"Somebody decided on {locked.name} already.")
    locked.decided_at, locked.decided_by, locked.granted = timezone.now(), by, granted
    locked.save(update_fields=["decided_at", "decided_by", "granted"])
    return locked


def _add_to_account(person: User, asked: AccessRequest, by: Any) -> None:
    if not person.is_active:
        raise Refused(f"There is an account with this address that may not sign in: {person}. Make it active first.")
    if roles.is_omb(person):
        raise Refused(f"{person} works at OMB’s review desk, so {person} cannot report for a HISP.")
    invitations.give_membership(person, asked.hisp, by=by)
    facts = {"hisp": one_line(str(asked.hisp)), "link": link("reporting:home")}
    _mail("access_granted", asked, person.email or asked.email, facts, person.get_full_name(), person)


def _invite(asked: AccessRequest, by: Any) -> None:
    waiting = Invitation.objects.open().filter(email=asked.email, reviews=False).first()
    if waiting is not None:
        waiting.hisps.add(asked.hisp)
        invitations.send_again(waiting, by=by)
        return
    first, _, last = asked.name.partition(" ")
    invitations.invite(email=asked.email, first_name=first, last_name=last, hisps=[asked.hisp], by=by)


def _mail(
    kind: str, asked: AccessRequest, to: str, facts: dict[str, Any], name: str, person: User | None = None
) -> None:
    subject, body = letters.write(kind, facts, name)
    key = f"{kind}:{asked.pk}:user{person.pk}" if person else f"{kind}:{asked.pk}"
    outbox.put([Mail(kind=kind, key=key, to=to, person=person, subject=subject, body=body, hisp=asked.hisp)])
