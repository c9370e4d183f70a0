"""What the lists of the registry and of people can be narrowed to, in words."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from hisps import roles
from hisps.models import Membership


class CurrentFilter(admin.SimpleListFilter):
    """Designated today, or not."""

    title = "designation"
    parameter_name = "designated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Designated today"), ("no", "Not designated today")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(is_designated=self.value() == "yes") if self.value() else queryset


class LastingFilter(admin.SimpleListFilter):
    """By the last day, counted from today: a kept link stays right."""

    title = "last day"
    parameter_name = "lasts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Lasting"), ("no", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        lasting = Q(last_day__isnull=True) | Q(last_day__gte=timezone.localdate())
        return {"yes": queryset.filter(lasting), "no": queryset.exclude(lasting)}.get(self.value() or "", queryset)


class TaskFilter(admin.SimpleListFilter):
    """By what a person does here."""

    title = "task"
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("reports", "Reports for a HISP"), *((name, name) for name in roles.ROLES), ("none", "Nothing yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        reports = Q(pk__in=Membership.objects.lasting().values("user"))
        if self.value() == "none":
            return queryset.exclude(reports).filter(groups=None)
        if self.value() == "reports":
            return queryset.filter(reports)
        return queryset.filter(groups__name=self.value()) if self.value() else queryset
