"""Quarters at the review desk: how far each is, who is missing, and opening, extending and publishing them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone

from hisps.admin import NothingIsDeleted
from reporting import quarters, review
from reporting.admin.pages import found, page
from reporting.fiscal import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalQuarter, days_late
from reporting.models import Expectation, Quarter, Submission


class OpenForm(forms.Form):
    fiscal_year = forms.IntegerField(min_value=FIRST_FISCAL_YEAR, max_value=LAST_FISCAL_YEAR)
    number = forms.TypedChoiceField(label="Quarter", coerce=int, choices=[(n, f"Q{n}") for n in (1, 2, 3, 4)])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if {"fiscal_year", "number"} <= asked.keys():
            asked["fiscal"] = FiscalQuarter(asked["fiscal_year"], asked["number"])
        return asked


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Please give a reason."}
    )


class ExtendForm(ReasonForm):
    to = forms.DateField(
        label="New due day",
        help_text="Until the end of this day, US Eastern.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Please choose the new due day.", "invalid": "Write the day like 2024-04-30."},
    )
    field_order = ["to", "reason"]


@admin.register(Quarter)
class QuarterAdmin(NothingIsDeleted, admin.ModelAdmin):
    """Quarters are opened, closed and extended through reporting.quarters."""

    list_display = ["label", "status", "due_at", "expected", "missing", "submitted", "approved", "published"]
    ordering = ["-fiscal_year", "-number"]
    list_filter = ["fiscal_year"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quarter]:
        arrived = Submission.objects.filter(
            quarter=OuterRef("quarter"), hisp=OuterRef("hisp"), state__in=["submitted", "approved", "published"]
        )
        owed = Expectation.objects.filter(~Exists(arrived), quarter=OuterRef("pk"), not_reporting=False)
        return (
            super()
            .get_queryset(request)
            .annotate(
                expected_count=Count("expectations", distinct=True),
                missing_count=Coalesce(Subquery(_counted(owed)), 0),
                **{
                    f"{state}_count": Count("submissions", filter=Q(submissions__state=state), distinct=True)
                    for state in ("submitted", "approved", "published")
                },
            )
        )

    @admin.display(description="quarter", ordering="-fiscal_year")
    def label(self, quarter: Quarter) -> str:
        return quarter.fiscal.label

    @admin.display(description="status")
    def status(self, quarter: Quarter) -> str:
        return _status(quarter)

    @admin.display(description="expected HISPs", ordering="expected_count")
    def expected(self, quarter: Any) -> int:
        return quarter.expected_count

    @admin.display(description="not yet submitted", ordering="missing_count")
    def missing(self, quarter: Any) -> int:
        return quarter.missing_count

    @admin.display(description="to review", ordering="submitted_count")
    def submitted(self, quarter: Any) -> int:
        return quarter.submitted_count

    @admin.display(description="approved", ordering="approved_count")
    def approved(self, quarter: Any) -> int:
        return quarter.approved_count

    @admin.display(description="published", ordering="published_count")
    def published(self, quarter: Any) -> int:
        return quarter.published_count

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(quarters.PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/publish/", wrap(self.publish_view), name="reporting_quarter_publish"),
            path("<int:pk>/close/", wrap(self.close_view), name="reporting_quarter_close"),
            path("<int:pk>/reopen/", wrap(self.reopen_view), name="reporting_quarter_reopen"),
            path("expectations/<int:pk>/extend/", wrap(self.extend_view), name="reporting_quarter_extend"),
            path(
                "expectations/<int:pk>/not-reporting/",
                wrap(self.not_reporting_view),
                name="reporting_quarter_not_reporting",
            ),
            path(
                "expectations/<int:pk>/expect-again/",
                wrap(self.expect_again_view),
                name="reporting_quarter_expect_again",
            ),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self._ask(
            request,
            OpenForm(_sent(request), initial=_next_to_open()),
            lambda asked: self._open(request, asked["fiscal"]),
            title="Open a quarter",
            button="Open the quarter",
            explanation="Every HISP that is designated in the quarter will be expected to report.",
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Every HISP of the quarter with its state and its due day."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("A quarter is opened, closed and extended with its own buttons.")
        quarter = found(self, request, object_id)
        context = {
            "quarter": quarter,
            "status": _status(quarter),
            "title": quarter.fiscal.label,
            "rows": _rows(quarter),
            "may_open": request.user.has_perm(quarters.PERMISSION),
            "may_publish": review.may(request.user, review.PUBLISH),
            "events": quarter.events.filter(submission=None).select_related("by", "hisp"),
        }
        return page(self, request, "admin/reporting/quarter/page.html", context)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        quarter = get_object_or_404(Quarter, pk=pk)
        if not review.may(request.user, review.PUBLISH):
            raise PermissionDenied("Your role does not include publishing.")
        results = review.publish_quarter(quarter, by=request.user)
        for submission, refused in results:
            level = messages.ERROR if refused else messages.SUCCESS
            self.message_user(request, f"{submission.hisp}: {refused or 'published.'}", level)
        if not results:
            self.message_user(request, "Nothing was approved and waiting, so nothing was published.", messages.INFO)
        return HttpResponseRedirect(_address(quarter))

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        quarter = get_object_or_404(Quarter, pk=pk)
        return self._ask(
            request,
            forms.Form(_sent(request)),
            lambda asked: quarters.close_quarter(quarter, by=request.user),
            title=f"Close {quarter}",
            button="Close the quarter",
            explanation="A closed quarter takes no more figures. You can reopen it later.",
        )

    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        quarter = get_object_or_404(Quarter, pk=pk)
        return self._ask(
            request,
            ReasonForm(_sent(request)),
            lambda asked: quarters.reopen_quarter(quarter, by=request.user, reason=asked["reason"]),
            title=f"Reopen {quarter}",
            button="Reopen the quarter",
        )

    def extend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = get_object_or_404(Expectation.objects.select_related("quarter", "hisp"), pk=pk)
        return self._ask(
            request,
            ExtendForm(_sent(request)),
            lambda asked: (
                quarters.extend(expectation, by=request.user, to=asked["to"], reason=asked["reason"]).quarter
            ),
            title=f"Give {expectation.hisp} more time for {expectation.quarter}",
            button="Extend",
        )

    def not_reporting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = get_object_or_404(Expectation.objects.select_related("quarter", "hisp"), pk=pk)
        return self._ask(
            request,
            ReasonForm(_sent(request)),
            lambda asked: quarters.mark_not_reporting(expectation, by=request.user, reason=asked["reason"]).quarter,
            title=f"{expectation.hisp} does not report for {expectation.quarter}",
            button="Mark as not reporting",
        )

    def expect_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = get_object_or_404(Expectation.objects.select_related("quarter", "hisp"), pk=pk)
        return self._ask(
            request,
            ReasonForm(_sent(request)),
            lambda asked: quarters.expect_again(expectation, by=request.user, reason=asked["reason"]).quarter,
            title=f"Expect {expectation.hisp} to report for {expectation.quarter} again",
            button="Expect it again",
            explanation=f"It was marked as not reporting: {expectation.not_reporting_reason}"
            if expectation.not_reporting
            else "",
        )

    def _open(self, request: HttpRequest, fiscal: FiscalQuarter) -> Quarter:
        quarter, added = quarters.open_quarter(fiscal, by=request.user)
        self.message_user(request, f"{quarter} is open; {len(added)} HISPs were added to it.", messages.SUCCESS)
        return quarter

    def _ask(
        self, request: HttpRequest, form: forms.Form, act: Callable[[Any], Quarter], **words: str
    ) -> HttpResponse:
        """Asks for what a step needs, takes it, and goes on to the quarter; or says on the form why not."""
        if not request.user.has_perm(quarters.PERMISSION):
            raise PermissionDenied("Your role does not include opening, closing or extending quarters.")
        if request.method == "POST" and form.is_valid():
            try:
                quarter = act(form.cleaned_data)
            except review.NotAllowed as refused:
                raise PermissionDenied(str(refused)) from None
            except review.Refused as refused:
                form.add_error(None, str(refused))
            else:
                return HttpResponseRedirect(_address(quarter))
        context = {"form": form, **words}
        return page(self, request, "admin/reporting/quarter/ask.html", context, 422 if form.errors else 200)


@dataclass(frozen=True)
class Row:
    """One HISP of a quarter. `expectation` is None for history, `submission` while nothing came."""

    hisp: Any
    expectation: Expectation | None
    submission: Submission | None
    due_at: datetime
    days_late: int


def _rows(quarter: Quarter) -> list[Row]:
    """Every HISP that is expected or sent something, by name, with its latest submission; in two queries."""
    owed = {e.hisp_id: e for e in quarter.expectations.select_related("hisp__department")}
    sent = {s.hisp_id: s for s in quarter.submissions.select_related("hisp__department").order_by("revision")}
    hisps = {e.hisp for e in owed.values()} | {s.hisp for s in sent.values()}
    return [_row(quarter, hisp, owed.get(hisp.pk), sent.get(hisp.pk)) for hisp in sorted(hisps, key=str)]


def _row(quarter: Quarter, hisp: Any, expectation: Expectation | None, submission: Submission | None) -> Row:
    due_at = (expectation.extended_to if expectation else None) or quarter.due_at
    late = days_late(submission.submitted_at, due_at) if submission else 0
    return Row(hisp, expectation, submission, due_at, late)


def _status(quarter: Quarter) -> str:
    if quarter.opened_at is None:
        return "History"
    return "Open" if quarter.is_open else "Closed"


def _counted(expectations: QuerySet[Expectation]) -> QuerySet[Any]:
    """How many there are, as a subquery."""
    return expectations.order_by().values("quarter").annotate(number=Count("pk")).values("number")


def _next_to_open() -> dict[str, int]:
    """The quarter after the newest that was opened; else the one that has ended last."""
    newest = Quarter.objects.filter(opened_at__isnull=False).first()
    fiscal = newest.fiscal.next if newest else FiscalQuarter.containing(timezone.localdate()).previous
    return {"fiscal_year": fiscal.fiscal_year, "number": fiscal.number}


def _address(quarter: Quarter) -> str:
    return reverse("admin:reporting_quarter_change", args=[quarter.pk])


def _sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None
