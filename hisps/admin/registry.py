"""Departments, HISPs, services, designations and touchpoints, each with its former and other names."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone

from hisps import names, resources
from hisps.admin.desk import NothingIsDeleted, RegistryAdmin
from hisps.admin.exchange import ExchangeAdmin
from hisps.filters import CurrentFilter, LastingFilter
from hisps.models import Department, Designation, Hisp, OtherName, OtherServiceName, Service, Touchpoint
from hisps.registry import unique_slug


class DesignationInline(NothingIsDeleted, admin.StackedInline):
    model = Designation
    fields = [("department", "first_day", "last_day")]
    extra = 0


class NamesFormSet(BaseInlineFormSet):
    """The model refuses another spelling of a name that is stored; this, one that comes in the same request."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            key = names.key(getattr(form, "cleaned_data", {}).get("name", ""))
            if key and key in seen:
                form.add_error("name", "This name stands here twice; another spelling of it is no other name.")
            seen.add(key)


class OtherNameInline(NothingIsDeleted, admin.StackedInline):
    model = OtherName
    formset = NamesFormSet
    extra = 0


class OtherServiceNameInline(NothingIsDeleted, admin.StackedInline):
    model = OtherServiceName
    formset = NamesFormSet
    extra = 0


class ServiceInline(NothingIsDeleted, admin.StackedInline):
    model = Service
    formset = NamesFormSet
    fields = [("name", "last_day")]
    extra = 0
    show_change_link = True


class NamedAdmin(ExchangeAdmin):
    """Of what has other names, typed in below it."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, Service):
                _complete(row)
            if not _is_kept_already(row):
                row.save()
        formset.save_m2m()


@admin.register(Department)
class DepartmentAdmin(ExchangeAdmin):
    resource_classes = [resources.DepartmentResource]
    list_display = ["name", "abbreviation", "slug", "number_of_hisps"]
    search_fields = ["name", "abbreviation"]
    search_help_text = "Search by name or abbreviation"
    nothing = "No department is known yet. Add one, or import a file."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        return super().get_queryset(request).annotate(hisp_count=Count("hisps"))

    @admin.display(description="HISPs", ordering="hisp_count")
    def number_of_hisps(self, department: Any) -> int:
        return department.hisp_count


@admin.register(Hisp)
class HispAdmin(NamedAdmin):
    resource_classes = [resources.HispResource]
    list_display = ["name", "abbreviation", "department", "slug", "designated", "number_of_services"]
    list_filter = [CurrentFilter, "department"]
    list_select_related = ["department"]
    search_fields = ["name", "abbreviation", "slug", "other_names__name"]
    search_help_text = "Search by any name or slug"
    nothing = "No HISP is known yet. Add one, or import a file."
    fields = ["name", "abbreviation", "department", "slug", "mission"]
    inlines = [DesignationInline, OtherNameInline, ServiceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hisp]:
        today = timezone.localdate()
        current = Designation.objects.filter(Q(last_day=None) | Q(last_day__gte=today), first_day__lte=today)
        return (
            super()
            .get_queryset(request)
            .annotate(
                is_designated=Exists(current.filter(hisp=OuterRef("pk"))),
                service_count=Count("services", distinct=True),
            )
        )

    @admin.display(description="designated today", boolean=True, ordering="is_designated")
    def designated(self, hisp: Any) -> bool:
        return hisp.is_designated

    @admin.display(description="services", ordering="service_count")
    def number_of_services(self, hisp: Any) -> int:
        return hisp.service_count

    def get_readonly_fields(self, request: HttpRequest, obj: Hisp | None = None) -> list[str]:
        return ["slug"] if obj else []  # public addresses are made of it


@admin.register(Service)
class ServiceAdmin(NamedAdmin):
    resource_classes = [resources.ServiceResource]
    list_display = ["name", "hisp", "slug", "last_day"]
    list_filter = [LastingFilter, "hisp__department"]
    list_select_related = ["hisp"]
    search_fields = ["name", "slug", "other_names__name", "hisp__name", "hisp__slug"]
    search_help_text = "Search by service or HISP"
    nothing = "No service is known yet. Add one, or import a file."
    fields = ["hisp", "name", "slug", "last_day"]
    readonly_fields = ["slug"]
    inlines = [OtherServiceNameInline]

    def save_model(self, request: HttpRequest, obj: Service, form: Any, change: bool) -> None:
        _complete(obj)
        super().save_model(request, obj, form, change)


@admin.register(Designation)
class DesignationAdmin(ExchangeAdmin):
    resource_classes = [resources.DesignationResource]
    list_display = ["hisp", "department", "first_day", "last_day"]
    list_filter = [LastingFilter, "department"]
    list_select_related = ["hisp", "department"]
    search_fields = ["hisp__name", "hisp__slug", "department__name"]
    search_help_text = "Search by HISP or department"
    nothing = "No HISP is designated yet. Add a designation, or import a file."
    date_hierarchy = "first_day"


class ServiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.hisp}: {obj.name}"


@admin.register(Touchpoint)
class TouchpointAdmin(RegistryAdmin):
    list_display = ["name", "service", "hisp"]
    list_filter = ["service__hisp__department"]
    list_select_related = ["service__hisp"]
    search_fields = ["name", "service__name", "service__hisp__name"]
    search_help_text = "Search by touchpoint, service or HISP"
    nothing = "No touchpoint is known yet. They come with the first figures."

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "service":
            services = Service.objects.select_related("hisp").order_by("hisp__name", "name")
            kwargs |= {"form_class": ServiceField, "queryset": services}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="HISP", ordering="service__hisp__name")
    def hisp(self, touchpoint: Touchpoint) -> Hisp:
        return touchpoint.service.hisp


def _is_kept_already(row: Any) -> bool:
    """An other name typed in beside a new name, when the replaced name was kept by itself a moment ago."""
    if not isinstance(row, OtherName | OtherServiceName):
        return False
    owner = row.hisp if isinstance(row, OtherName) else row.service
    return owner.other_names.filter(key=names.key(row.name)).exclude(pk=row.pk).exists()


def _complete(service: Service) -> None:
    """The name single-spaced, and the address it gets once."""
    service.name = names.spaced(service.name)
    service.slug = service.slug or unique_slug(Service, f"{service.hisp.slug} {service.name}")
