"""The registry in the admin, and the people: who exists, under which names, and who reports or reviews.

Nothing is deleted here: what ends gets a last day, and a person who leaves is no longer active.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from simple_history.admin import SimpleHistoryAdmin

from hisps import names, resources, roles
from hisps.filters import CurrentFilter, LastingFilter, TaskFilter
from hisps.models import (
    Department,
    Designation,
    Hisp,
    Membership,
    OtherName,
    OtherServiceName,
    Service,
    Touchpoint,
)
from hisps.registry import unique_slug

User = get_user_model()
SAVE_AS_CSV = "Open it in Excel, choose Save As and “CSV UTF-8”, then choose that file here."
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin


class NothingIsDeleted:
    """For every admin and inline of the product."""

    can_delete = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskAdmin(NothingIsDeleted, admin.ModelAdmin):
    """A list has its own name as title; `nothing` is what it says while it is empty."""

    nothing = ""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        words = {"title": capfirst(self.opts.verbose_name_plural), "nothing": self.nothing}
        return super().changelist_view(request, {**words, **(extra_context or {})})


class RegistryAdmin(DeskAdmin, SimpleHistoryAdmin):
    """History is to be read. (The revert form of django-simple-history asks for no more than leave to look.)"""

    object_history_list_template = "admin/hisps/_history.html"
    history_list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("The history can be read, not changed.")
        return super().history_form_view(request, *args, **kwargs)


class FileForm(ExportForm):
    """Asks for the format of a file, and begins with CSV."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [choice for choice in self.fields["format"].choices if choice[0]]


class FileToImport(ImportForm):
    """Asks for a CSV file. Other formats are named before anything reads them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["import_file"].label = "CSV file"
        self.fields["import_file"].widget.attrs = {"accept": ".csv,text/csv"}
        self.fields["import_file"].error_messages["required"] = "Choose a file first."

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        start = file.read(4)
        file.seek(0)
        if start.startswith(_WORKBOOKS):
            raise forms.ValidationError(f"{file.name} is an Excel workbook. {SAVE_AS_CSV}")
        return file


class ExchangeAdmin(ImportExportMixin, RegistryAdmin):
    """With import from CSV and export to CSV and Excel."""

    import_formats = [resources.Csv]
    export_formats = resources.FORMATS
    import_form_class = FileToImport
    export_form_class = FileForm
    import_error_display = ("message", "row")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """An import adds and changes rows."""
        return super().has_import_permission(request) and self.has_add_permission(request)

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        form.add_error("import_file", f"This file cannot be read as CSV. {SAVE_AS_CSV}")

    def get_export_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_export_context_data(**kwargs), "comes_back": True}

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, Service):
                _complete(row)
            if not _is_kept_already(row):
                row.save()
        formset.save_m2m()


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
class HispAdmin(ExchangeAdmin):
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
class ServiceAdmin(ExchangeAdmin):
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


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        known = [obj.get_full_name(), obj.email]
        return ", ".join(filter(None, [obj.username, *(each for each in known if each != obj.username)]))


@admin.register(Membership)
class MembershipAdmin(RegistryAdmin):
    """Whoever stops reporting for a HISP gets a last day there; her account and her other HISPs stay."""

    list_display = ["user", "hisp", "last_day", "is_active"]
    list_filter = [LastingFilter, "hisp__department"]
    list_select_related = ["user", "hisp"]
    search_fields = ["user__username", "user__email", "user__last_name", "hisp__name", "hisp__slug"]
    search_help_text = "Search by person or HISP"
    nothing = "Nobody reports for a HISP yet. Invite people, or add a membership for somebody with an account."
    fields = ["user", "hisp", "last_day"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs |= {"form_class": PersonField, "queryset": User.objects.filter(is_active=True)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        return ["user", "hisp"] if obj else []  # who reported for what is history

    @admin.display(description="may sign in", boolean=True, ordering="user__is_active")
    def is_active(self, membership: Membership) -> bool:
        return membership.user.is_active


class PersonForm(UserChangeForm):
    def clean(self) -> dict[str, Any]:
        """Nobody reports for a HISP and works at OMB."""
        asked = super().clean() or {}
        at_omb = any(asked.get(field) for field in ("groups", "is_staff", "is_superuser"))
        if at_omb and self.instance.memberships.lasting().exists():
            raise forms.ValidationError(
                f"{self.instance} reports for a HISP, so {self.instance} cannot work at OMB. "
                "Give the membership a last day first."
            )
        return asked


class PeopleAdmin(DeskAdmin, UserAdmin):
    """An OMB administrator looks after reporters and reviewers; only a superuser makes administrators."""

    form = PersonForm
    list_display = ["username", "full_name", "email", "tasks", "is_active", "last_login"]
    list_filter = [TaskFilter, "is_active"]
    search_fields = ["username", "first_name", "last_name", "email", "memberships__hisp__name"]
    search_help_text = "Search by name, address or HISP"
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    _person = ["username", "password", "first_name", "last_name", "email", "is_active", "groups"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        lasting = Prefetch("memberships", Membership.objects.lasting().select_related("hisp"), to_attr="lasting")
        return super().get_queryset(request).prefetch_related("groups", lasting)

    @admin.display(description="name", ordering="last_name")
    def full_name(self, person: Any) -> str:
        return person.get_full_name()

    @admin.display(description="task")
    def tasks(self, person: Any) -> str:
        at_omb = ["Superuser"] * person.is_superuser + [group.name for group in person.groups.all()]
        reports = [f"Reports for {', '.join(each.hisp.name for each in person.lasting)}"] if person.lasting else []
        return "; ".join([*at_omb, *reports])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A username stays: PostgreSQL locks a person's key when it changes, and her own acts need it."""
        return ["username", *self.readonly_fields] if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        rank = ["is_superuser"] if request.user.is_superuser else []
        return [(None, {"fields": [*self._person, *rank, *self.readonly_fields]})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or _is_looked_after(obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            mine = Group.objects.all() if request.user.is_superuser else Group.objects.filter(name=roles.REVIEWER)
            kwargs |= {"queryset": mine, "widget": forms.CheckboxSelectMultiple}
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.label, field.help_text = "OMB role", "Leave blank for people who report for a HISP."
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = form.instance  # the admin opens to OMB’s roles, and to nobody else
        person.is_staff = person.is_superuser or person.groups.exists()
        person.save(update_fields=["is_staff"])


def _is_looked_after(person: Any) -> bool:
    """By administrators: everybody but superusers and administrators, so nobody promotes herself or a friend."""
    return not person.is_superuser and not person.groups.filter(name=roles.ADMINISTRATOR).exists()


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


admin.site.unregister(Group)
admin.site.unregister(User)
admin.site.register(User, PeopleAdmin)
