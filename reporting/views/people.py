"""Coming in: invitations, requests for access, and passwords. Most pages are open to everybody, and none of them tells
whether an address has an account."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView

from reporting import access_requests, accounts, invitations, letters, limits, origin
from reporting.account_forms import AskForm, ForgottenForm, NewPasswordForm, OtherPasswordForm
from reporting.models import Invitation
from reporting.transitions import Refused
from reporting.views.access import retry_after

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters()
@_GET_OR_POST
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Sets the password, once. A link that opens nothing any more says what to do."""
    invited = invitations.of_token(token)
    if invited is None or not invited.is_valid():
        return _dead_link(request, _why_dead(invited))
    names = {"first_name": invited.first_name, "last_name": invited.last_name}
    form = NewPasswordForm(User(username=invited.email, email=invited.email, **names), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = invitations.accept(invited, form.cleaned_data["new_password1"])
        except Refused as refused:
            return _dead_link(request, str(refused))
        login(request, person, backend=_BACKEND)
        messages.success(request, "Welcome. Your account is ready; you sign in with your e-mail address.")
        return redirect("after_login")
    context = {"form": form, "invitation": invited, "hisps": invited.hisps.all()}
    return render(request, "registration/invitation.html", context, status=422 if form.errors else 200)


@login_not_required
@_GET_OR_POST
def ask_for_access(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        again_at = limits.take(limits.requests_for_access(), origin.client_network(request))
        if again_at:
            return _asked_too_often(request, form, again_at)
        access_requests.ask(**form.cleaned_data)
        return redirect("asked_for_access")
    return render(request, "registration/ask.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
def asked_for_access(request: HttpRequest) -> HttpResponse:
    """The same for everybody who asked."""
    return render(
        request, "registration/asked.html", {"days": access_requests.VALID.days, "contact": settings.CONTACT_EMAIL}
    )


@login_not_required
@never_cache
@_GET_OR_POST
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since programs that check mails open every link."""
    asked = access_requests.of_token(token)
    if asked is None:
        return _dead_link(request, "We do not know this link. Perhaps a part of it got lost: copy it as a whole.")
    if request.method == "POST":
        try:
            access_requests.confirm(asked)
        except Refused as refused:
            return _dead_link(request, str(refused))
        asked.refresh_from_db()
    return render(request, "registration/confirm.html", {"asked": asked})


class Forgotten(auth_views.PasswordResetView):
    form_class = ForgottenForm
    template_name = "registration/forgotten.html"
    success_url = reverse_lazy("password_reset_done")


class ForgottenDone(auth_views.PasswordResetDoneView):
    template_name = "registration/forgotten_done.html"


class _Recorded(FormView):
    """A changed password is an event, and its owner is told by mail; all of it or nothing."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        accounts.record_password(form.user, by=form.user)
        return response


class ResetPassword(_Recorded, auth_views.PasswordResetConfirmView):
    form_class = NewPasswordForm
    template_name = "registration/reset.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "Your new password is set. Sign in with it.")
        return response


class ChangePassword(_Recorded, auth_views.PasswordChangeView):
    form_class = OtherPasswordForm
    template_name = "registration/change.html"
    success_url = reverse_lazy("after_login")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "Your password is changed. You were signed out everywhere else.")
        return response


def _asked_too_often(request: HttpRequest, form: AskForm, again_at: datetime) -> HttpResponse:
    """Says nothing about this request: so many came from one place, whatever was in them."""
    form.add_error(
        None,
        f"Too many requests came from where you are. Try again {limits.in_words(again_at)}, or write to "
        f"{settings.CONTACT_EMAIL}.",
    )
    return retry_after(render(request, "registration/ask.html", {"form": form}, status=429), again_at)


def _why_dead(invited: Invitation | None) -> str:
    if invited is None:
        return "We do not know this link. A newer invitation replaces it, or a part of it got lost on the way."
    if invited.accepted_at:
        return "This invitation was used already. Sign in with your e-mail address and the password that you chose."
    if invited.revoked_at:
        return "OMB took this invitation back."
    return f"This invitation was valid until {letters.day(invited.expires_at)}."


def _dead_link(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "registration/dead_link.html", {"why": why}, status=410)
