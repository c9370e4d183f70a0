"""Reminders by hand, from the quarter board: what each HISP that owes figures would get, and the act of sending.

The mails that go out by themselves are in reporting/notices.py; these are for the days when somebody at OMB looks
after who is missing. A person gets at most one a day for each HISP.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from hisps.models import Hisp
from reporting import events, letters, notices, outbox, recipients
from reporting.board.standing import REMINDER, Standing, standings
from reporting.letters import day, moment, one_line
from reporting.models import Mail, Quarter
from reporting.quarters import PERMISSION
from reporting.transitions import NotAllowed, Refused

KIND = REMINDER


@dataclass(frozen=True)
class Reminder:
    """What one HISP gets. `mails`: one for each of its reporters who has an address and was not reminded today;
    `already`: who was; `unreachable`: who has no address."""

    standing: Standing
    subject: str
    body: str
    due: str
    mails: tuple[Mail, ...] = field(compare=False)
    already: tuple[User, ...] = ()
    unreachable: tuple[User, ...] = ()

    @property
    def has_reporters(self) -> bool:
        return bool(self.mails or self.already or self.unreachable)


def reminders(quarter: Quarter, hisps: Collection[int] | None = None) -> list[Reminder]:
    """One for each HISP that owes figures, by name; only for `hisps`, where they are given. None for a quarter that
    takes no figures. Nothing is sent. Four queries."""
    if not quarter.is_open:
        return []
    owing = [each for each in standings([quarter])[quarter.pk] if each.owes and (hisps is None or each.hisp in hisps)]
    reporters = recipients.reporters([each.hisp for each in owing])
    reminded = _reminded_today(quarter)
    return [_reminder(quarter, each, reporters.get(each.hisp, []), reminded) for each in owing]


@transaction.atomic
def send(quarter: Quarter, hisps: Collection[int] | None, *, by: Any) -> list[Reminder]:
    """Puts into the outbox what `reminders` shows now, with one event for each HISP. Returns those that went out."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed("Your role does not include reminding HISPs.")
    if not Quarter.objects.select_for_update(no_key=True).get(pk=quarter.pk).is_open:
        raise Refused(f"{quarter} is not open, so nobody was reminded of it.")
    going = [each for each in reminders(quarter, hisps) if each.mails]
    outbox.put(mail for each in going for mail in each.mails)
    events.record_all([_event(quarter, each, by) for each in going])
    return going


def _reminder(quarter: Quarter, standing: Standing, reporters: Sequence[User], reminded: Collection[str]) -> Reminder:
    facts = _facts(quarter, standing)
    subject, body = letters.write(KIND, facts, reporters[0].get_full_name() if reporters else "")
    reachable = [(person, _key(quarter, standing, person)) for person in reporters if person.email]
    return Reminder(
        standing=standing,
        subject=subject,
        body=body,
        due=facts["due_at"],
        mails=tuple(_mail(quarter, standing, facts, *each) for each in reachable if each[1] not in reminded),
        already=tuple(person for person, key in reachable if key in reminded),
        unreachable=tuple(person for person in reporters if not person.email),
    )


def _facts(quarter: Quarter, standing: Standing) -> dict[str, Any]:
    return {
        "hisp": one_line(standing.name),
        "quarter": str(quarter),
        "standing": standing.state,
        "next_step": notices.NEXT_STEP.get(standing.state, notices.FROM_THE_START),
        "due_at": moment(standing.due_at),
        "due_day": day(standing.due_at),
        "is_past": standing.is_overdue,
        "link": letters.link("reporting:quarter", standing.slug, quarter.fiscal),
    }


def _mail(quarter: Quarter, standing: Standing, facts: dict[str, Any], person: User, key: str) -> Mail:
    subject, body = letters.write(KIND, facts, person.get_full_name())
    about = {"quarter": quarter, "hisp_id": standing.hisp, "person": person}
    return Mail(kind=KIND, key=key, to=person.email, subject=subject, body=body, **about)


def _key(quarter: Quarter, standing: Standing, person: User) -> str:
    return f"{KIND}:{timezone.localdate()}:{quarter.slug}:{standing.slug}:user{person.pk}"


def _event(quarter: Quarter, reminder: Reminder, by: Any) -> Any:
    note = f"To {', '.join(mail.to for mail in reminder.mails)}."
    hisp = Hisp(pk=reminder.standing.hisp)  # an event keeps the key alone
    return events.event("remind", by=by, quarter=quarter, hisp=hisp, note=note)


def _reminded_today(quarter: Quarter) -> set[str]:
    today = f"{KIND}:{timezone.localdate()}:{quarter.slug}:"
    return set(Mail.objects.filter(quarter=quarter, key__startswith=today).values_list("key", flat=True))
