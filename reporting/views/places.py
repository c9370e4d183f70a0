"""What is expected of a reporter: all of it, and one quarter of one HISP."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hisps.models import Hisp
from reporting import asked_corrections
from reporting.fiscal import FiscalQuarter
from reporting.forms import UploadForm
from reporting.models import Event, Expectation, Quarter, Submission, Upload
from reporting.views.access import own


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
    place = {"hisp": OuterRef("hisp"), "quarter": OuterRef("quarter")}
    asked = asked_corrections.standing().filter(**place)
    returned = asked_corrections.returned().filter(**place)
    expected = (
        Expectation.objects.annotate(is_asked=Exists(asked))
        .filter(Q(quarter__in=Quarter.objects.open()) | Q(is_asked=True) | Exists(returned), hisp__in=hisps)
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
    return quarter_response(request, *own(request, hisp, quarter), form=UploadForm())


def quarter_response(
    request: HttpRequest, hisp: Hisp, quarter: Quarter, *, form: UploadForm, status: int = 200
) -> HttpResponse:
    asked = asked_corrections.of(hisp, quarter)
    submissions = list(hisp.submissions.filter(quarter=quarter).select_related("upload").order_by("-revision"))
    uploads = list(hisp.uploads.filter(quarter=quarter).select_related("by"))
    context = {
        "hisp": hisp,
        "quarter": quarter,
        "expectation": Expectation.objects.select_related("quarter").get(hisp=hisp, quarter=quarter),
        "current": submissions[0] if submissions else None,
        "return_event": return_event(submissions[0]) if submissions else None,
        "asked": asked,
        "takes_figures": asked_corrections.takes_figures(hisp, quarter),
        "uploads": uploads,
        "refused": _refused_since(uploads, submissions),
        "events": hisp.events.filter(quarter=quarter).select_related("by"),
        "form": form,
    }
    return render(request, "reporting/quarter.html", context, status=status)


def _refused_since(uploads: list[Upload], submissions: list[Submission]) -> Upload | None:
    """The newest file, when it was refused and the draft still holds the figures of an older one."""
    if not uploads or not submissions or submissions[0].state != Submission.State.DRAFT:
        return None
    return uploads[0] if uploads[0].outcome == Upload.Outcome.REFUSED else None


def return_event(submission: Submission) -> Event | None:
    """Why and when OMB returned it; None unless it is returned now."""
    if submission.state != Submission.State.RETURNED:
        return None
    return submission.events.filter(transition="return").select_related("by").last()
