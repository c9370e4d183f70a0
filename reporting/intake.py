"""Takes a workbook in: guard, parse, rules, then everything saved in one transaction or nothing but the upload.

`check` is the one function behind the browser and `manage.py check_workbook`; `receive` adds saving.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from hisps.models import Hisp
from hisps.registry import find_service
from reporting import asked_corrections, drafts, events
from reporting.contents import Contents
from reporting.figures import previous_contents
from reporting.models import Expectation, Quarter, Submission, Upload
from reporting.transitions import Refused
from reporting.workbook import guard, reader, rules, sheetview, spec, stamp
from reporting.workbook.cells import Cell, Problem, summary
from reporting.workbook.groups import grouped
from reporting.workbook.labels import labeled
from reporting.workbook.rules.fillers import without_fillers
from reporting.workbook.rules.public import PUBLIC
from reporting.workbook.rules.version import rules_version
from reporting.workbook.sheetview import Typed
from reporting.workbook.stamp import Stamp

_SHEETS = [sheet.name for sheet in spec.INPUT_SHEETS]
_OF_A_DRAFT = ("state", "lock_version", "upload")  # what the log keeps of it


@dataclass(frozen=True)
class Checked:
    """What a file holds and everything that is wrong with it. `contents` is None when it could not be read.

    `sheets`: what stands in each, as text; empty when the file could not be opened.
    """

    contents: Contents | None
    problems: list[Problem]
    stamp: Stamp | None = None
    sheets: dict[str, Typed] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        return self.contents is None or any(problem.blocks for problem in self.problems)


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


def check(data: bytes, name: str, *, hisp: Hisp | None = None, quarter: Quarter | None = None) -> Checked:
    """Every problem of a workbook. Without `hisp` and `quarter` they are taken from the workbook's stamp.

    Raises reader.Unavailable when no process can be had to read it in.
    """
    refusal = guard.refusal_at_the_door(data)
    if refusal is not None:
        return Checked(None, [refusal])
    parsed = reader.read(data, limits())
    if parsed.stamp is None or parsed.contents is None:
        return Checked(None, parsed.problems, parsed.stamp, parsed.sheets)
    hisp = hisp or Hisp.objects.filter(slug=parsed.stamp.hisp).first()
    misplaced = _not_this_workbook(parsed.stamp, hisp, quarter)
    if misplaced is not None or hisp is None:
        return Checked(None, [misplaced] if misplaced else parsed.problems, parsed.stamp, parsed.sheets)
    context = _context(hisp, parsed.stamp)
    contents = parsed.contents.with_services(lambda typed: _registry_name(typed, hisp, context.services))
    findings = labeled(rules.problems(contents, context), contents, parsed.sheets)
    problems = grouped(parsed.problems + _not_following_from(parsed.problems, findings), apart=PUBLIC)
    return Checked(without_fillers(contents), sorted(problems, key=_sheet_order), parsed.stamp, parsed.sheets)


def _registry_name(typed: str, hisp: Hisp, services: tuple[str, ...]) -> str:
    """The designated service that is meant, under a former name too, since the template may be older than a rename."""
    found = rules.matching_service(typed, services)
    if found or not typed:
        return found
    renamed = find_service(hisp, typed)
    return renamed.name if renamed is not None and renamed.name in services else typed


def limits() -> reader.Limits:
    """What one workbook may cost, from the settings."""
    return reader.Limits(
        memory_bytes=settings.WORKBOOK_MEMORY_BYTES,
        cpu_seconds=settings.WORKBOOK_CPU_SECONDS,
        wall_seconds=settings.WORKBOOK_WALL_SECONDS,
        workers=settings.WORKBOOK_WORKERS,
    )


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


def _context(hisp: Hisp, made_for: Stamp) -> rules.Context:
    services = hisp.services.filter(last_day__isnull=True).values_list("name", flat=True)
    return rules.Context(tuple(services), previous_contents(hisp.pk, made_for.quarter), made_for.quarter)


def _not_this_workbook(made_for: Stamp, hisp: Hisp | None, quarter: Quarter | None) -> Problem | None:
    if not made_for.is_genuine(settings.SECRET_KEY):
        return stamp.edited()
    if hisp is None or hisp.slug != made_for.hisp:
        owner = Hisp.objects.filter(slug=made_for.hisp).first()
        return stamp.other_hisp(
            owner.name if owner else made_for.hisp, hisp.name if hisp else "a HISP in the registry"
        )
    if quarter is not None and quarter.fiscal != made_for.quarter:
        return stamp.other_quarter(made_for.quarter, quarter.fiscal)
    return None


def _not_following_from(earlier: Sequence[Problem], findings: list[Problem]) -> list[Problem]:
    """Findings about cells that could not be read are left out: they follow from the reading problem. So do those that
    miss something in a row that was not read."""
    unread = {cell for problem in earlier if problem.blocks for cell in _cells(problem)}
    rows = {(cell.sheet, cell.row) for cell in unread}
    lacks_a_sheet = any(problem.rule == "sheet_missing" for problem in earlier)
    return [
        finding
        for finding in findings
        if unread.isdisjoint(_cells(finding))
        and not (finding.rule in rules.MISSING and (lacks_a_sheet or _is_within(finding, rows)))
    ]


def _is_within(finding: Problem, rows: set[tuple[str, int]]) -> bool:
    """What misses something in the whole file names no cell; any row of a table may hold it."""
    if finding.cell is None:
        return any(sheet != spec.COVER.name for sheet, _ in rows)
    return any((cell.sheet, cell.row) in rows for cell in finding.cells)


def _sheet_order(problem: Problem) -> tuple[int, int, int, str]:
    """As the workbook is read: the whole file first, then sheet by sheet, row by row, column by column."""
    if problem.cell is None:
        return (-1, 0, 0, "")
    sheet = _SHEETS.index(problem.cell.sheet) if problem.cell.sheet in _SHEETS else len(_SHEETS)
    return (sheet, problem.cell.row, len(problem.cell.column), problem.cell.column)


def _cells(problem: Problem) -> set[Cell]:
    return {*([problem.cell] if problem.cell else []), *problem.related}


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
