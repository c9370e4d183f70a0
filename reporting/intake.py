"""Takes a workbook in: guard, parse, rules, then everything saved in one transaction or nothing but the upload.

`check` is the one function behind the browser and `manage.py check_workbook`; `receive` adds saving. `save` writes
Contents into a draft and serves published history too.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from hisps import names
from hisps.models import Hisp, Service, Touchpoint
from reporting.contents import Contents, Survey
from reporting.figures import previous_contents
from reporting.models import (
    DomainResult,
    Event,
    Expectation,
    Finding,
    IndexScore,
    OperationalMetric,
    Quarter,
    Submission,
    TouchpointReport,
    Upload,
)
from reporting.review import Refused
from reporting.workbook import guard, parse, rules, spec, stamp
from reporting.workbook.cells import EXPLAIN, Cell, Problem
from reporting.workbook.stamp import Stamp

_SHEETS = [sheet.name for sheet in spec.INPUT_SHEETS]


@dataclass(frozen=True)
class Checked:
    """What a file holds and everything that is wrong with it. `contents` is None when it could not be read."""

    contents: Contents | None
    problems: list[Problem]
    stamp: Stamp | None = None

    @property
    def is_refused(self) -> bool:
        return self.contents is None or any(problem.blocks for problem in self.problems)


@dataclass(frozen=True)
class Receipt:
    """What became of a received file. `submission` is the draft made from it, None when it was refused.

    `is_repeat`: the same bytes came before; nothing was saved, `upload` is the earlier one.
    """

    upload: Upload
    submission: Submission | None
    is_repeat: bool = False


def check(data: bytes, name: str, *, hisp: Hisp | None = None, quarter: Quarter | None = None) -> Checked:
    """Every problem of a workbook. Without `hisp` and `quarter` they are taken from the workbook's stamp."""
    refusal = guard.refusal(data, name)
    if refusal is not None:
        return Checked(None, [refusal])
    parsed = parse.read(data)
    if parsed.stamp is None or parsed.contents is None:
        return Checked(None, parsed.problems, parsed.stamp)
    hisp = hisp or Hisp.objects.filter(slug=parsed.stamp.hisp).first()
    misplaced = _not_this_workbook(parsed.stamp, hisp, quarter)
    if misplaced is not None or hisp is None:
        return Checked(None, [misplaced] if misplaced else parsed.problems, parsed.stamp)
    findings = rules.problems(parsed.contents, _context(hisp, parsed.stamp))
    problems = parsed.problems + _not_following_from(parsed.problems, findings)
    return Checked(parsed.contents, sorted(problems, key=_sheet_order), parsed.stamp)


@transaction.atomic
def receive(data: bytes, name: str, *, hisp: Hisp, quarter: Quarter, by: Any) -> Receipt:
    """Checks and keeps a file; a file without errors becomes the draft (a new revision after a return).

    Raises Refused when the quarter takes no figures or a submission is already with OMB.
    """
    _lock_expectation(hisp, quarter)
    _refuse_when_not_taking(hisp, quarter)
    sha256 = hashlib.sha256(data).hexdigest()
    earlier = _same_bytes_before(sha256, hisp, quarter)
    if earlier is not None:
        return Receipt(earlier, earlier.submissions.order_by("-revision").first(), is_repeat=True)
    checked = check(data, name, hisp=hisp, quarter=quarter)
    upload = Upload.objects.create(
        hisp=hisp,
        quarter=quarter,
        file=ContentFile(data, name=f"{hisp.slug}-{quarter.slug}-{sha256[:12]}.xlsx"),
        name=name[-255:],
        sha256=sha256,
        size=len(data),
        template_version=checked.stamp.version if checked.stamp else "",
        outcome=Upload.Outcome.REFUSED if checked.is_refused else Upload.Outcome.ACCEPTED,
        report=[problem.as_dict() for problem in checked.problems],
        by=by,
    )
    if checked.is_refused or checked.contents is None:
        return Receipt(upload, None)
    return Receipt(upload, _draft(upload, checked.contents, checked.problems))


def save(submission: Submission, contents: Contents, problems: Sequence[Problem] = ()) -> None:
    """Writes contents and findings into a draft, in place of what it held. Services must exist in the registry."""
    submission.reports.all().delete()
    submission.metrics.all().delete()
    submission.indexes.all().delete()
    _save_cover(submission, contents)
    services = {names.key(service.name): service for service in submission.hisp.services.all()}
    _save_surveys(submission, contents.surveys, services)
    OperationalMetric.objects.bulk_create(
        OperationalMetric(
            submission=submission,
            order=order,
            service=services.get(names.key(metric.service)),
            name=metric.name,
            value=metric.value,
            unit=metric.unit,
            footnote=metric.footnote,
        )
        for order, metric in enumerate(contents.metrics)
    )
    IndexScore.objects.bulk_create(
        IndexScore(
            submission=submission,
            order=order,
            service=services.get(names.key(index.service)),
            name=index.name,
            covers=index.covers,
            value=index.value,
            scale_maximum=index.scale_maximum,
            threshold=index.threshold,
            threshold_label=index.threshold_label,
            footnote=index.footnote,
        )
        for order, index in enumerate(contents.indexes)
    )
    _save_findings(submission, problems)


def _context(hisp: Hisp, made_for: Stamp) -> rules.Context:
    services = hisp.services.filter(last_day__isnull=True).values_list("name", flat=True)
    return rules.Context(services=tuple(services), previous=previous_contents(hisp.pk, made_for.quarter))


def _not_this_workbook(made_for: Stamp, hisp: Hisp | None, quarter: Quarter | None) -> Problem | None:
    if not made_for.is_genuine(settings.SECRET_KEY):
        return stamp.edited()
    if hisp is None or hisp.slug != made_for.hisp:
        return stamp.other_hisp(made_for.hisp, hisp.name if hisp else "a HISP in the registry")
    if quarter is not None and quarter.fiscal != made_for.quarter:
        return stamp.other_quarter(made_for.quarter, quarter.fiscal)
    return None


def _not_following_from(earlier: Iterable[Problem], findings: list[Problem]) -> list[Problem]:
    """Findings about cells that could not be read are left out: they follow from the reading problem."""
    unread = {cell for problem in earlier if problem.blocks for cell in _cells(problem)}
    return [finding for finding in findings if unread.isdisjoint(_cells(finding))]


def _sheet_order(problem: Problem) -> tuple[int, int, int, str]:
    """As the workbook is read: the whole file first, then sheet by sheet, row by row, column by column."""
    if problem.cell is None:
        return (-1, 0, 0, "")
    sheet = _SHEETS.index(problem.cell.sheet) if problem.cell.sheet in _SHEETS else len(_SHEETS)
    return (sheet, problem.cell.row, len(problem.cell.column), problem.cell.column)


def _cells(problem: Problem) -> set[Cell]:
    return {*([problem.cell] if problem.cell else []), *problem.related}


def _lock_expectation(hisp: Hisp, quarter: Quarter) -> None:
    """Serializes uploads of one HISP and quarter, so that two at once cannot both make a draft."""
    expected = Expectation.objects.select_for_update().filter(hisp=hisp, quarter=quarter).first()
    if expected is None:
        raise Refused(f"{hisp} is not expected to report for {quarter}. Ask OMB if you think it should be.")


def _refuse_when_not_taking(hisp: Hisp, quarter: Quarter) -> None:
    if not quarter.is_open:
        raise Refused(f"{quarter} is closed and takes no more figures. Ask OMB to reopen it.")
    with_omb = hisp.submissions.filter(
        quarter=quarter, state__in=[Submission.State.SUBMITTED, Submission.State.APPROVED]
    ).first()
    if with_omb is not None:
        raise Refused(
            f"Your figures for {quarter} are already with OMB ({with_omb.get_state_display().lower()}). "
            "To send others, recall the submission first, or ask OMB to return it."
        )


def _same_bytes_before(sha256: str, hisp: Hisp, quarter: Quarter) -> Upload | None:
    """The last upload when it is this very file and something still stands on it (not: it was returned)."""
    latest = Upload.objects.filter(hisp=hisp, quarter=quarter).first()
    if latest is None or latest.sha256 != sha256:
        return None
    if latest.outcome == Upload.Outcome.REFUSED:
        return latest
    return latest if latest.submissions.open().exists() else None


def _draft(upload: Upload, contents: Contents, problems: Sequence[Problem]) -> Submission:
    draft = Submission.objects.filter(hisp=upload.hisp, quarter=upload.quarter, state=Submission.State.DRAFT).first()
    is_new = draft is None
    if draft is None:
        assert upload.hisp is not None
        revisions = upload.hisp.submissions.filter(quarter=upload.quarter).count()
        draft = Submission(hisp=upload.hisp, quarter=upload.quarter, revision=revisions + 1)
    draft.upload, draft.uploaded_by = upload, upload.by
    draft.lock_version += 1
    draft.save()
    save(draft, contents, problems)
    Event.objects.create(
        quarter=draft.quarter,
        hisp=draft.hisp,
        submission=draft,
        transition="upload" if is_new else "replace",
        from_state="" if is_new else draft.state,
        to_state=draft.state,
        by=upload.by,
        note=f"{upload.name} (SHA-256 {upload.sha256})",
    )
    return draft


def _save_cover(submission: Submission, contents: Contents) -> None:
    for field in ("contact_name", "contact_email", "reflection", "comment"):
        setattr(submission, field, getattr(contents, field))
    submission.save(update_fields=["contact_name", "contact_email", "reflection", "comment"])


def _save_surveys(submission: Submission, surveys: Sequence[Survey], services: dict[str, Service]) -> None:
    touchpoints = _touchpoints(surveys, services)
    reports = TouchpointReport.objects.bulk_create(
        TouchpointReport(
            submission=submission,
            order=order,
            service=services[names.key(survey.service)],
            touchpoint=touchpoint,
            channel=survey.channel,
            service_provided=survey.service_provided,
            transaction_point=survey.transaction_point,
            customers=survey.customers,
            offered=survey.offered,
            respondents=survey.respondents,
            volume_notes=dict(survey.volume_notes),
            control_number=survey.control_number,
            control_number_typed=survey.control_number_typed,
            collection_url=survey.collection_url,
            scale=survey.scale,
            conversion=survey.conversion,
            publishable=survey.publishable,
            publishable_reason=survey.publishable_reason,
            metrics_text=survey.metrics_text,
            omb_rating=survey.omb_rating,
            unanswered=[
                {
                    "domain": question.domain,
                    "no_data": question.no_data,
                    "wording": question.wording,
                    "notes": question.notes,
                }
                for question in survey.questions
                if question.tally is None
            ],
            source=_source(survey.places),
        )
        for order, (survey, touchpoint) in enumerate(zip(surveys, touchpoints, strict=True))
    )
    DomainResult.objects.bulk_create(
        DomainResult(
            report=report,
            domain=question.domain,
            wording=question.wording,
            **dict(zip(("n1", "n2", "n3", "n4", "n5"), question.tally.counts, strict=True)),
            notes=question.notes,
            published_score=question.published_score,
            source=_source(question.places),
        )
        for report, survey in zip(reports, surveys, strict=True)
        for question in survey.questions
        if question.tally is not None
    )


def _touchpoints(surveys: Sequence[Survey], services: dict[str, Service]) -> list[Touchpoint]:
    """The registry's touchpoint of each survey, made when new. Surveys that share a name are told apart by the
    transaction point."""
    found: list[Touchpoint] = []
    taken: set[tuple[int, str]] = set()
    for survey in surveys:
        service = services[names.key(survey.service)]
        name = (survey.service_provided or survey.transaction_point or service.name).strip()[:500]
        touchpoint = _touchpoint(service, name)
        if (touchpoint.pk, survey.channel) in taken:
            touchpoint = _touchpoint(service, f"{name} ({survey.transaction_point})"[:500])
        taken.add((touchpoint.pk, survey.channel))
        found.append(touchpoint)
    return found


def _touchpoint(service: Service, name: str) -> Touchpoint:
    existing = service.touchpoints.filter(key=names.key(name)).first()
    return existing or Touchpoint.objects.create(service=service, name=name)


def _source(places: Any) -> str:
    """The first cell of a row, such as `Responses!H14`."""
    return str(min(places.values())) if places else ""


def _save_findings(submission: Submission, problems: Sequence[Problem]) -> None:
    """Explanations already given for the same finding are kept."""
    given = {
        (finding.rule, finding.sheet, finding.cell, finding.found): finding.explanation
        for finding in submission.findings.exclude(explanation="")
    }
    submission.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            submission=submission,
            explanation=given.get((problem.rule, row["sheet"], row["cell"], problem.found), ""),
            **{
                field: row[field]
                for field in ("rule", "severity", "sheet", "cell", "label", "found", "expected", "fix")
            },
            related=row["related"],
        )
        for problem, row in ((problem, problem.as_dict()) for problem in problems)
    )


def needing_explanation(submission: Submission) -> Any:
    """The findings that the reporter must explain before she can submit."""
    return submission.findings.filter(severity=EXPLAIN)


def repeat_sentence(upload: Upload) -> str:
    """What a person reads who sends the same bytes again."""
    at = timezone.localtime(upload.at)
    return f"You sent this very file on {at:%B %-d, %Y} at {at:%-I:%M %p} Eastern; nothing changed."
