"""People: who reports for which HISP, and who works at OMB."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from hisps import roles
from hisps.admin.desk import DeskAdmin, RegistryAdmin
from hisps.filters import LastingFilter, TaskFilter
from hisps.models import Membership

User = get_user_model()


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


admin.site.unregister(Group)
admin.site.unregister(User)
admin.site.register(User, PeopleAdmin)
