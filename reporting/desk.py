"""The admin site, as OMB's review desk: its name, who may enter, and what waits on its front page."""

import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from reporting import quarters
from reporting.board.page import summaries
from reporting.models import Quarter
from reporting.waiting import waiting

_READING = ["GET", "HEAD", "OPTIONS"]
_READ_ONLY = re.compile(
    r"index|app_list|jsi18n|autocomplete|password_change_done|.*_(history|event_check|event_export|mail_previews)"
)
_ROOMS = ["reporting", "hisps", "auth"]
_IDS = (
    "object_id",
    "id",
    "content_type_id",
)  # as Django's own addresses name them; django-simple-history's have no name
_ID = re.compile(r"[0-9]{1,18}")  # more digits than the database's integers have
_TOO_LARGE = re.compile(r"-?[0-9]{10,}")  # no year, page or id of a list is that large


class Desk(admin.AdminSite):
    site_header = "HISP Quarterly: review desk"
    site_title = "HISP Quarterly"
    index_title = "Review desk"
    enable_nav_sidebar = False  # tables of figures need the width

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """People who are signed in and do not work here are told so, instead of being asked to sign in again."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            methods = _methods(request)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied("This is OMB’s review desk. Your account does not open it.")
            _refuse_nonsense(request, [*args, *(kwargs[name] for name in _IDS if name in kwargs)])
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one page to sign in, for everybody."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), settings.LOGIN_URL)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """There is one page to change a password, for everybody: it writes the event and the mail."""
        return redirect("password_change")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The quarterly work first, then the registry, then people."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: _ROOMS.index(app["app_label"]) if app["app_label"] in _ROOMS else 99)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        opened = summaries(Quarter.objects.open())
        front = {
            "waiting": waiting(request.user),
            "boards": opened,
            "may_open": request.user.has_perm(quarters.PERMISSION),
        }
        return super().index(request, {**front, **(extra_context or {})})


def _methods(request: HttpRequest) -> list[str]:
    """The stock admin would take any other for GET."""
    name = request.resolver_match.url_name if request.resolver_match else None
    return _READING if _READ_ONLY.fullmatch(name or "") else [*_READING, "POST"]


def _refuse_nonsense(request: HttpRequest, ids: list[str]) -> None:
    """What no link of ours says, and what Django, its filters or the database would answer with an error."""
    if not all(_ID.fullmatch(each) for each in [*ids, *request.POST.getlist(ACTION_CHECKBOX_NAME)]):
        raise Http404("There is nothing at this address.")
    sent = [*request.GET.lists(), *request.POST.lists()]
    if any("\0" in text for name, values in sent for text in (name, *values)):
        raise BadRequest("The request holds a NUL character.")
    if any(_TOO_LARGE.fullmatch(value) for name, values in request.GET.lists() if name != "q" for value in values):
        raise BadRequest("The address holds a number that is too large.")
