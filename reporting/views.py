"""Pages for reporters: what is expected of them, the workbook out and in, the preview, and what became of it.

Another HISP's address answers 404, so that nobody learns what exists; OMB staff, who work in the admin, get 403.
"""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hisps.models import Hisp
from reporting import intake, prefill, problem_page, review
from reporting.figures import contents_of, loaded
from reporting.fiscal import FiscalQuarter
from reporting.forms import CommentForm, SubmitForm, UploadForm
from reporting.indicator import indicator
from reporting.models import Comment, Event, Expectation, Quarter, Submission, Upload
from reporting.preview import preview
from reporting.workbook import reader
from reporting.workbook.annotate import annotate
from reporting.workbook.cells import EXPLAIN, NOTE
from reporting.workbook.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OMB_READS = "reporting.view_upload"  # reviewers and administrators have it


@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Everybody to where their work is."""
    if Hisp.objects.reported_by(request.user).exists():
        return redirect("reporting:home")
    return redirect("admin:index" if request.user.is_staff else "dashboards:home")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is expected of this reporter, by when, and how far it is."""
    hisps = Hisp.objects.reported_by(request.user)
    if not hisps.exists() and request.user.is_staff:
        raise PermissionDenied("Reporters work here. Your work is in the review desk.")
    expected = (
        Expectation.objects.filter(hisp__in=hisps, quarter__in=Quarter.objects.open())
        .select_related("hisp", "quarter")
        .order_by("quarter__fiscal_year", "quarter__number", "hisp__name")
    )
    submissions = Submission.objects.filter(hisp__in=hisps).select_related("hisp", "quarter")
    latest = {(s.hisp_id, s.quarter_id): s for s in reversed(submissions.order_by("-revision"))}
    rows = [(each, latest.get((each.hisp_id, each.quarter_id))) for each in expected]
    shown = {submission.pk for _, submission in rows if submission}
    earlier = [s for s in submissions.exclude(state=Submission.State.SUPERSEDED) if s.pk not in shown][:24]
    return render(request, "reporting/home.html", {"rows": rows, "earlier": earlier, "hisps": hisps})


@require_safe
def quarter_page(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    """One HISP's quarter: the three steps, the state, what OMB said, and every upload."""
    return _quarter_page(request, *_own(request, hisp, quarter), form=UploadForm())


@require_GET
def template(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    """The prefilled workbook. OMB staff may have it too."""
    if request.user.has_perm(OMB_READS):
        owner, stored = _stored(get_object_or_404(Hisp, slug=hisp), quarter)
    else:
        owner, stored = _own(request, hisp, quarter)
    response = HttpResponse(prefill.workbook_for(owner, stored), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{prefill.file_name(owner, stored)}"'
    return response


@require_http_methods(["POST"])
def upload(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    """Checks a workbook: to the preview when nothing blocks, else every problem on one page."""
    owner, stored = _own(request, hisp, quarter)
    form = UploadForm(request.POST, request.FILES)
    refusal, status = _unusable(request, form)
    if refusal:
        form.errors.clear()
        form.add_error("workbook", refusal)
        return _quarter_page(request, owner, stored, form=form, status=status)
    file = form.cleaned_data["workbook"]
    try:
        receipt = intake.receive(file.read(), file.name, hisp=owner, quarter=stored, by=request.user)
    except review.Refused as refused:
        form.add_error("workbook", str(refused))
        return _quarter_page(request, owner, stored, form=form, status=409)
    except reader.Unavailable:
        form.add_error("workbook", "Workbooks cannot be checked right now. Nothing was saved: try again in a minute.")
        return _quarter_page(request, owner, stored, form=form, status=503)
    if receipt.is_repeat:
        messages.info(request, intake.repeat_sentence(receipt.upload))
    if receipt.was_returned:
        messages.warning(request, "This is the very file that OMB returned. Did you save your changes?")
    if receipt.submission is None:
        return _problems_page(request, receipt.upload, form=UploadForm(), status=422)
    return redirect("reporting:submission", receipt.submission.pk)


@require_safe
def upload_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem of an upload, again."""
    found = get_object_or_404(_own_uploads(request), pk=pk)
    return _problems_page(request, found, form=UploadForm())


@require_GET
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded. OMB staff may have it too."""
    found = _readable_upload(request, pk)
    content = _content_of(found)
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


@require_GET
def annotated(request: HttpRequest, pk: int) -> FileResponse:
    """The same file with every problem marked in its cell. OMB staff may have it too."""
    found = _readable_upload(request, pk)
    if not found.can_be_annotated:
        raise Http404("This file could not be read, so nothing could be marked in it.")
    with _content_of(found) as content:
        try:
            marked = annotate(content.read(), found.problems)
        except Refused as refused:
            raise Http404(f"Nothing could be marked in this file. {refused.problem.found}") from refused
    name = f"{PurePath(found.name).stem or 'workbook'} - checked.xlsx"
    return FileResponse(BytesIO(marked), as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def submission_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what will be, or was, submitted."""
    found = _own_submission(request, pk)
    return _submission_page(request, found, form=_submit_form(found))


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_submission(request, pk)
    if found.state != Submission.State.DRAFT:
        return _already(request, found)
    form = _submit_form(found, request.POST)
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
    except review.Refused as refused:
        found.refresh_from_db()
        if found.state != Submission.State.DRAFT:
            return _already(request, found)
        form.add_error(None, str(refused))
        return _submission_page(request, found, form=form, status=409)
    messages.success(request, f"Submitted. OMB has your figures for {found.quarter}.")
    return redirect("reporting:submission", found.pk)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_submission(request, pk)
    try:
        review.recall(found, by=request.user)
    except review.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Recalled. You can upload another workbook or submit this one again.")
    return redirect("reporting:submission", found.pk)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_submission(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write a comment first.")
    else:
        Comment.objects.create(submission=found, text=form.cleaned_data["text"], by_id=request.user.pk or 0)
        messages.success(request, "Your comment was added. OMB sees it with the submission.")
    return redirect("reporting:submission", found.pk)


# Who may see what


def _own(request: HttpRequest, slug: str, quarter: FiscalQuarter) -> tuple[Hisp, Quarter]:
    _refuse_staff(request)
    return _stored(get_object_or_404(Hisp.objects.reported_by(request.user), slug=slug), quarter)


def _stored(hisp: Hisp, quarter: FiscalQuarter) -> tuple[Hisp, Quarter]:
    expected = Expectation.objects.select_related("quarter").filter(
        hisp=hisp, quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number
    )
    found = expected.first()
    if found is None:
        raise Http404(f"{hisp} is not expected to report for {quarter}.")
    return hisp, found.quarter


def _own_uploads(request: HttpRequest) -> QuerySet[Upload]:
    _refuse_staff(request)
    hisps = Hisp.objects.reported_by(request.user)
    return Upload.objects.filter(hisp__in=hisps).select_related("hisp", "quarter")


def _readable_upload(request: HttpRequest, pk: int) -> Upload:
    uploads = Upload.objects.all() if request.user.has_perm(OMB_READS) else _own_uploads(request)
    return get_object_or_404(uploads, pk=pk)


def _content_of(upload: Upload) -> File:
    try:
        return upload.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file is no longer in storage; its SHA-256 is kept with the upload.") from error


def _own_submission(request: HttpRequest, pk: int) -> Submission:
    _refuse_staff(request)
    hisps = Hisp.objects.reported_by(request.user)
    return get_object_or_404(loaded(Submission.objects.filter(hisp__in=hisps)), pk=pk)


def _refuse_staff(request: HttpRequest) -> None:
    if request.user.is_staff and not Hisp.objects.reported_by(request.user).exists():
        raise PermissionDenied("Reporters work here. Your work is in the review desk.")


# Pages


def _already(request: HttpRequest, submission: Submission) -> HttpResponse:
    """After a double click or the back button: says what is, changes nothing."""
    messages.info(request, f"This submission is already {submission.get_state_display().lower()}. Nothing changed.")
    return redirect("reporting:submission", submission.pk)


def _unusable(request: HttpRequest, form: UploadForm) -> tuple[str, int]:
    """Why the request holds no file to check, with the HTTP status; an empty sentence when it does."""
    if getattr(request, "upload_too_large", False):
        return "This file is larger than 5 MB. A filled workbook is far smaller: remove pictures and try again.", 413
    if len(request.FILES.getlist("workbook")) > 1 or len(request.FILES) > 1:
        return "Choose one file only.", 400
    if not form.is_valid():
        return str(form.errors["workbook"][0]), 400
    return "", 200


def _quarter_page(
    request: HttpRequest, hisp: Hisp, quarter: Quarter, *, form: UploadForm, status: int = 200
) -> HttpResponse:
    submissions = list(hisp.submissions.filter(quarter=quarter).select_related("upload").order_by("-revision"))
    context = {
        "hisp": hisp,
        "quarter": quarter,
        "expectation": Expectation.objects.select_related("quarter").get(hisp=hisp, quarter=quarter),
        "current": submissions[0] if submissions else None,
        "return_event": _return_event(submissions[0]) if submissions else None,
        "uploads": list(hisp.uploads.filter(quarter=quarter).select_related("by")),
        "events": hisp.events.filter(quarter=quarter).select_related("by"),
        "form": form,
    }
    return render(request, "reporting/quarter.html", context, status=status)


def _return_event(submission: Submission) -> Event | None:
    """Why and when OMB returned it; None unless it is returned now."""
    if submission.state != Submission.State.RETURNED:
        return None
    return submission.events.filter(transition="return").select_related("by").last()


def _problems_page(request: HttpRequest, upload: Upload, *, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "reporting/problems.html", problem_page.context(upload) | {"form": form}, status=status)


def _submit_form(submission: Submission, data: Any = None) -> SubmitForm:
    findings = list(submission.findings.filter(severity=EXPLAIN))
    return SubmitForm(data, submission=submission, findings=findings)


def _submission_page(
    request: HttpRequest, submission: Submission, *, form: SubmitForm, status: int = 200
) -> HttpResponse:
    contents = contents_of(submission)
    context = {
        "submission": submission,
        "preview": preview(contents),
        "indicator": indicator(contents),
        "notes": submission.findings.filter(severity=NOTE),
        "form": form,
        "comments": submission.comments.select_related("by"),
        "comment_form": CommentForm(),
        "events": submission.events.select_related("by"),
        "return_event": _return_event(submission),
        "is_over": submission.quarter.fiscal.last_day < timezone.localdate(),
        "can_recall": not review.why_not(submission, review.RECALL, request.user)
        and submission.review_begun_at is None,
    }
    return render(request, "reporting/submission.html", context, status=status)
