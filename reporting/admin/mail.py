"""The outbox, to be looked at, and a preview of every mail. Bodies are not shown: some hold one-time links."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from reporting import letters, outbox, samples
from reporting.admin.pages import ReadOnly, found, page
from reporting.filters import QuartersFilter, WrittenFilter
from reporting.models import Mail


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "Waiting"),
            ("failing", "Tried in vain"),
            ("given-up", "Given up"),
            ("sent", "Sent"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.value() == "waiting":
            return queryset.waiting()
        if self.value() == "failing":
            return queryset.failing()
        if self.value() == "given-up":
            return queryset.given_up()
        return queryset.filter(sent_at__isnull=False) if self.value() == "sent" else queryset


class KindFilter(admin.SimpleListFilter):
    """By topic, and the topic that is chosen by kind."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        choices = []
        for slug, topic in letters.TOPICS.items():
            choices.append((slug, topic.words))
            if self.value() in (slug, *topic.kinds):
                choices += [(kind, f"– {words}") for kind, words in topic.kinds.items()]
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        if not wanted:
            return queryset
        return queryset.filter(kind__in=letters.TOPICS[wanted].kinds if wanted in letters.TOPICS else [wanted])


@admin.register(Mail)
class MailAdmin(ReadOnly):
    list_display = ["subject", "kind_words", "to", "about", "state", "attempts", "last_error"]
    list_filter = [StateFilter, WrittenFilter, KindFilter, QuartersFilter]
    nothing = "No mail was written yet."
    list_select_related = ["quarter", "hisp", "person"]
    list_per_page = 50
    search_fields = ["to", "subject", "hisp__name", "hisp__slug"]
    search_help_text = "Search by address, subject or HISP"
    actions = ["try_again_selected"]
    fields = ["subject", "kind_words", "to", "about", "state", "attempts", "last_error", "created_at"]
    readonly_fields = ["kind_words", "about", "state"]
    change_form_template = "admin/reporting/mail/page.html"
    change_list_template = "admin/reporting/mail/list.html"

    @admin.display(description="kind", ordering="kind")
    def kind_words(self, mail: Mail) -> str:
        return letters.WORDS.get(mail.kind, mail.kind.replace("_", " ").capitalize())

    @admin.display(description="about")
    def about(self, mail: Mail) -> str:
        return ", ".join(str(part) for part in (mail.hisp, mail.quarter) if part)

    @admin.display(description="state", ordering="sent_at")
    def state(self, mail: Mail) -> str:
        if mail.sent_at:
            return f"Sent {_at(mail.sent_at)}"
        if mail.is_given_up:
            return "Given up"
        return f"Waiting; tried again {_at(mail.not_before)}" if mail.attempts else "Waiting"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("previews/", wrap(self.previews_view), name="reporting_mail_previews"),
            path("<int:pk>/try-again/", wrap(self.try_again_view), name="reporting_mail_try_again"),
        ]
        return [*own, *super().get_urls()]

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reporting.change_mail")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        mail = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if mail is not None and mail.sent_at is None and self.has_retry_permission(request):
            context = {"why_not": outbox.why_not(mail)} if mail.is_emptied else {"may_retry": True}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def previews_view(self, request: HttpRequest) -> HttpResponse:
        """Every kind of mail, with made-up facts."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = [
            (topic.words, [(kind, words, *samples.letter(kind)) for kind, words in topic.kinds.items()])
            for topic in letters.TOPICS.values()
        ]
        context = {"title": "What the mails say", "topics": shown}
        return page(self, request, "admin/reporting/mail/previews.html", context)

    def try_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        mail = found(self, request, pk)
        if not self.has_retry_permission(request):
            raise PermissionDenied
        self._try_again(request, [mail])
        return HttpResponseRedirect(reverse("admin:reporting_mail_change", args=[mail.pk]))

    @admin.action(description="Try again", permissions=["retry"])
    def try_again_selected(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        self._try_again(request, list(queryset.select_related("person")))

    def _try_again(self, request: HttpRequest, mails: list[Mail]) -> None:
        waiting = [mail for mail in mails if mail.sent_at is None and not mail.is_emptied]
        for mail in waiting:
            outbox.try_again(mail)
        if waiting:
            count = "1 mail is" if len(waiting) == 1 else f"{len(waiting)} mails are"
            self.message_user(request, f"{count} tried again at the next run, within a minute or two.")
        for sentence in dict.fromkeys(outbox.why_not(mail) for mail in mails if mail not in waiting):
            self.message_user(request, sentence, messages.WARNING)


def _at(moment: Any) -> str:
    return f"{timezone.localtime(moment):%b %-d, %Y, %-I:%M %p %Z}"
