"""What each transition of a submission does; who may make which, from which state, is the table in transitions.py.

One function per transition. Each locks the row, checks the permission, the state and the version, writes the stamps
and appends exactly one event, in one transaction; or raises Refused (or NotAllowed) with a sentence, and nothing
changed. Nobody else assigns a state, but reporting.history, which publishes what OMB published long ago.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reporting import asked_corrections, events, notices, publications, sums, transitions
from reporting import indicator as indicators
from reporting.letters import named
from reporting.models import Event, Expectation, Finding, Publication, Quarter, Submission
from reporting.transitions import (
    APPROVE,
    ASK_FOR_CORRECTION,
    BEGIN_REVIEW,
    OVERRIDE_INDICATOR,
    PUBLISH,
    RECALL,
    RETURN,
    SUBMIT,
    SUPERSEDE,
    TAKE_BACK_CORRECTION,
    WITHDRAW,
    NotAllowed,
    Refused,
    Transition,
)
from reporting.workbook.cells import EXPLAIN

State = Submission.State
_SAID_IN_THE_NOTE = ("revision_note", "public_note", "indicator_reason")


def submit(
    submission: Submission,
    *,
    by: Any,
    lock_version: int | None = None,
    explanations: Mapping[int, str] | None = None,
    revision_note: str = "",
) -> Submission:
    """`explanations`: the reporter's sentences by finding id; every finding that needs one must have one."""
    with transaction.atomic():
        _hold_expectation(submission)
        locked = _locked(submission, SUBMIT, by, lock_version)
        if not asked_corrections.takes_figures(locked.hisp, locked.quarter):
            raise Refused(f"{locked.quarter} is closed and takes no more figures. Ask OMB to reopen it.")
        if locked.hisp.expectations.filter(quarter=locked.quarter, not_reporting=True).exists():
            raise Refused(f"OMB noted that you will not report for {locked.quarter}. Ask OMB to expect your figures.")
        _keep_explanations(locked, explanations or {})
        note = revision_note.strip() or locked.revision_note
        if locked.revision > 1 and not note:
            raise Refused("Please say in a sentence what changed since the last revision.")
        return _move(locked, SUBMIT, by, note, revision_note=note, submitted_at=timezone.now(), submitted_by=by)


@transaction.atomic
def recall(submission: Submission, *, by: Any, lock_version: int | None = None) -> Submission:
    """Takes a submission back into draft, as long as nobody at OMB has begun to review it and it can be sent again."""
    _hold_expectation(submission)
    locked = _locked(submission, RECALL, by, lock_version)
    if kept := _why_kept(locked):
        raise Refused(kept)
    return _move(locked, RECALL, by, submitted_at=None, submitted_by=None)


def why_not_recalled(submission: Submission, by: Any) -> str:
    return transitions.why_not(submission, RECALL, by) or _why_kept(submission)


def _why_kept(submission: Submission) -> str:
    if submission.review_begun_at is not None:
        return "OMB has begun to review this submission. Ask OMB to return it instead."
    if not asked_corrections.takes_again(submission):
        return f"{submission.quarter} is closed, so you could not submit these figures again. Ask OMB to return them."
    return ""


@transaction.atomic
def begin_review(submission: Submission, *, by: Any, lock_version: int | None = None) -> Submission:
    locked = _locked(submission, BEGIN_REVIEW, by, lock_version)
    if locked.review_begun_at is not None:
        raise Refused("The review of this submission has already begun.")
    return _move(locked, BEGIN_REVIEW, by, review_begun_at=timezone.now())


@transaction.atomic
def approve(submission: Submission, *, by: Any, lock_version: int | None = None, note: str = "") -> Submission:
    locked = _locked(submission, APPROVE, by, lock_version)
    return _move(locked, APPROVE, by, note, **_reviewed(locked, by))


@transaction.atomic
def return_for_changes(submission: Submission, *, by: Any, reason: str, lock_version: int | None = None) -> Submission:
    """Sends it back to the reporter with a reason; her next upload becomes the next revision."""
    reason = _required(reason, "Please say what needs to change: the reporter will see your words.")
    locked = _locked(submission, RETURN, by, lock_version)
    return _move(locked, RETURN, by, reason, **_reviewed(locked, by))


@transaction.atomic
def override_indicator(
    submission: Submission, *, by: Any, indicator: str, reason: str, lock_version: int | None = None
) -> Submission:
    """Confirms or replaces the computed indicator before publication; color and reason become public with it."""
    reason = _required(reason, "Please say why: the public will see your words.")
    if indicator not in indicators.OF_SUBMITTED:
        raise Refused("Please choose an indicator.")
    locked = _locked(submission, OVERRIDE_INDICATOR, by, lock_version)
    note = f"{indicators.WORDS[indicator]}. {reason}"
    return _move(locked, OVERRIDE_INDICATOR, by, note, indicator_override=indicator, indicator_reason=reason)


@transaction.atomic
def publish(submission: Submission, *, by: Any, lock_version: int | None = None) -> Submission:
    """Makes an approved revision public; the revision that was public before is superseded in the same moment."""
    locked = _locked(submission, PUBLISH, by, lock_version)
    return _publish([locked], locked.quarter, by)[0]


@transaction.atomic
def publish_quarter(
    quarter: Quarter, *, by: Any, seen: Mapping[int, int] | None = None
) -> list[tuple[Submission, str]]:
    """Publishes everything approved, in one publication; each with an empty sentence, or the one that says why it was
    left out. `seen`: the lock versions of what was approved when the person decided, by id; all of it is refused when
    anything else is approved now."""
    approved = list(_lockable(Submission.objects.filter(quarter=quarter, state=State.APPROVED)).order_by("pk"))
    if seen is not None and seen != {each.pk: each.lock_version for each in approved}:
        raise Refused(
            "Something changed after you opened the page, so nothing was published. Look again, then decide."
        )
    results = [(submission, transitions.why_not(submission, PUBLISH, by)) for submission in approved]
    _publish([submission for submission, refused in results if not refused], quarter, by)
    return results


def _refuse_needless_request(submission: Submission) -> None:
    hisp, quarter = submission.hisp, submission.quarter
    asked = asked_corrections.of(hisp, quarter)
    if asked is not None:
        raise Refused(f"A correction was asked for already, by {named(asked.by)}: {asked.note}")
    if not hisp.expectations.filter(quarter=quarter).exists():
        raise Refused(f"{hisp} was never asked to report for {quarter} here. Open the quarter for it first.")
    newer = hisp.submissions.filter(quarter=quarter, revision__gt=submission.revision)
    public = newer.filter(state__in=Submission.FROZEN_STATES).order_by("revision").last()
    if public is not None:
        raise Refused(f"Revision {public.revision} is newer and was published too. Ask for a correction of that one.")
    with_omb = newer.filter(state__in=(State.SUBMITTED, State.APPROVED)).first()
    if with_omb is not None:
        state = with_omb.get_state_display().lower()
        raise Refused(f"Revision {with_omb.revision} corrects these figures and is with OMB already ({state}).")


def _publish(approved: Sequence[Submission], quarter: Quarter, by: Any) -> list[Submission]:
    """Takes all locks before the number, for which every other writer waits."""
    public = Submission.objects.published().filter(quarter=quarter, hisp__in=[each.hisp_id for each in approved])
    former = {each.hisp_id: each for each in _lockable(public).order_by("pk")}
    if not approved:
        return []
    publication = publications.begin(Publication.Kind.PUBLISH, quarter, by=by)
    published = [_replace(former.get(each.hisp_id), each, publication) for each in approved]
    sums.renew(quarter, {each.hisp_id for each in published})
    return published


def _replace(former: Submission | None, submission: Submission, publication: Publication) -> Submission:
    """Of a correction the public learns why it was made; of a first publication there is nothing to say."""
    if former is not None:
        words = f"Superseded by revision {submission.revision}."
        _move(former, SUPERSEDE, publication.by, words, ended_at=publication.at, ended_in=publication)
    note = submission.revision_note if former is not None else ""
    return _move(
        submission,
        PUBLISH,
        publication.by,
        note,
        published_at=publication.at,
        published_by=publication.by,
        publication=publication,
        public_note=note,
    )


@transaction.atomic
def withdraw(submission: Submission, *, by: Any, reason: str, lock_version: int | None = None) -> Submission:
    """Takes published figures from the public pages; the reason is public."""
    reason = _required(reason, "Please say why the figures are withdrawn: the public will see your words.")
    locked = _locked(submission, WITHDRAW, by, lock_version)
    publication = publications.begin(Publication.Kind.WITHDRAW, locked.quarter, by=by, note=reason)
    _move(locked, WITHDRAW, by, reason, ended_at=publication.at, ended_in=publication, public_note=reason)
    sums.renew(locked.quarter, {locked.hisp_id})
    return locked


@transaction.atomic
def ask_for_correction(submission: Submission, *, by: Any, reason: str, lock_version: int | None = None) -> Submission:
    """Opens the HISP's quarter for a new revision, closed or not, until that is published. What is public stays."""
    reason = _required(reason, "Please say what needs to be corrected: the reporters will see your words.")
    locked = _locked(submission, ASK_FOR_CORRECTION, by, lock_version)
    _refuse_needless_request(locked)
    return _move(locked, ASK_FOR_CORRECTION, by, reason)


@transaction.atomic
def take_back_correction(
    submission: Submission, *, by: Any, reason: str, lock_version: int | None = None
) -> Submission:
    """The request no longer stands: what is public stays, and a closed quarter takes no more figures of the HISP. By
    whoever asked, or by another administrator once that person is none any more."""
    reason = _required(reason, "Please say why no correction is needed: the reporters will see your words.")
    _hold_expectation(submission)
    locked = _locked(submission, TAKE_BACK_CORRECTION, by, lock_version)
    asked = asked_corrections.standing().filter(submission=locked).first()
    if asked is None:
        raise Refused("No correction of this revision is asked for now.")
    if not may_take_back(asked, by):
        raise NotAllowed(f"{named(asked.by)} asked for this correction, and alone takes the request back.")
    newer = Submission.objects.filter(hisp=locked.hisp_id, quarter=locked.quarter_id, revision__gt=locked.revision)
    sent = newer.exclude(state=State.DRAFT).order_by("revision").last()
    if sent is not None:
        raise Refused(f"Revision {sent.revision} answers the request already ({sent.get_state_display().lower()}).")
    return _move(locked, TAKE_BACK_CORRECTION, by, reason)


def may_take_back(asked: Event | None, by: Any) -> bool:
    """Whoever asked; anybody with the role, once that person has it no more or cannot sign in."""
    return asked is not None and (
        asked.by is None or asked.by == by or not transitions.may(asked.by, ASK_FOR_CORRECTION)
    )


def _locked(submission: Submission, transition: Transition, by: Any, lock_version: int | None) -> Submission:
    """The row, locked and fresh, once everything that could refuse the transition has been checked."""
    locked = _lockable(Submission.objects.all()).get(pk=submission.pk)
    transitions.check(locked, transition, by)
    if lock_version is not None and lock_version != locked.lock_version:
        raise Refused(transitions.stale(transition))
    return locked


def _hold_expectation(submission: Submission) -> None:
    """First, as intake does: nobody notes that a HISP does not report, nor takes back that a correction was asked for,
    while its figures are being submitted."""
    expected = Expectation.objects.filter(hisp=submission.hisp_id, quarter=submission.quarter_id)
    list(expected.select_for_update(of=("self",), no_key=True).order_by())


def _lockable(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    return submissions.select_for_update(of=("self",), no_key=True).select_related("hisp", "quarter")


def _move(submission: Submission, transition: Transition, by: Any, note: str = "", **stamps: Any) -> Submission:
    changed = ("state", "lock_version", *(stamp for stamp in stamps if stamp not in _SAID_IN_THE_NOTE))
    from_state, before = submission.state, events.facts(submission, changed)
    submission.state = transition.target or from_state
    submission.lock_version += 1
    for field, value in stamps.items():
        setattr(submission, field, value)
    submission.save(update_fields=["state", "lock_version", *stamps])
    notices.step(submission, transition.name, note)
    events.record(
        transition.name,
        submission=submission,
        from_state=from_state,
        to_state=submission.state,
        by=by,
        note=note,
        before=before,
        after=events.facts(submission, changed),
    )
    return submission


def _reviewed(submission: Submission, by: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"reviewed_at": now, "reviewed_by": by, "review_begun_at": submission.review_begun_at or now}


def _keep_explanations(submission: Submission, explanations: Mapping[int, str]) -> None:
    findings = list(submission.findings.filter(severity=EXPLAIN))
    for finding in findings:
        finding.explanation = explanations.get(finding.pk, finding.explanation).strip()
    Finding.objects.bulk_update(findings, ["explanation"])
    missing = sum(not finding.explanation for finding in findings)
    if missing:
        raise Refused(
            "One finding still needs a sentence from you."
            if missing == 1
            else f"{missing} findings still need a sentence from you."
        )


def _required(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refused(sentence)
    return text.strip()
