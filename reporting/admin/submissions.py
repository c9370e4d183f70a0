"""The queue of submissions, and the page on which one is decided."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from import_export.admin import ExportMixin

from hisps.admin.exchange import FileForm
from hisps.resources import FORMATS
from reporting import comment_forms, comments, open_comments, review_page, seen, transitions
from reporting.admin import several
from reporting.admin.pages import ReadOnly, page
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
class SubmissionAdmin(ExportMixin, ReadOnly):
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

    # One submission

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/comment/", wrap(self.comment_view), name="reporting_submission_comment"),
            path(
                "<int:pk>/comments/<int:comment>/settle/",
                wrap(self.settle_view),
                name="reporting_submission_settle",
            ),
            path("<int:pk>/steps/<slug:step>/", wrap(self.step_view), name="reporting_submission_step"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("Figures cannot be changed here. Return the submission to its reporter instead.")
        submission = self._found(request, object_id)
        return self._review_page(request, submission, comment_form=comment_forms.about(request.GET.get("cell", "")))

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Takes one step, or says on the page why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        taken = review_page.STEPS.get(step)
        if taken is None or not transitions.may(request.user, taken.transition):
            raise PermissionDenied("Your role does not include this step.")
        form = taken.ask(request.POST)
        if not form.is_valid():
            return self._review_page(request, submission, bound=(taken, form), status=422)
        try:
            with seen.nothing_unheard(submission, form.cleaned_data.get("seen")):
                taken.act(submission, by=request.user, lock_version=form.cleaned_data["lock_version"], **form.words())
        except transitions.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None
        except transitions.Refused as refused:
            fresh = self._found(request, pk)
            return self._review_page(request, fresh, bound=(taken, form), refused=str(refused), status=409)
        return self._go_on(request, taken, submission)

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        _refuse_without_comments(request)
        form = comment_forms.CellCommentForm(request.POST, on=submission)
        if not form.is_valid():
            return self._review_page(request, submission, comment_form=form, status=422)
        said = comments.say(submission, by=_signed_in(request), **form.cleaned_data)
        self._say_at(request, "Your comment was added. The reporter sees it too.", said.cell)
        return HttpResponseRedirect(_address(submission))

    def settle_view(self, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        """Settles the thread that ends with this comment."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        _refuse_without_comments(request)
        remark = get_object_or_404(comments.about(submission), pk=comment)
        settled = comments.settle(remark, by=request.user)
        words = "This is settled." if settled else "This was settled already."
        self._say_at(request, words, remark.cell, messages.SUCCESS if settled else messages.INFO)
        return HttpResponseRedirect(_address(submission))

    def _found(self, request: HttpRequest, pk: Any) -> Submission:
        """With what the page needs of it beyond its figures. Raises PermissionDenied and Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        people = ("submitted_by", "reviewed_by", "published_by")
        rows = Submission.objects.select_related("hisp__department", "quarter", "upload", *people)
        submission = review_page.with_dates(rows).filter(pk=pk).first()
        if submission is None:
            raise Http404(f"There is no submission {pk}.")
        return submission

    def _review_page(
        self, request: HttpRequest, submission: Submission, status: int = 200, **sent: Any
    ) -> HttpResponse:
        """`sent`: forms that were sent and refused, and the sentence that refused them."""
        context = review_page.context(submission, request.user, **sent)
        title = f"{submission.hisp}, {submission.quarter}"
        context |= {"title": f"Error: {title}" if status >= 400 else title}
        return page(self, request, "admin/reporting/submission/page.html", context, status)

    def _go_on(self, request: HttpRequest, step: review_page.Step, submission: Submission) -> HttpResponse:
        """To the next submission in the queue when that was asked for, else back to this one."""
        self._warn_of_comments(request, step, submission)
        text = f"{step.done}: {submission.hisp}, {submission.quarter}."
        following = review_page.queue_of(request.user, submission).next if step.leads_on else None
        if following is None:
            self.message_user(request, f"{text} Nothing else waits." if step.leads_on else text, messages.SUCCESS)
        elif request.POST.get("then") == "next":
            self._say(request, text, _address(submission), "Look at it again")
            return HttpResponseRedirect(_address(following))
        else:
            self._say(request, f"{text} Next in the queue:", _address(following), following.label)
        return HttpResponseRedirect(_address(submission))

    def _warn_of_comments(self, request: HttpRequest, step: review_page.Step, submission: Submission) -> None:
        if step.warns and (words := open_comments.warning(len(comments.of(submission).open))):
            words = f"{submission.hisp}, {submission.quarter}: {words}"
            self._say(request, words, f"{_address(submission)}#comments", "Read what is open", messages.WARNING)

    def _say_at(self, request: HttpRequest, words: str, cell: str, level: int = messages.SUCCESS) -> None:
        """With the way back to the figure, since the message stands at the top."""
        self._say(request, words, f"#{comments.anchor(cell)}", f"Back to {cell or 'the comments'}", level)

    def _say(self, request: HttpRequest, words: str, url: str, link: str, level: int = messages.SUCCESS) -> None:
        said = {"words": words, "url": url, "link": link}
        self.message_user(request, render_to_string("_said.html", said), level)


def _address(row: Any) -> str:
    return reverse("admin:reporting_submission_change", args=[row.pk])


def _refuse_without_comments(request: HttpRequest) -> None:
    if not request.user.has_perm("reporting.add_comment"):
        raise PermissionDenied("Your role does not include comments.")


def _signed_in(request: HttpRequest) -> Any:
    """The desk opens to nobody else."""
    return request.user
