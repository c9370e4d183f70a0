"""Signing in, with a limit to guessing, and back to the page where somebody was."""

from datetime import datetime
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from reporting import limits, origin
from reporting.views.access import retry_after

_READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class SignIn(LoginView):
    """Django's, which after five wrong passwords asks to wait, whether the next one is right or not."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        name = _as_django_reads(request.POST.get("username", ""))
        network = origin.client_network(request)
        again_at = limits.take(limits.sign_ins(), name, network)
        again_at = again_at or limits.take(limits.sign_ins_from_anywhere(), name)
        if again_at:
            return self._too_many(again_at)
        response = super().post(request, *args, **kwargs)
        if request.user.is_authenticated and response.status_code == 302:
            limits.forget(limits.sign_ins(), name, network)
            limits.forget(limits.sign_ins_from_anywhere(), name)
        return response

    def _too_many(self, again_at: datetime) -> HttpResponse:
        context = self.get_context_data(form=self.get_form_class()(self.request), again_at=limits.in_words(again_at))
        return retry_after(self.render_to_response(context, status=429), again_at)


class SignInFirst(LoginRequiredMiddleware):
    """Django's, which leads back to the page of a form when it was the form that found nobody signed in: its own
    address takes no GET."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in _READING:
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request,
            "Nothing was sent, because you are no longer signed in. Sign in and send it again: what was saved before "
            "is as it was.",
        )
        return redirect_to_login(
            _page_of_the_form(request), self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )


def _as_django_reads(username: str) -> str:
    """Django's UsernameField takes full-width letters for plain ones; no spelling of a name makes new guesses."""
    return normalize("NFKC", username).strip().casefold()


def _page_of_the_form(request: HttpRequest) -> str:
    """Pages end with a slash, what their forms send to does not: /reporting/submissions/5/submit."""
    sent_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(sent_from, request.get_host())
    path = urlsplit(sent_from).path if is_ours else request.path
    return path[: path.rfind("/") + 1] or "/"
