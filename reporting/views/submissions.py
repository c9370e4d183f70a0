"""The preview of a submission, the acts upon it, and what became of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting import anchors, comment_forms, comments, review, transitions
from reporting.comparison import just_before
from reporting.figures import contents_of
from reporting.forms import SubmitForm
from reporting.indicator import indicator
from reporting.models import Submission, Upload
from reporting.preview import preview
from reporting.templatetags.reporting_words import act
from reporting.views.access import own_submission
from reporting.views.places import return_event
from reporting.workbook.cells import EXPLAIN, NOTE


@require_safe
def submission_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what will be, or was, submitted."""
    found = own_submission(request, pk)
    about = comment_forms.about(request.GET.get("cell", ""))
    return _submission_page(request, found, form=_submit_form(found), comment_form=about)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_submission(request, pk)
    if found.state != Submission.State.DRAFT:
        return _already(request, found)
    form = _submit_form(found, request.POST)
    form.full_clean()
    if form.cleaned_data.get("lock_version", found.lock_version) != found.lock_version:
        return _refused(request, found, _stale(request, found, form.cleaned_data["lock_version"]))
    if not form.is_valid():
        return _submission_page(request, found, form=form, status=422)
    try:
        review.submit(
            found,
            by=request.user,
            lock_version=form.cleaned_data["lock_version"],
            explanations=form.explanations(),
            revision_note=form.cleaned_data.get("revision_note", ""),
        )
    except transitions.Refused as refused:
        found.refresh_from_db()
        if found.state != Submission.State.DRAFT:
            return _already(request, found)
        return _refused(request, found, str(refused))
    messages.success(request, f"Submitted. OMB has your figures for {found.quarter}.")
    return redirect("reporting:submission", found.pk)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_submission(request, pk)
    try:
        review.recall(found, by=request.user)
    except transitions.Refused as refused:
        messages.error(request, str(refused))
        found.refresh_from_db()
        return _submission_page(request, found, form=_submit_form(found), status=409)
    messages.success(request, "Recalled. You can upload another workbook or submit this one again.")
    return redirect("reporting:submission", found.pk)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_submission(request, pk)
    form = comment_forms.CellCommentForm(request.POST, on=found)
    if not form.is_valid():
        return _submission_page(request, found, form=_submit_form(found), comment_form=form, status=422)
    comments.say(found, by=request.user, **form.cleaned_data)
    messages.success(request, "Your comment was added. OMB sees it with the submission.")
    return redirect("reporting:submission", found.pk)


def _refused(request: HttpRequest, submission: Submission, sentence: str) -> HttpResponse:
    """The page as it is now, with what she typed; its form carries the version that she sees now."""
    data = request.POST.copy()
    data["lock_version"] = str(submission.lock_version)
    form = _submit_form(submission, data)
    form.add_error(None, sentence)
    return _submission_page(request, submission, form=form, status=409)


def _stale(request: HttpRequest, submission: Submission, seen: int) -> str:
    last = submission.events.last()
    if last is None or last.by != request.user or seen > submission.lock_version:
        return transitions.stale(transitions.SUBMIT)
    return (
        f"You changed this submission after you opened that page ({act(last.transition).lower()}), so nothing was "
        "submitted. Look at it as it is now, then submit it."
    )


def _already(request: HttpRequest, submission: Submission) -> HttpResponse:
    """After a double click or the back button: says what is, changes nothing."""
    messages.info(request, f"This submission is already {submission.get_state_display().lower()}. Nothing changed.")
    return _submission_page(request, submission, form=_submit_form(submission), status=409)


def _submit_form(submission: Submission, data: Any = None) -> SubmitForm:
    findings = list(submission.findings.filter(severity=EXPLAIN))
    return SubmitForm(data, submission=submission, findings=findings)


def _last_public(submission: Submission) -> datetime | None:
    """When figures of this HISP's quarter last became public, in whichever revision."""
    revisions = Submission.objects.filter(hisp=submission.hisp_id, quarter=submission.quarter_id)
    last: datetime | None = revisions.aggregate(last=Max("published_at"))["last"]
    return last


def _submission_page(
    request: HttpRequest, submission: Submission, *, form: SubmitForm, comment_form: Any = None, status: int = 200
) -> HttpResponse:
    contents, findings = contents_of(submission), list(submission.findings.all())
    figures, threads = preview(contents), comments.of(submission)
    surveys = anchors.surveys(submission, figures.surveys, threads)
    context = {
        "submission": submission,
        "preview": figures,
        "surveys": surveys,
        "indicator": indicator(contents),
        "notes": [finding for finding in findings if finding.severity == NOTE],
        "explained": [finding for finding in findings if finding.severity == EXPLAIN],
        "form": form,
        "threads": threads,
        "asked": threads.asked_since(_last_public(submission)),
        "elsewhere": anchors.elsewhere(surveys, threads),
        "comment_form": comment_form or comment_forms.CellCommentForm(),
        "events": submission.events.select_related("by"),
        "return_event": return_event(submission),
        "earlier_upload": just_before(submission.upload),
        "former_upload": _of_the_revision_before(submission),
        "is_over": submission.quarter.fiscal.last_day < timezone.localdate(),
        "why_not_recalled": review.why_not_recalled(submission, request.user),
    }
    return render(request, "reporting/submission.html", context, status=status)


def _of_the_revision_before(submission: Submission) -> Upload | None:
    revisions = Submission.objects.filter(hisp=submission.hisp_id, quarter=submission.quarter_id)
    former = revisions.filter(revision=submission.revision - 1).select_related("upload").first()
    return former.upload if former is not None and former.upload.kind == Upload.Kind.WORKBOOK else None
