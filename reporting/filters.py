"""What the lists of the review desk can be narrowed to. Every choice is in the address, and days count from the day on
which it is opened, so a kept link stays right."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from reporting import asked_corrections, open_comments
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter, Submission

State = Submission.State
Choices = list[tuple[str, str]]


def later_revisions() -> QuerySet[Submission]:
    """Of the submission that an outer query is at."""
    same = {"hisp": OuterRef("hisp"), "quarter": OuterRef("quarter")}
    return Submission.objects.filter(**same, revision__gt=OuterRef("revision"))


def newest(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Only the last revision of each HISP and quarter."""
    return submissions.filter(~Exists(later_revisions()))


def days_ago(days: int) -> datetime:
    """The first moment of the day so many days ago, in US Eastern."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time.min))


class QuartersFilter(admin.SimpleListFilter):
    """One quarter or several: `?quarter=2021-q1&quarter=2021-q2`."""

    title = "quarter"
    parameter_name = "quarter"
    template = "admin/reporting/_quarters.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], *args: Any) -> None:
        self.asked = [slug for slug in params.get(self.parameter_name, []) if slug]
        super().__init__(request, params, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(quarter.slug, quarter.fiscal.label) for quarter in Quarter.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            chosen = [FiscalQuarter.parse(slug) for slug in self.asked]
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error
        wanted = Q()
        for each in chosen:
            wanted |= Q(quarter__fiscal_year=each.fiscal_year, quarter__number=each.number)
        return queryset.filter(wanted)

    def choices(self, changelist: Any) -> Any:
        """`others`, for the template: what else the address asks."""
        sent = changelist.filter_params.items()
        self.others = [(name, value) for name, values in sent if name != self.parameter_name for value in values]
        for slug, label in self.lookup_choices:
            yield {"value": slug, "display": label, "selected": slug in self.asked}


class SinceFilter(admin.SimpleListFilter):
    """How long ago."""

    field: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("1", "Today"), *((str(days), f"In the last {days} days") for days in (7, 30, 90))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(**{f"{self.field}__gte": days_ago(int(self.value() or 1) - 1)})


class SubmittedFilter(SinceFilter):
    title, parameter_name, field = "day submitted", "submitted", "submitted_at"


class ReceivedFilter(SinceFilter):
    title, parameter_name, field = "day received", "received", "at"


class HappenedFilter(SinceFilter):
    title, parameter_name, field = "day", "happened", "at"


class WrittenFilter(SinceFilter):
    title, parameter_name, field = "day written", "written", "created_at"


class DueFilter(admin.SimpleListFilter):
    """By the deadline of what is not submitted; an extension counts."""

    title = "deadline"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("past", "Past due, not submitted"), ("week", "Due in the next 7 days, not submitted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        span = {"past": Q(deadline__lt=now), "week": Q(deadline__range=(now, now + timedelta(days=7)))}
        if self.value() not in span:
            return queryset
        owing = newest(queryset).filter(state__in=[State.DRAFT, State.RETURNED])
        return owing.alias(deadline=Coalesce("extended_to", "quarter__due_at")).filter(span[str(self.value())])


class RevisionFilter(admin.SimpleListFilter):
    """With “Returned”: what was returned and did not come back."""

    title = "revision"
    parameter_name = "revision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("newest", "Only the newest")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return newest(queryset) if self.value() == "newest" else queryset


class CommentsFilter(admin.SimpleListFilter):
    title = "comments"
    parameter_name = "comments"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("open", "Open, on the newest revision")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return newest(queryset.filter(open_comments.exist())) if self.value() == "open" else queryset


class CorrectionFilter(admin.SimpleListFilter):
    title = "correction"
    parameter_name = "correction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("asked", "Asked for, not published yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = asked_corrections.standing().filter(submission=OuterRef("pk"))
        return queryset.filter(Exists(asked)) if self.value() == "asked" else queryset
