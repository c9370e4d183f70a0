"""What changed since the last upload."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reporting.comparison import compare, just_before, of_the_same_place
from reporting.models import Upload
from reporting.views.access import own_uploads
from reporting.workbook import reader

_TO_CHOOSE_FROM = 50  # uploads to compare with, the last ones


@require_safe
def changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the upload just before, or `?since=` another one of the same HISP and quarter."""
    found = get_object_or_404(own_uploads(request).filter(kind=Upload.Kind.WORKBOOK), pk=pk)
    others = of_the_same_place(found).select_related("by")
    before = _chosen(request, others) if "since" in request.GET else just_before(found)
    comparison, status = None, 200
    try:
        comparison = compare(before, found) if before is not None else None
    except reader.Unavailable:
        status = 503
    context = {
        "upload": found,
        "hisp": found.hisp,
        "quarter": found.quarter,
        "before": before,
        "comparison": comparison,
        "others": others[:_TO_CHOOSE_FROM],
    }
    return render(request, "reporting/changes.html", context, status=status)


def _chosen(request: HttpRequest, others: QuerySet[Upload]) -> Upload:
    since = request.GET["since"]
    if not (since.isascii() and since.isdigit() and len(since) < 19):
        raise Http404("There is no such upload.")
    return get_object_or_404(others, pk=int(since))
