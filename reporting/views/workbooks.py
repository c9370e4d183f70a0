"""The workbook out and in, and what the checks found in it."""

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hisps.models import Hisp
from reporting import files, intake, limits, prefill, problem_page, transitions
from reporting.fiscal import FiscalQuarter
from reporting.forms import UploadForm
from reporting.models import Upload
from reporting.views.access import OMB_READS, own, own_uploads, readable_upload, retry_after, stored_place
from reporting.views.places import quarter_response
from reporting.workbook import reader


@require_safe
def template(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    """The prefilled workbook. OMB staff may have it too."""
    if request.user.has_perm(OMB_READS):
        owner, stored = stored_place(get_object_or_404(Hisp, slug=hisp), quarter)
    else:
        owner, stored = own(request, hisp, quarter)
    response = HttpResponse(prefill.workbook_for(owner, stored), content_type=files.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{prefill.file_name(owner, stored)}"'
    return response


@require_http_methods(["POST"])
def upload(request: HttpRequest, hisp: str, quarter: FiscalQuarter) -> HttpResponse:
    """Checks a workbook: to the preview when nothing blocks, else every problem on one page."""
    owner, stored = own(request, hisp, quarter)
    form = UploadForm(request.POST, request.FILES)
    again_at = limits.take(limits.uploads(), str(request.user.pk))
    if again_at:
        form.errors.clear()
        form.add_error("workbook", _too_many(again_at))
        response = quarter_response(request, owner, stored, form=form, status=429)
        return retry_after(response, again_at)
    refusal, status = _unusable(request, form)
    if refusal:
        intake.turn_away(refusal, hisp=owner, quarter=stored, by=request.user)
        form.errors.clear()
        form.add_error("workbook", refusal)
        return quarter_response(request, owner, stored, form=form, status=status)
    file = form.cleaned_data["workbook"]
    try:
        receipt = intake.receive(file.read(), file.name, hisp=owner, quarter=stored, by=request.user)
    except transitions.Refused as refused:
        form.add_error("workbook", str(refused))
        return quarter_response(request, owner, stored, form=form, status=409)
    except reader.Unavailable:
        form.add_error("workbook", "Workbooks cannot be checked right now. Nothing was saved: try again in a minute.")
        return quarter_response(request, owner, stored, form=form, status=503)
    if receipt.is_repeat:
        messages.info(request, intake.repeat_sentence(receipt.upload))
    if receipt.was_returned:
        messages.warning(request, "This is the very file that OMB returned. Did you save your changes?")
    elif receipt.sent_before is not None:
        messages.warning(request, intake.older_sentence(receipt))
    if receipt.submission is None:
        return problems_response(request, receipt.upload, form=UploadForm(), status=422)
    return redirect("reporting:submission", receipt.submission.pk)


@require_safe
def upload_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem of an upload, again."""
    found = get_object_or_404(own_uploads(request), pk=pk)
    return problems_response(request, found, form=UploadForm())


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded. OMB staff may have it too."""
    return files.original(readable_upload(request, pk))


@require_safe
def annotated(request: HttpRequest, pk: int) -> FileResponse:
    """The same file with every problem marked in its cell. The review desk has an address of its own for it."""
    return files.marked_copy(get_object_or_404(own_uploads(request), pk=pk))


def _unusable(request: HttpRequest, form: UploadForm) -> tuple[str, int]:
    """Why the request holds no file to check, with the HTTP status; an empty sentence when it does."""
    if getattr(request, "upload_too_large", False):
        return "This file is larger than 5 MB. A filled workbook is far smaller: remove pictures and try again.", 413
    if len(request.FILES.getlist("workbook")) > 1 or len(request.FILES) > 1:
        return "Choose one file only.", 400
    if not form.is_valid():
        return str(form.errors["workbook"][0]), 400
    return "", 200


def _too_many(again_at: datetime) -> str:
    most = limits.uploads().most
    return (
        f"You sent {most} workbooks within an hour, which is as many as one person may. This one was not looked at: "
        f"send it again {limits.in_words(again_at)}."
    )


def problems_response(request: HttpRequest, upload: Upload, *, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "reporting/problems.html", problem_page.context(upload) | {"form": form}, status=status)
