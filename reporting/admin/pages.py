"""What the pages of the review desk share."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from hisps.admin.desk import DeskAdmin


class ReadOnly(DeskAdmin):
    """To be looked at: no form, no action and no crafted request changes a row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """No row of these changes by hand; what happened is in the log, and on the row’s own page."""
        row = found(self, request, object_id)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)


def found(desk: admin.ModelAdmin, request: HttpRequest, object_id: Any) -> Any:
    """The row of that id, from the desk's own queryset. Raises PermissionDenied and Http404."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    row = desk.get_object(request, str(object_id))
    if row is None:
        raise Http404(f"There is no {desk.opts.verbose_name} {object_id}.")
    return row


def page(
    desk: admin.ModelAdmin, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of our own inside the admin, with the admin's header and breadcrumbs."""
    request.current_app = desk.admin_site.name  # as the stock admin views do
    everywhere = {**desk.admin_site.each_context(request), "opts": desk.opts, "media": desk.media}
    return TemplateResponse(request, template, {**everywhere, **context}, status=status)
