"""The queue of submissions, and its steps for several at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from import_export.admin import ExportMixin

from hisps.admin.exchange import FileForm
from hisps.resources import FORMATS
from reporting import open_comments, review_page, seen, transitions
from reporting.admin.submissions import several
from reporting.admin.submissions.decide import SubmissionPage
from reporting.figures import contents_of, loaded
from reporting.filters import (
    CommentsFilter,
    CorrectionFilter,
    DueFilter,
    QuartersFilter,
    RevisionFilter,
    SubmittedFilter,
)
from reporting.fiscal import days_late
from reporting.models import Event, Submission
from reporting.resources import SubmissionResource
from reporting.workbook.cells import EXPLAIN, NOTE

State = Submission.State
WAITING = {"state__exact": State.SUBMITTED.value}  # what an address asks for the pile of the reviewer
_DESK_ORDER = (State.SUBMITTED, State.APPROVED, State.RETURNED, State.DRAFT)


def _last_event() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


class SeenForm(ActionForm):
    """`seen`: the last event when the list was shown, so that nobody decides on what changed since."""

    seen = forms.CharField(label="", required=False, initial=_last_event, widget=forms.HiddenInput)


@admin.register(Submission)
class SubmissionAdmin(ExportMixin, SubmissionPage):
    resource_classes = [SubmissionResource]
    export_formats = FORMATS
    export_form_class = FileForm
    list_display = [
        "hisp",
        "quarter",
        "revision_number",
        "state_words",
        "completeness",
        "late",
        "findings",
        "submitted",
    ]
    list_filter = [
        "state",
        QuartersFilter,
        SubmittedFilter,
        DueFilter,
        RevisionFilter,
        CommentsFilter,
        CorrectionFilter,
        "hisp__department",
    ]
    search_fields = ["hisp__name", "hisp__slug", "hisp__abbreviation", "hisp__other_names__name", "contact_name"]
    search_help_text = "Search by HISP or contact"
    nothing = "No submission has come in yet."
    list_per_page = 50
    empty_value_display = ""
    ordering = ["pk"]  # no column looks sorted: the queue has an order of its own
    actions = ["approve_selected", "publish_selected"]
    action_form = SeenForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        waiting = [When(state=state, then=place) for place, state in enumerate(_DESK_ORDER)]
        annotated = Submission.objects.annotate(
            desk_order=Case(*waiting, default=len(waiting), output_field=IntegerField()),
            waiting_since=Case(When(state__in=[State.SUBMITTED, State.APPROVED], then=F("submitted_at"))),
            explained_count=Count("findings", filter=Q(findings__severity=EXPLAIN), distinct=True),
            note_count=Count("findings", filter=Q(findings__severity=NOTE), distinct=True),
            open_comments=open_comments.count(),
        )
        ordered = review_page.with_dates(annotated).order_by(*self.get_ordering(request))
        return loaded(ordered).select_related("submitted_by", "reviewed_by")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What has waited longest comes first; what is decided comes by quarter, newest first."""
        return ["desk_order", "waiting_since", "-quarter__fiscal_year", "-quarter__number", "hisp__name"]

    # The columns of the queue

    @admin.display(description="rev.", ordering="revision")
    def revision_number(self, submission: Submission) -> int:
        return submission.revision

    @admin.display(description="state", ordering="state")
    def state_words(self, submission: Submission) -> str:
        words = {"state": submission.state, "label": submission.get_state_display()}
        return render_to_string("reporting/_state.html", words)

    @admin.display(description="completeness")
    def completeness(self, submission: Submission) -> str:
        shown = review_page.shown_indicator(submission, contents_of(submission))
        return render_to_string("_indicator.html", {"indicator": shown})

    @admin.display(description="late")
    def late(self, submission: Any) -> str:
        days = days_late(submission.first_submitted_at, submission.extended_to or submission.quarter.due_at)
        return f"{days} day{'' if days == 1 else 's'}" if days else ""

    @admin.display(description="findings and comments", ordering="explained_count")
    def findings(self, submission: Any) -> str:
        """How many the reporter had to explain, how many are for information, and what is still talked about."""
        counted = {
            "explained": submission.explained_count,
            "for information": submission.note_count,
            f"open comment{'' if submission.open_comments == 1 else 's'}": submission.open_comments,
        }
        return ", ".join(f"{number} {words}" for words, number in counted.items() if number)

    @admin.display(description="submitted", ordering="submitted_at")
    def submitted(self, submission: Submission) -> str:
        return f"{timezone.localdate(submission.submitted_at):%b %-d, %Y}" if submission.submitted_at else ""

    # Steps for several at once

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return transitions.may(request.user, transitions.APPROVE)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return transitions.may(request.user, transitions.PUBLISH)

    @admin.action(description="Approve selected", permissions=["approve"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Submission]) -> None:
        self._take_for_each(request, queryset, "approve")

    @admin.action(description="Publish selected", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Submission]) -> None:
        self._take_for_each(request, queryset, "publish")

    def _take_for_each(self, request: HttpRequest, queryset: QuerySet[Any], slug: str) -> None:
        """What became of each is told in one message."""
        step = review_page.STEPS[slug]
        chosen = list(queryset)  # before the log is asked: what moves on after this has another lock version
        last_seen = seen.read(request.POST.get("seen", ""))
        outcomes = several.take(step, chosen, by=request.user, last_seen=last_seen)
        done = sum(each.is_done for each in outcomes)
        words = {"groups": several.in_groups(outcomes), "all": len(outcomes), "done": done, "step": step.done.lower()}
        level = messages.SUCCESS if done == len(outcomes) else messages.WARNING if done else messages.ERROR
        self.message_user(request, render_to_string("admin/reporting/submission/_outcomes.html", words), level)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        action = request.POST.get("action", "")
        if action and action not in self.get_actions(request):
            raise PermissionDenied("Your role does not include this step.")
        waiting = "No submission waits for review." if request.GET.dict() == WAITING else ""
        return super().changelist_view(request, {"nothing_fits": waiting, **(extra_context or {})})
