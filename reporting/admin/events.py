"""The log at the review desk: to be read, taken away as a file, and checked. Nobody adds, changes or deletes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from reporting import events, log_files, quarters
from reporting.admin.pages import ReadOnly, page
from reporting.filters import HappenedFilter
from reporting.letters import named
from reporting.models import Event
from reporting.templatetags.reporting_words import act


class ActFilter(admin.AllValuesFieldListFilter):
    """The acts in words."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": act(str(choice["display"]))}


class QuarterFilter(admin.RelatedFieldListFilter):
    """Acts that concern a person or a HISP belong to no quarter; the choice for them needs words too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = SafeString("No quarter")


class HeadForm(forms.Form):
    head = forms.CharField(
        label="A hash that you noted earlier",
        required=False,
        max_length=64,
        validators=[RegexValidator(r"^[0-9a-f]{64}\Z", "A hash has 64 characters, 0 to 9 and a to f.")],
        help_text="If you noted the last hash some time ago, the check also tells whether that event is still there.",
    )


@admin.register(Event)
class EventAdmin(ReadOnly):
    """Administrators read everything that happened, reviewers what they did themselves."""

    list_display = ["at", "what", "hisp", "quarter", "who", "in_short"]
    list_filter = [("transition", ActFilter), HappenedFilter, ("quarter", QuarterFilter)]
    list_select_related = ["hisp", "quarter", "by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["hisp__name", "hisp__slug", "by__username", "note", "request_id", "=hash"]
    search_help_text = "Search by HISP, person, words of the note, request or hash"
    date_hierarchy = "at"
    ordering = ["-pk"]
    empty_value_display = ""
    fields = [
        "at",
        "what",
        "who",
        "hisp",
        "quarter",
        "submission",
        "note",
        "changes",
        "address",
        "request_id",
        "previous_hash",
        "hash",
    ]
    readonly_fields = ["what", "who", "changes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        found = super().get_queryset(request)
        return found if _reads_all(request) else found.filter(by=request.user.pk)

    @admin.display(description="by", ordering="by__username")
    def who(self, event: Event) -> str:
        return named(event.by) if event.by else ""

    @admin.display(description="act", ordering="transition")
    def what(self, event: Event) -> str:
        return act(event.transition)

    @admin.display(description="note")
    def in_short(self, event: Event) -> str:
        return Truncator(event.note.partition(" (SHA-256 ")[0]).chars(100)

    @admin.display(description="what changed")
    def changes(self, event: Event) -> str:
        return render_to_string("admin/reporting/event/_changes.html", {"changes": event.changes()})

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("check/", wrap(self.check_view), name="reporting_event_check"),
            path("export/<slug:kind>/", wrap(self.export_view), name="reporting_event_export"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        words = {"title": "The log" if _reads_all(request) else "The log: what you did"}
        return super().changelist_view(request, {**words, "may_check": _reads_all(request), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = self.get_object(request, object_id)
        words = {"title": act(shown.transition), "subtitle": None} if shown is not None else {}
        return super().change_view(request, object_id, form_url, {**words, **(extra_context or {})})

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """What the list shows with the same filters, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in log_files.KINDS:
            raise Http404(f"The log comes as CSV or JSON lines, not as {kind}.")
        try:
            listed = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("The address has a filter that the log does not have.") from error
        return log_files.response(listed, kind)

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """Walks the whole chain and says whether it holds."""
        if not _reads_all(request):
            raise PermissionDenied("Your role does not include checking the log.")
        form = HeadForm(request.GET if "head" in request.GET else None)
        known = form.cleaned_data["head"] if form.is_bound and form.is_valid() else ""
        verdict = None if form.errors else events.verify(known)
        words = {"verdict": verdict, "sentence": events.sentence(verdict) if verdict else "", "form": form}
        context = {**words, "title": "Is the log whole?"}
        return page(self, request, "admin/reporting/event/check.html", context, 422 if form.errors else 200)


def _reads_all(request: HttpRequest) -> bool:
    return request.user.has_perm(quarters.PERMISSION)
