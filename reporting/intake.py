"""Takes a workbook in: checked first, then everything saved in one transaction, or nothing but the upload."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from hisps.models import Hisp
from reporting import asked_corrections, drafts, events
from reporting.checked import Checked, check
from reporting.contents import Contents
from reporting.models import Expectation, Quarter, Submission, Upload
from reporting.transitions import Refused
from reporting.workbook import sheetview
from reporting.workbook.cells import Problem, summary
from reporting.workbook.rules.version import rules_version

_OF_A_DRAFT = ("state", "lock_version", "upload")  # what the log keeps of it


@dataclass(frozen=True)
class Receipt:
    """What became of a received file. `submission` is the draft made from it, None when it was refused.

    `is_repeat`: the same bytes came before; nothing was saved, `upload` is the earlier one. `was_returned`: it was
    saved as a new revision, but it is the very file that OMB returned. `sent_before`: an earlier upload of the same
    bytes, when others were sent since.
    """

    upload: Upload
    submission: Submission | None
    is_repeat: bool = False
    was_returned: bool = False
    sent_before: Upload | None = None


def receive(
    data: bytes,
    name: str,
    *,
    hisp: Hisp,
    quarter: Quarter,
    by: Any,
    corrects: Upload | None = None,
    corrections: Sequence[dict[str, str]] = (),
) -> Receipt:
    """Checks and keeps a file; a file without errors becomes the draft (a new revision after a return).

    `corrects`: the upload it was made from in the browser, by `corrections`. Raises Refused when the quarter takes no
    figures, when a submission is already with OMB, or when another file came since `corrects`. The check, which takes
    longest, runs before anything is locked.
    """
    refuse_when_not_taking(hisp, quarter)
    checked = check(data, name, hisp=hisp, quarter=quarter)
    with transaction.atomic():
        _lock(hisp, quarter)
        refuse_when_not_taking(hisp, quarter)
        upload = _upload(data, name, checked, hisp, quarter, by)
        upload.corrects, upload.corrections = corrects, [*corrections]
        earlier = _same_bytes_before(upload)
        if earlier is not None:
            return Receipt(earlier, earlier.submissions.order_by("-revision").first(), is_repeat=True)
        if corrects is not None:
            refuse_when_outdated(corrects)
        upload.save()
        if checked.is_refused or checked.contents is None:
            _record_refusal(upload, checked.problems)
            return Receipt(upload, None, sent_before=_sent_before(upload))
        draft = _draft(upload, checked.contents, checked.problems)
        return Receipt(upload, draft, was_returned=_is_the_returned_file(draft), sent_before=_sent_before(upload))


def _upload(data: bytes, name: str, checked: Checked, hisp: Hisp, quarter: Quarter, by: Any) -> Upload:
    sha256 = hashlib.sha256(data).hexdigest()
    return Upload(
        hisp=hisp,
        quarter=quarter,
        file=ContentFile(data, name=f"{hisp.slug}-{quarter.slug}-{sha256[:12]}.xlsx"),
        name=name[-255:],
        sha256=sha256,
        size=len(data),
        template_version=checked.stamp.version if checked.stamp else "",
        rules_version=rules_version(),
        outcome=Upload.Outcome.REFUSED if checked.is_refused else Upload.Outcome.ACCEPTED,
        report=[problem.as_dict() for problem in checked.problems],
        grid=sheetview.kept(checked.sheets, checked.problems),
        by=by,
    )


def _lock(hisp: Hisp, quarter: Quarter) -> None:
    """One upload at a time for a HISP and quarter, and none while its submission moves to another state. Only rows of
    this place are locked: a lock on the quarter's row would make every other HISP wait. `no_key`, here and wherever a
    row is locked: events point to these rows, and other people's events must not wait for this act."""
    place = {"hisp": hisp, "quarter": quarter}
    list(Expectation.objects.select_for_update(of=("self",), no_key=True).filter(**place).order_by())
    list(Submission.objects.open().select_for_update(of=("self",), no_key=True).filter(**place).order_by())


def refuse_when_not_taking(hisp: Hisp, quarter: Quarter) -> None:
    expected = Expectation.objects.select_related("quarter").filter(hisp=hisp, quarter=quarter).first()
    if expected is None:
        raise Refused(f"{hisp} is not expected to report for {quarter}. Ask OMB if you think it should be.")
    if not asked_corrections.takes_figures(hisp, expected.quarter):
        raise Refused(f"{quarter} is closed and takes no more figures. Ask OMB to reopen it.")
    if expected.not_reporting:
        raise Refused(f"OMB noted that {hisp} will not report for {quarter}. Ask OMB to expect your figures again.")
    with_omb = hisp.submissions.open().filter(quarter=quarter).exclude(state=Submission.State.DRAFT).first()
    if with_omb is not None:
        raise Refused(
            f"Your figures for {quarter} are already with OMB ({with_omb.get_state_display().lower()}). "
            "To send others, recall the submission first, or ask OMB to return it."
        )


def refuse_when_outdated(upload: Upload) -> None:
    """Raises Refused when another file came since; values are corrected in the newest one only."""
    newest = Upload.objects.filter(hisp=upload.hisp, quarter=upload.quarter).first()
    if newest is not None and newest != upload:
        raise Refused(
            f"A newer workbook came in, “{newest.name}”, on {_moment(newest)}. Correct the values in that one."
        )


def _same_bytes_before(upload: Upload) -> Upload | None:
    """The last upload when it is this very file, came to the same result, and still stands (not: was returned)."""
    latest = Upload.objects.filter(hisp=upload.hisp, quarter=upload.quarter).first()
    if latest is None or (latest.sha256, latest.outcome) != (upload.sha256, upload.outcome):
        return None
    if latest.outcome == Upload.Outcome.REFUSED:
        return latest if latest.report == upload.report else None
    return latest if latest.submissions.open().exists() else None


def _sent_before(upload: Upload) -> Upload | None:
    """The last upload of the same bytes, unless it is the one just before."""
    earlier = Upload.objects.filter(hisp=upload.hisp, quarter=upload.quarter).exclude(pk=upload.pk)
    same = earlier.filter(sha256=upload.sha256).first()
    return same if same != earlier.first() else None


def _is_the_returned_file(draft: Submission) -> bool:
    returned = Submission.objects.filter(hisp=draft.hisp, quarter=draft.quarter, state=Submission.State.RETURNED)
    return returned.filter(revision=draft.revision - 1, upload__sha256=draft.upload.sha256).exists()


def _draft(upload: Upload, contents: Contents, problems: Sequence[Problem]) -> Submission:
    draft = Submission.objects.filter(hisp=upload.hisp, quarter=upload.quarter, state=Submission.State.DRAFT).first()
    is_new = draft is None
    before = events.facts(draft, _OF_A_DRAFT) if draft is not None else {}
    if draft is None:
        assert upload.hisp is not None
        revisions = upload.hisp.submissions.filter(quarter=upload.quarter).count()
        draft = Submission(hisp=upload.hisp, quarter=upload.quarter, revision=revisions + 1)
    draft.upload, draft.uploaded_by = upload, upload.by
    draft.lock_version += 1
    draft.save(update_fields=None if is_new else ["upload", "uploaded_by", "lock_version"])
    drafts.save(draft, contents, problems)
    events.record(
        "upload" if is_new else "replace",
        submission=draft,
        from_state="" if is_new else draft.state,
        to_state=draft.state,
        by=upload.by,
        note=_named(upload),
        before=before,
        after=events.facts(draft, _OF_A_DRAFT),
    )
    return draft


def _record_refusal(upload: Upload, problems: list[Problem]) -> None:
    events.record(
        "upload_rejected",
        hisp=upload.hisp,
        quarter=upload.quarter,
        by=upload.by,
        note=_named(upload),
        after={"upload": upload.pk, "problems": summary(problems)},
    )


def turn_away(why: str, *, hisp: Hisp, quarter: Quarter, by: Any) -> None:
    """What came was no file that could be kept: too large, none, or several. Only the event remains."""
    events.record("upload_rejected", hisp=hisp, quarter=quarter, by=by, note=why)


def _named(upload: Upload) -> str:
    count = len(upload.corrections)
    how = f"; {count} value{'s' * (count != 1)} corrected in the browser" if count else ""
    return f"{upload.name} (SHA-256 {upload.sha256}){how}"


def repeat_sentence(upload: Upload) -> str:
    """What a person reads who sends the same bytes again."""
    became = "became your draft" if upload.outcome == Upload.Outcome.ACCEPTED else "was refused for the same reasons"
    return f"You sent this very file on {_moment(upload)}. It {became} then; nothing changed."


def older_sentence(receipt: Receipt) -> str:
    """What a person reads who sends an older file after a newer one."""
    assert receipt.sent_before is not None
    sent = f"You sent this very file before, on {_moment(receipt.sent_before)}, and others since."
    if receipt.submission is None:
        return f"{sent} It cannot be taken now."
    return f"{sent} It now stands again, in their place. If that is not what you want, upload the newer file again."


def _moment(upload: Upload) -> str:
    at = timezone.localtime(upload.at)
    return f"{at:%B %-d, %Y} at {at:%-I:%M %p} Eastern"
