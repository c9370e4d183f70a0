"""The list of quarters, and the board of each."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import path

from hisps.admin.desk import DeskAdmin
from reporting import quarters
from reporting.admin.pages import found, page
from reporting.admin.quarters.publish import QuarterPublishing
from reporting.board import asked
from reporting.board.page import board
from reporting.models import Expectation, Quarter, Submission

_ARRIVED = ["submitted", "approved", "published"]


@admin.register(Quarter)
class QuarterAdmin(DeskAdmin, QuarterPublishing):
    """Quarters are opened, closed and extended through reporting.quarters."""

    list_display = ["label", "status", "due_at", "expected", "missing", "submitted", "approved", "published"]
    ordering = ["-fiscal_year", "-number"]
    list_filter = ["fiscal_year"]
    nothing = "No quarter was opened yet."
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quarter]:
        return super().get_queryset(request).annotate(**_counts())

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Quarter | None:
        return Quarter.objects.filter(pk=object_id).first()  # without the counts: the board has its own

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
        of_quarter = {
            "publish": self.publish_view,
            "close": self.close_view,
            "reopen": self.reopen_view,
            "remind": self.remind_view,
            "extend-chosen": self.extend_chosen_view,
        }
        of_hisp = {
            "extend": self.extend_view,
            "not-reporting": self.not_reporting_view,
            "expect-again": self.expect_again_view,
        }
        own = [path(f"<int:pk>/{step}/", wrap(view), name=_name(step)) for step, view in of_quarter.items()]
        own += [path(f"expectations/<int:pk>/{step}/", wrap(view), name=_name(step)) for step, view in of_hisp.items()]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The quarter's board."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("A quarter is opened, closed and extended with its own buttons.")
        quarter = found(self, request, object_id)
        context = {
            "quarter": quarter,
            "status": _status(quarter),
            "title": quarter.fiscal.label,
            "board": board(quarter, request.user, asked.read(request.GET.dict())),
            "events": quarter.events.filter(hisp=None).select_related("by"),
        }
        return page(self, request, "admin/reporting/quarter/page.html", context)


def _name(step: str) -> str:
    return f"reporting_quarter_{step.replace('-', '_')}"


def _status(quarter: Quarter) -> str:
    if quarter.opened_at is None:
        return "History"
    return "Open" if quarter.is_open else "Closed"


def _counts() -> dict[str, Any]:
    """What the list counts, each by itself: a join of expectations and submissions would multiply them."""
    arrived = Submission.objects.filter(quarter=OuterRef("quarter"), hisp=OuterRef("hisp"), state__in=_ARRIVED)
    expected = Expectation.objects.filter(quarter=OuterRef("pk"))
    counted: dict[str, QuerySet[Any]] = {
        "expected": expected,
        "missing": expected.filter(~Exists(arrived), not_reporting=False),
    }
    for state in _ARRIVED:
        counted[state] = Submission.objects.filter(quarter=OuterRef("pk"), state=state)
    return {f"{name}_count": Coalesce(Subquery(_number(rows)), 0) for name, rows in counted.items()}


def _number(rows: QuerySet[Any]) -> QuerySet[Any]:
    """How many there are, as a subquery."""
    return rows.order_by().values("quarter").annotate(number=Count("pk")).values("number")
