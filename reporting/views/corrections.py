"""Values corrected in the browser instead of in the workbook."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from reporting import corrections, limits, problem_page, transitions
from reporting.forms import UploadForm
from reporting.intake import Receipt
from reporting.models import Upload
from reporting.views.access import own_uploads, retry_after
from reporting.workbook import reader
from reporting.workbook.boxes import boxes_of
from reporting.workbook.correct import NotCorrected

_LATER = "Workbooks cannot be checked right now. Nothing was saved: try again in a minute."


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Checks the workbook again with the values from the page. Whatever is refused, what she typed stays there."""
    upload = get_object_or_404(own_uploads(request), pk=pk)
    sheets = corrections.sheets(upload, request.POST)
    if corrections.USE in request.POST:
        late = corrections.why_not(upload)
        return _page(request, upload, sheets, refusal=late, status=409 if late else 200, pressed=True)
    again_at = limits.take(limits.uploads(), str(request.user.pk))
    if again_at:
        refusal = (
            f"You sent as many workbooks and corrections as one hour takes. Try again {limits.in_words(again_at)}."
        )
        return retry_after(_page(request, upload, sheets, refusal=refusal, status=429), again_at)
    try:
        receipt = corrections.correct(upload, list(boxes_of(sheets)), by=request.user)
    except NotCorrected as refused:
        return _page(request, upload, sheets, refusal=str(refused), status=422)
    except transitions.Refused as refused:
        return _page(request, upload, sheets, refusal=str(refused), status=409)
    except reader.Unavailable:
        return _page(request, upload, sheets, refusal=_LATER, status=503)
    return _result(request, receipt)


def _result(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if receipt.is_repeat:
        messages.info(request, "These corrections were made already; nothing changed.")
    if receipt.submission is None:
        context = problem_page.context(receipt.upload) | {"form": UploadForm()}
        return render(request, "reporting/problems.html", context, status=422)
    if not receipt.is_repeat:
        messages.success(request, _said(receipt.upload))
    return redirect("reporting:submission", receipt.submission.pk)


def _said(upload: Upload) -> str:
    count = len(upload.corrections)
    words = "1 value was corrected." if count == 1 else f"{count} values were corrected."
    said = {"words": words, "url": reverse("reporting:original", args=[upload.pk])}
    return render_to_string("_said.html", {**said, "link": "Download the corrected workbook (Excel)"})


def _page(
    request: HttpRequest, upload: Upload, sheets: Any, *, refusal: str, status: int, pressed: bool = False
) -> HttpResponse:
    context = problem_page.context(upload, sheets=sheets, refusal=refusal)
    context |= {"form": UploadForm(), "is_late": status == 409}
    if pressed and not refusal:
        context["pressed"] = request.POST[corrections.USE].partition("=")[0]
    return render(request, "reporting/problems.html", context, status=status)
