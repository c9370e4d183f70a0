"""Events about people: accounts, roles, passwords, who reports for a HISP, and signing in."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed

from hisps.models import Membership
from reporting import events, letters, notices, outbox

_FIELDS = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


def facts(person: Any) -> dict[str, Any]:
    """What the log keeps of an account: never a password."""
    return {**events.facts(person, _FIELDS), "roles": sorted(person.groups.values_list("name", flat=True))}


def stored(person: Any) -> dict[str, Any]:
    """The same as the database has it; nothing for a new account."""
    found = get_user_model().objects.filter(pk=person.pk).first()
    return facts(found) if found is not None else {}


def record_account(person: Any, *, by: Any, before: dict[str, Any]) -> None:
    """One event for what became different since `before`; none when nothing did."""
    after = facts(person)
    changed = [name for name in after if before.get(name) != after[name]]
    if changed:
        was, now = ({name: of[name] for name in changed if name in of} for of in (before, after))
        for words in _ranks(before, now):
            notices.rank(person, words, by=by, by_invitation=by == person and not before)
        if was.get("email"):
            notices.address(person, was["email"])
        events.record(_act(before, now), by=by, note=person.username, before=was, after=now)


def _ranks(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What became of a person's rank at OMB, in words for those who look after ranks."""
    words = []
    if now.get("is_superuser", False) != before.get("is_superuser", False) and "is_superuser" in now:
        words.append("may do everything now" if now["is_superuser"] else "may no longer do everything")
    if "roles" in now and now["roles"] != before.get("roles", []):
        words.append(f"is now {' and '.join(now['roles'])}" if now["roles"] else "has no role at OMB any more")
    return words


def _act(before: dict[str, Any], changed: dict[str, Any]) -> str:
    """The weightiest of what changed."""
    if not before:
        return "create_account"
    if "is_superuser" in changed:
        return "grant_superuser" if changed["is_superuser"] else "revoke_superuser"
    if "roles" in changed:
        return "change_role"
    if "is_active" in changed:
        return "activate" if changed["is_active"] else "deactivate"
    return "change_account"


def record_password(person: Any, *, by: Any) -> None:
    own = by is not None and by.pk == person.pk
    events.record("change_password" if own else "set_password", by=by, note=person.username)
    _tell_of_password(person)


def _tell_of_password(person: Any) -> None:
    """Its owner, whoever changed it."""
    facts = {"username": person.get_username(), "link": letters.link("password_reset")}
    subject, body = letters.write("password_changed", facts, person.get_full_name())
    key = f"password-changed:{person.pk}:{outbox.once()}"
    outbox.enqueue("password_changed", to=person.email, subject=subject, body=body, key=key, person=person)


def record_membership(membership: Membership, *, by: Any, before: dict[str, Any] | None) -> None:
    """`before`: its facts until now; None for a new one."""
    after = membership_facts(membership)
    if after != before:
        events.record(
            _membership_act(membership, before),
            hisp=membership.hisp,
            by=by,
            note=f"{membership.user}, until {after['last_day']}" if membership.last_day else str(membership.user),
            before=before,
            after=after,
        )


def membership_facts(membership: Membership) -> dict[str, Any]:
    return events.facts(membership, ("user", "last_day"))


def _membership_act(membership: Membership, before: dict[str, Any] | None) -> str:
    if before is None:
        return "give_membership"
    return "end_membership" if membership.last_day else "resume_membership"


def watch_sign_ins() -> None:
    """Signals are Django's way to tell; nothing else here uses them."""
    user_logged_in.connect(_signed_in, dispatch_uid="log_sign_in")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="log_failed_sign_in")


def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    events.record("sign_in", by=user)


def _sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Names an account that exists, and nothing else that was typed: people type passwords into the wrong field."""
    typed = str(credentials.get("username", ""))
    known = get_user_model().objects.filter(username=typed).exists()
    events.record("sign_in_failed", note=typed if known else "", after={"account": typed if known else None})
