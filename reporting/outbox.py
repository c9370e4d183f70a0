"""Mails on their way. `enqueue` writes a promise down within the act's own transaction: it is lost neither when the
process dies nor kept when the act rolls back. `deliver` keeps what was promised, outside of any request.

A mail server that is down costs nobody a page: a mail is tried again after a pause that doubles, and given up visibly
after MOST_ATTEMPTS. Whoever delivers first claims a mail by moving `not_before`, in one UPDATE that only one sender
wins on either database; a sender that dies in between leaves it to be tried again after that pause.
"""

import logging
import smtplib
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils import timezone

from reporting.models import Mail
from reporting.models.mail import MOST_ATTEMPTS, TAKEN_BACK

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=12)  # longer than a server may take for one mail
INSTEAD = {  # of mails with one-time links, which are not kept once they were sent or given up
    "invitation": "Send the invitation again from the list of invitations: that makes a new link.",
    "password_reset": "The person can ask for a new password again on the sign-in page.",
    "confirm_address": "The person can ask for access again, a day after the last time.",
}
_SERVER_IS_DOWN = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """How many mails a run sent and how many it could not send; `server_is_down`: it stopped early for that."""

    sent: int = 0
    failed: int = 0
    server_is_down: bool = False


def enqueue(kind: str, *, to: str, subject: str, body: str, key: str, **about: Any) -> None:
    """Promises a mail; nothing happens when one of that `key` was promised before. Call it within the transaction of
    the act. `about`: person, quarter, hisp, submission, not_before."""
    put([Mail(kind=kind, to=to, subject=subject, body=body, key=key, **about)])


def put(mails: Iterable[Mail]) -> None:
    """Promises many in one statement."""
    Mail.objects.bulk_create([_tidy(mail) for mail in mails], ignore_conflicts=True)


def once() -> str:
    """For the key of a notice that is told each time it happens."""
    return f"{timezone.now():%Y%m%d%H%M%S%f}"


def deliver(most: int = 500) -> Delivery:
    """Sends what is due; of what is given up no one-time link stays."""
    delivery = _deliver(most)
    Mail.objects.given_up().filter(kind__in=INSTEAD).exclude(body="").update(body="")
    return delivery


def _deliver(most: int) -> Delivery:
    """Stops when the server is down: one mail has then used up an attempt, the others none."""
    sent = failed = 0
    connection = get_connection()
    try:
        for mail in Mail.objects.due(timezone.now())[:most]:
            if not _claim(mail):
                continue
            error = _error_of_sending(mail, connection)
            if error is None:
                sent += 1
                continue
            failed += 1
            if isinstance(error, _SERVER_IS_DOWN):
                return Delivery(sent, failed, server_is_down=True)
    finally:
        _close(connection)
    return Delivery(sent, failed)


def take_back(begins: str) -> None:
    """Gives up the unsent mails whose key begins so, and empties them: their links open nothing any more."""
    unsent = Mail.objects.filter(sent_at__isnull=True, key__startswith=begins)
    unsent.update(attempts=MOST_ATTEMPTS, body="", last_error=TAKEN_BACK)


def try_again(mail: Mail) -> None:
    """From the beginning, at the next run; to the address that the person has now. Not what was emptied."""
    if mail.sent_at is None and not mail.is_emptied:
        mail.to = (mail.person.email if mail.person else "") or mail.to
        mail.attempts, mail.not_before = 0, timezone.now()
        mail.save(update_fields=["to", "attempts", "not_before"])


def why_not(mail: Mail) -> str:
    """Why a mail is not tried again, and what to do instead."""
    if mail.sent_at is not None:
        return "What was sent already is not sent again."
    return f"“{mail.subject}” cannot be sent again: its link was removed. {INSTEAD.get(mail.kind, '')}".strip()


def _tidy(mail: Mail) -> Mail:
    """A subject in one line, whatever names are in it."""
    mail.subject = " ".join("".join(c if c.isprintable() else " " for c in mail.subject).split())[:255]
    return mail


def _claim(mail: Mail) -> bool:
    """Whether this sender is the one that tries it now."""
    pause = min(FIRST_PAUSE * 2**mail.attempts, LONGEST_PAUSE)
    untouched = Mail.objects.filter(
        pk=mail.pk, sent_at__isnull=True, attempts=mail.attempts, not_before=mail.not_before
    )
    mail.attempts += 1
    return bool(untouched.update(attempts=mail.attempts, not_before=timezone.now() + pause))


def _error_of_sending(mail: Mail, connection: Any) -> Exception | None:
    """None once it was sent. Whatever a mail server or its client raises is kept with the mail."""
    try:
        validate_email(mail.to)
        _message(mail, connection).send()
    except ValidationError as error:
        _failed(mail, "This is not an e-mail address." if mail.to else "This person has no e-mail address.")
        Mail.objects.filter(pk=mail.pk).update(attempts=MOST_ATTEMPTS)
        return error
    except Exception as error:
        _close(connection)
        _failed(mail, f"{type(error).__name__}: {error}")
        return error
    body = "" if mail.kind in INSTEAD else mail.body
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="", body=body)
    return None


def _message(mail: Mail, connection: Any) -> EmailMessage:
    """The Message-ID stays when it is tried again, so that a mail program can fold one that came twice."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<mail-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        reply_to=[settings.CONTACT_EMAIL],
        headers=headers,
        connection=connection,
    )


def _failed(mail: Mail, error: str) -> None:
    _log.warning("Mail %s could not be sent: %s", mail.pk, error)
    Mail.objects.filter(pk=mail.pk).update(last_error=error[:2000])


def _close(connection: Any) -> None:
    """What goes wrong while hanging up is nobody's concern; the mail was sent, or its error is kept."""
    try:
        connection.close()
    except Exception as error:
        _log.info("The mail server was not left properly: %s", error)
