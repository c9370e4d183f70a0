"""Who is told what by mail when something happens. Each function promises its mails in the outbox, within the
transaction of the act: to the current reporters of the HISP, and to nobody who may not see what the mail says.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from hisps.models import Hisp
from reporting import letters, outbox, recipients
from reporting.fiscal import days_late
from reporting.letters import day, link, moment, named, one_line
from reporting.models import Comment, Expectation, Mail, Quarter, Submission
from reporting.models.mail import MailQuerySet

NEXT_STEP = {
    "returned": "change the workbook as OMB asks, upload it again and submit it.",
    "draft": "look at the preview and submit it.",
}
FROM_THE_START = "download the prefilled workbook, fill it in, upload it and submit it."
_CLOSED = "the quarter is closed, so please ask OMB to reopen it."
_REMARKS_ARE_COLLECTED = timedelta(minutes=15)


@dataclass(frozen=True)
class Notice:
    """Something to tell the reporters of a HISP. `key` is what must be told once."""

    kind: str
    key: str
    quarter: Quarter
    hisp: Hisp
    submission: Submission | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def opened(quarter: Quarter, hisps: Collection[Hisp]) -> None:
    fiscal = quarter.fiscal
    facts = {"period": f"{day(fiscal.first_day)}, to {day(fiscal.last_day)}", **_due(quarter.due_at)}
    _tell([Notice("quarter_opened", "opened", quarter, hisp, facts=facts) for hisp in hisps])


def due(owed: Iterable[tuple[Expectation, str]], today: date) -> None:
    """Each expectation with how far it is: "returned", "draft" or "" (nothing came). The kind follows from the days
    that are left; of a deadline that is moved is told anew."""
    _tell(_due_notice(expectation, standing, today) for expectation, standing in owed)


def step(submission: Submission, transition: str, note: str) -> None:
    """What reporters are told about a transition of reporting.review, just made; of most, nothing."""
    if transition == "return":
        _collecting(submission).delete()
    facts = _FACTS_OF_STEP.get(transition)
    if facts is not None:
        kind, more = facts(submission, note)
        link_to_it = {"revision": submission.revision, "link": link("reporting:submission", submission.pk)}
        key = f"{kind}:{submission.pk}:{submission.lock_version}"
        _tell([Notice(kind, key, submission.quarter, submission.hisp, submission, {**link_to_it, **more})])


def not_reporting(expectation: Expectation) -> None:
    facts = {"reason": expectation.not_reporting_reason, **_due(expectation.due_at)}
    key = f"not-reporting:{outbox.once()}"
    _tell([Notice("not_reporting", key, expectation.quarter, expectation.hisp, facts=facts)])


def extended(expectation: Expectation) -> None:
    facts = {"reason": expectation.extension_reason, **_due(expectation.due_at)}
    _tell([Notice("extended", f"extended:{outbox.once()}", expectation.quarter, expectation.hisp, facts=facts)])


def expected_again(expectation: Expectation, reason: str) -> None:
    has_draft = expectation.hisp.submissions.filter(quarter=expectation.quarter).exists()
    next_step = NEXT_STEP["draft"] if has_draft else FROM_THE_START
    facts = {
        "reason": reason,
        "next_step": next_step if expectation.quarter.is_open else _CLOSED,
        **_due(expectation.due_at),
    }
    key = f"expected-again:{outbox.once()}"
    _tell([Notice("expected_again", key, expectation.quarter, expectation.hisp, facts=facts)])


def commented(said: Comment) -> None:
    """What OMB says, in one mail a little later: a return in the meantime tells it instead. What reporters say stands
    in the digest."""
    if not said.by.is_staff:
        return
    submission, collecting = said.submission, _collecting(said.submission)
    first = collecting.order_by("created_at").first()
    goes = first.not_before if first else said.at + _REMARKS_ARE_COLLECTED
    begun = min(first.created_at, said.at) if first else said.at  # the clock may have been set back
    collecting.delete()
    remarks = submission.comments.filter(at__gte=begun, by__is_staff=True, settled_at=None)
    facts = {
        "revision": submission.revision,
        "is_returned": submission.state == Submission.State.RETURNED,
        "remarks": [f"{each.cell or 'About the whole submission'}: {one_line(each.text)}" for each in remarks],
        "link": link("reporting:submission", submission.pk),
    }
    notice = Notice("commented", f"commented:{said.pk}", submission.quarter, submission.hisp, submission, facts)
    _tell([notice], created_at=begun, not_before=goes)


def _collecting(submission: Submission) -> MailQuerySet:
    """The mail that still takes up remarks; no sender looks at it before its time."""
    unsent = Mail.objects.filter(kind="commented", submission=submission, sent_at=None, attempts=0)
    return unsent.filter(not_before__gt=timezone.now())


def rank(person: Any, what: str, *, by: Any, by_invitation: bool) -> None:
    """To administrators and superusers: somebody’s rank at OMB is another, so that none is given in secret."""
    facts = {
        "person": named(person),
        "what": what,
        "by": named(by),
        "by_invitation": by_invitation,
        "link": link("admin:auth_user_change", person.pk),
    }
    key = f"rank:{person.pk}:{outbox.once()}"
    outbox.put(_letter("rank", key, keeper, facts) for keeper in recipients.keepers_of_ranks())


def address(person: Any, old: str) -> None:
    """To the address that is no longer hers: whoever is locked out of her account hears of it. Without the person,
    so that trying again does not send it to the new one."""
    facts = {"username": one_line(person.get_username()), "old": old}
    subject, body = letters.write("address_changed", facts, person.get_full_name())
    key = f"address:{person.pk}:{outbox.once()}"
    outbox.enqueue("address_changed", to=old, subject=subject, body=body, key=key)


def digest(kind: str, people: Iterable[User], facts: dict[str, Any], today: date) -> None:
    """Once a day to each."""
    outbox.put(_letter(kind, f"digest:{today}", person, {"day": day(today), **facts}) for person in people)


def _received(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    upload, by = submission.upload, submission.submitted_by
    owed = submission.hisp.expectations.select_related("quarter").filter(quarter=submission.quarter).first()
    late = days_late(_first_submitted_at(submission), owed.due_at if owed else submission.quarter.due_at)
    return "received", {
        "at": moment(submission.submitted_at or timezone.now()),
        "late": days(late) if late else "",
        "by": named(by) if by else "",
        "file": one_line(upload.name),
        "sha256": upload.sha256,
    }


def _first_submitted_at(submission: Submission) -> datetime | None:
    """Of any revision: what is sent again is as late as it first came."""
    sent = Submission.objects.filter(
        hisp=submission.hisp_id, quarter=submission.quarter_id, submitted_at__isnull=False
    )
    return sent.order_by("revision").values_list("submitted_at", flat=True).first()


def _returned(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    owed = submission.hisp.expectations.select_related("quarter").filter(quarter=submission.quarter).first()
    return "returned", {
        "reason": note,
        **_due(owed.due_at if owed else submission.quarter.due_at),
        "link": _place(submission.hisp, submission.quarter),
    }


def _approved(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    return "approved", {}


def _published(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    place = (submission.hisp.slug, submission.quarter.fiscal)
    return "published", {
        "at": moment(submission.published_at or timezone.now()),
        "public_note": submission.public_note,
        "link": link("dashboards:hisp_quarter", *place),
        "own_link": _place(submission.hisp, submission.quarter),
    }


def _withdrawn(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    return "withdrawn", {
        "at": moment(submission.ended_at or timezone.now()),
        "reason": note,
        "link": _place(submission.hisp, submission.quarter),
    }


def _correction_asked(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    return "correction_asked", {
        "reason": note,
        "is_public": submission.state == Submission.State.PUBLISHED,
        "link": _place(submission.hisp, submission.quarter),
    }


def _correction_taken_back(submission: Submission, note: str) -> tuple[str, dict[str, Any]]:
    return "correction_taken_back", {"reason": note, "link": _place(submission.hisp, submission.quarter)}


_FACTS_OF_STEP = {
    "submit": _received,
    "return": _returned,
    "approve": _approved,
    "publish": _published,
    "withdraw": _withdrawn,
    "ask_for_correction": _correction_asked,
    "take_back_correction": _correction_taken_back,
}


def _due_notice(expectation: Expectation, standing: str, today: date) -> Notice:
    due_day = timezone.localdate(expectation.due_at)
    left = (due_day - today).days
    kind = "overdue" if left < 0 else "due_0" if left == 0 else "due_3" if left <= 3 else "due_14"
    facts = {
        "when": f"in {days(left)}" if left > 0 else "today",
        "standing": standing,
        "next_step": NEXT_STEP.get(standing, FROM_THE_START),
        **_due(expectation.due_at),
    }
    return Notice(kind, f"{kind}:{due_day}", expectation.quarter, expectation.hisp, facts=facts)


def _due(at: datetime) -> dict[str, Any]:
    return {"due_at": moment(at), "due_day": day(at), "is_past": at < timezone.now()}


def days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _place(hisp: Hisp, quarter: Quarter) -> str:
    return link("reporting:quarter", hisp.slug, quarter.fiscal)


def _tell(notices: Iterable[Notice], **row: Any) -> None:
    """`row`: what else the mails are made with."""
    notices = list(notices)
    reporters = recipients.reporters([notice.hisp.pk for notice in notices])
    outbox.put(_to(notice, person, row) for notice in notices for person in reporters.get(notice.hisp.pk, []))


def _to(notice: Notice, person: User, row: dict[str, Any]) -> Mail:
    place = {"hisp": one_line(str(notice.hisp)), "quarter": str(notice.quarter)}
    facts = {"link": _place(notice.hisp, notice.quarter), **place, **notice.facts}
    key = f"{notice.key}:{notice.quarter.slug}:{notice.hisp.slug}"
    about = {"quarter": notice.quarter, "hisp": notice.hisp, "submission": notice.submission}
    return _letter(notice.kind, key, person, facts, **about, **row)


def _letter(kind: str, key: str, person: User, facts: dict[str, Any], **about: Any) -> Mail:
    subject, body = letters.write(kind, facts, person.get_full_name())
    return Mail(
        kind=kind, key=f"{key}:user{person.pk}", to=person.email, person=person, subject=subject, body=body, **about
    )
