"""Invitations and requests for access at the desk: sent, sent again, taken back, and answered with one press."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone

from hisps.models import Hisp
from reporting import access_requests, invitations, transitions
from reporting.admin.pages import ReadOnly, found, page
from reporting.letters import day, named
from reporting.models import AccessRequest, Invitation


class InviteForm(forms.Form):
    first_name = forms.CharField(max_length=150, error_messages={"required": "Enter the first name."})
    last_name = forms.CharField(max_length=150, error_messages={"required": "Enter the last name."})
    email = forms.EmailField(
        label="E-mail address",
        max_length=150,
        help_text="The invitation goes there, and it becomes the username.",
        error_messages={"required": "Enter the e-mail address."},
    )
    reviews = forms.TypedChoiceField(
        label="Task",
        choices=[("", "Reports for the HISPs chosen below"), ("yes", "Reviews submissions at OMB")],
        coerce=bool,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    hisps = forms.ModelMultipleChoiceField(
        Hisp.objects.all(), label="HISPs", required=False, widget=forms.CheckboxSelectMultiple
    )


def _asked(form: forms.Form) -> dict[str, Any]:
    return {**form.cleaned_data, "reviews": bool(form.cleaned_data["reviews"])}


class _Acts(ReadOnly):
    """Rows that are acted upon with buttons, each at an address of its own."""

    acts: dict[str, Callable[..., None]]
    done: dict[str, str]

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        info = f"reporting_{self.opts.model_name}"
        own = [
            path(f"<int:pk>/{act}/", wrap(self._view(act)), name=f"{info}_{act.replace('-', '_')}")
            for act in self.acts
        ]
        return [*own, *super().get_urls()]

    def _view(self, act: str) -> Callable[..., HttpResponse]:
        def take(request: HttpRequest, pk: int) -> HttpResponse:
            return self._take(request, act, pk)

        return take

    def _take(self, request: HttpRequest, act: str, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = found(self, request, pk)
        try:
            self.acts[act](row, by=request.user)
        except transitions.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None
        except transitions.Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.message_user(request, self.done[act].format(row), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:reporting_{self.opts.model_name}_changelist"))

    def _may_act(self, request: HttpRequest) -> bool:
        return request.user.has_perm(invitations.PERMISSION)

    def get_list_display(self, request: HttpRequest) -> Any:
        return [*self.list_display, "buttons"] if self._may_act(request) else list(self.list_display)


@admin.register(Invitation)
class InvitationAdmin(_Acts):
    acts = {"send-again": invitations.send_again, "revoke": invitations.revoke}
    done = {"send-again": "{} gets a new link by mail.", "revoke": "The invitation of {} opens nothing any more."}
    list_display = ["name", "address", "task", "state", "who", "invited"]
    list_select_related = ["by"]
    search_fields = ["email", "first_name", "last_name", "hisps__name", "hisps__slug"]
    search_help_text = "Search by person or HISP"
    nothing = "Nobody was invited yet."
    fields = ["name", "address", "task", "state", "who", "invited", "accepted_at", "revoked_at"]
    readonly_fields = ["name", "address", "task", "state", "who", "invited"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).prefetch_related("hisps")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may_act(request)

    @admin.display(description="e-mail address", ordering="email")
    def address(self, invitation: Invitation) -> str:
        return invitation.email

    @admin.display(description="invited by", ordering="by__username")
    def who(self, invitation: Invitation) -> str:
        return named(invitation.by)

    @admin.display(description="invited", ordering="created_at")
    def invited(self, invitation: Invitation) -> datetime:
        return invitation.created_at

    @admin.display(description="task")
    def task(self, invitation: Invitation) -> str:
        if invitation.reviews:
            return "Reviews at OMB"
        return "Reports for " + ", ".join(sorted(str(hisp) for hisp in invitation.hisps.all()))

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return f"Accepted {day(invitation.accepted_at)}"
        if invitation.revoked_at:
            return f"Revoked {day(invitation.revoked_at)}"
        word = "Expired" if invitation.expires_at < timezone.now() else "Valid until"
        return f"{word} {day(invitation.expires_at)}"

    @admin.display(description="change")
    def buttons(self, invitation: Invitation) -> str:
        return render_to_string("admin/reporting/invitation/_buttons.html", {"invitation": invitation})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = {"hisps": request.GET.getlist("hisp")}
        form = InviteForm(request.POST if request.method == "POST" else None, initial=chosen)
        if form.is_bound and form.is_valid():
            try:
                invited = invitations.invite(**_asked(form), by=request.user)
            except transitions.Refused as refused:
                form.add_error(None, str(refused))
            else:
                self.message_user(request, f"{invited} is invited; the mail goes out within a minute or two.")
                return HttpResponseRedirect(reverse("admin:reporting_invitation_changelist"))
        context = {"form": form, "title": "Invite a person"}
        return page(self, request, "admin/reporting/invitation/ask.html", context, 422 if form.errors else 200)


class WaitingFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "Waits for an answer"), ("decided", "Answered"), ("unconfirmed", "Address not confirmed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = {
            "waiting": {"confirmed_at__isnull": False, "decided_at__isnull": True},
            "decided": {"decided_at__isnull": False},
            "unconfirmed": {"confirmed_at__isnull": True},
        }
        return queryset.filter(**wanted.get(self.value() or "", {}))


@admin.register(AccessRequest)
class AccessRequestAdmin(_Acts):
    acts = {"grant": access_requests.grant, "refuse": access_requests.refuse}
    done = {"grant": "Yes to {}; a mail goes out.", "refuse": "No to {}; a mail goes out."}
    list_display = ["name", "address", "hisp", "state", "asked"]
    list_filter = [WaitingFilter]
    list_select_related = ["hisp", "decided_by"]
    search_fields = ["name", "email", "hisp__name", "hisp__slug"]
    search_help_text = "Search by person or HISP"
    nothing = "Nobody asked for access yet."
    fields = ["name", "address", "hisp", "state", "asked", "confirmed_at"]
    readonly_fields = ["address", "state", "asked"]
    actions = None

    @admin.display(description="e-mail address", ordering="email")
    def address(self, asked: AccessRequest) -> str:
        return asked.email

    @admin.display(description="asked", ordering="created_at")
    def asked(self, asked: AccessRequest) -> datetime:
        return asked.created_at

    @admin.display(description="state")
    def state(self, asked: AccessRequest) -> str:
        if asked.decided_at:
            return f"{'Yes' if asked.granted else 'No'}, {day(asked.decided_at)}, by {named(asked.decided_by)}"
        return "Waits for an answer" if asked.confirmed_at else "Address not confirmed"

    @admin.display(description="answer")
    def buttons(self, asked: AccessRequest) -> str:
        return render_to_string("admin/reporting/accessrequest/_buttons.html", {"asked": asked})
