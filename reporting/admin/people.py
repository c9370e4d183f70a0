"""Accounts and memberships as hisps.admin shows them, with an event for each change."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from hisps.admin.people import MembershipAdmin, PeopleAdmin
from hisps.models import Membership
from reporting import accounts, recipients

User = get_user_model()


class RecordedPeopleAdmin(PeopleAdmin):
    """The stock views save in a transaction, so what they save and its event stand or fall together."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.was = accounts.stored(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        accounts.record_account(form.instance, by=request.user, before=form.was)
        if form.was.get("is_active") and not form.instance.is_active:
            lasting = Membership.objects.lasting().filter(user=form.instance)
            _warn_of_unreported(self, request, list(lasting.values_list("hisp", flat=True)))

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        before = _password(id)
        response = super().user_change_password(request, id, form_url)
        if _password(id) != before:
            accounts.record_password(User.objects.get(pk=id), by=request.user)
        return response


class RecordedMembershipAdmin(MembershipAdmin):
    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        before = accounts.membership_facts(Membership.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)
        accounts.record_membership(obj, by=request.user, before=before)
        if obj.last_day and before and not before["last_day"]:
            _warn_of_unreported(self, request, [obj.hisp_id])


def _warn_of_unreported(desk: admin.ModelAdmin, request: HttpRequest, hisps: list[int]) -> None:
    for hisp in recipients.unreported(hisps):
        desk.message_user(
            request,
            f"Nobody reports for {hisp} now, and its figures are expected. Invite somebody, or add a membership.",
            messages.WARNING,
        )


def _password(pk: str) -> str | None:
    return User.objects.filter(pk=pk).values_list("password", flat=True).first()


for model, recorded in ((User, RecordedPeopleAdmin), (Membership, RecordedMembershipAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, recorded)
