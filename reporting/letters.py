"""The words of the mails: a kind and its facts become a subject and a body (templates/mail/). Facts are texts that are
ready to be read; who gets a mail, and when, is decided in reporting/notices.py and where people come in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from reporting.fiscal import EASTERN


@dataclass(frozen=True)
class Topic:
    """What mails are about, with the words of each kind: 28 kinds in one list are too many to choose from."""

    words: str
    kinds: dict[str, str]


TOPICS = {
    "calendar": Topic(
        "Quarters and due days",
        {
            "quarter_opened": "Quarter opened",
            "due_14": "Due in two weeks",
            "due_3": "Due in three days",
            "due_0": "Due today",
            "overdue": "Overdue",
            "reminder": "Reminder sent by a person",
            "extended": "More time",
            "not_reporting": "Not reporting",
            "expected_again": "Expected to report after all",
        },
    ),
    "figures": Topic(
        "Figures and their review",
        {
            "received": "Received, with the receipt",
            "returned": "Returned for changes",
            "commented": "Comment by OMB, without a return",
            "approved": "Approved",
            "published": "Published",
            "withdrawn": "Withdrawn",
            "correction_asked": "Correction asked for",
            "correction_taken_back": "Correction not needed after all",
        },
    ),
    "digests": Topic(
        "Digests for OMB",
        {
            "digest": "Daily digest for reviewers",
            "administrators_digest": "Daily digest for administrators",
        },
    ),
    "coming-in": Topic(
        "Invitations and requests for access",
        {
            "invitation": "Invitation",
            "confirm_address": "Request for access: confirm the address",
            "access_asked": "Request for access: to administrators",
            "access_granted": "Request for access: yes, with an account",
            "access_refused": "Request for access: no",
        },
    ),
    "accounts": Topic(
        "Accounts and roles",
        {
            "password_reset": "New password",
            "password_changed": "Password changed",
            "address_changed": "E-mail address changed: to the former address",
            "rank": "A role at OMB was given or taken",
        },
    ),
}
WORDS = {kind: words for topic in TOPICS.values() for kind, words in topic.kinds.items()}
_TEMPLATES = {"due_14": "due", "due_3": "due", "due_0": "due", "administrators_digest": "digest"}


def write(kind: str, facts: dict[str, Any], name: str = "") -> tuple[str, str]:
    """Subject and body. `name`: whom the mail greets."""
    everywhere = {"name": one_line(name), "contact": settings.CONTACT_EMAIL, "site": settings.SITE_URL}
    text = render_to_string(f"mail/{_TEMPLATES.get(kind, kind)}.txt", {**everywhere, **facts})
    subject, _, body = text.partition("\n")
    return subject, _without_gaps(body)


def link(name: str, *args: Any) -> str:
    """An address in full, for people who read it in their mail."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def moment(at: datetime) -> str:
    """“Friday, July 30, 2021, 11:59 PM EDT (US Eastern)”."""
    local = at.astimezone(EASTERN)
    return f"{local:%A, %B %-d, %Y, %-I:%M %p %Z} (US Eastern)"


def day(of: date | datetime) -> str:
    """“July 30, 2021”, in US Eastern."""
    local = of.astimezone(EASTERN) if isinstance(of, datetime) else of
    return f"{local:%B %-d, %Y}"


def named(person: Any) -> str:
    """By her name where she has one."""
    return one_line(person.get_full_name() or person.get_username())


def one_line(text: str) -> str:
    return " ".join(text.split())


def _without_gaps(body: str) -> str:
    """Blocks that were left out leave no more than one blank line."""
    lines: list[str] = []
    for line in body.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
