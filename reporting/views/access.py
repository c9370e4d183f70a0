"""Who may see what: another HISP’s address answers 404, so that nobody learns what exists; OMB staff, who work in the
admin, get 403.
"""

from datetime import datetime
from math import ceil

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hisps.models import Hisp
from reporting.figures import loaded
from reporting.fiscal import FiscalQuarter
from reporting.models import Expectation, Quarter, Submission, Upload

OMB_READS = "reporting.view_upload"  # reviewers and administrators have it


def own(request: HttpRequest, slug: str, quarter: FiscalQuarter) -> tuple[Hisp, Quarter]:
    return stored_place(own_hisp(request, slug), quarter)


def own_hisp(request: HttpRequest, slug: str) -> Hisp:
    refuse_staff(request)
    return get_object_or_404(Hisp.objects.reported_by(request.user), slug=slug)


def stored_place(hisp: Hisp, quarter: FiscalQuarter) -> tuple[Hisp, Quarter]:
    expected = Expectation.objects.select_related("quarter").filter(
        hisp=hisp, quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number
    )
    found = expected.first()
    if found is None:
        raise Http404(f"{hisp} is not expected to report for {quarter}.")
    return hisp, found.quarter


def own_uploads(request: HttpRequest) -> QuerySet[Upload]:
    refuse_staff(request)
    hisps = Hisp.objects.reported_by(request.user)
    return Upload.objects.filter(hisp__in=hisps).select_related("hisp", "quarter")


def readable_upload(request: HttpRequest, pk: int) -> Upload:
    uploads = Upload.objects.all() if request.user.has_perm(OMB_READS) else own_uploads(request)
    return get_object_or_404(uploads, pk=pk)


def own_submission(request: HttpRequest, pk: int) -> Submission:
    refuse_staff(request)
    hisps = Hisp.objects.reported_by(request.user)
    found: Submission = get_object_or_404(loaded(Submission.objects.filter(hisp__in=hisps)), pk=pk)
    return found


def refuse_staff(request: HttpRequest) -> None:
    if request.user.is_staff and not Hisp.objects.reported_by(request.user).exists():
        raise PermissionDenied("Reporters work here. Your work is in the review desk.")


def retry_after(response: HttpResponse, moment: datetime) -> HttpResponse:
    """For programs, the moment that the page names for people."""
    response["Retry-After"] = str(max(1, ceil((moment - timezone.now()).total_seconds())))
    return response
