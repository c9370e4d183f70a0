"""What every list and form of the desk shares."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin


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
