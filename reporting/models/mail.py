"""The outbox: every mail that was promised, and what became of it. The row is the promise: it is written in the
transaction of the act that it tells of, and `manage.py send_mail` keeps it later (reporting/outbox.py)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hisps.models import Hisp
from reporting.models.quarters import Quarter
from reporting.models.submissions import Submission

TAKEN_BACK = "Its link no longer opens anything."
MOST_ATTEMPTS = 10  # after two days, with the pauses of reporting/outbox.py


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)

    def due(self, now: datetime) -> "MailQuerySet":
        """To be sent now, the oldest first."""
        return self.waiting().filter(not_before__lte=now).order_by("not_before", "pk")

    def given_up(self) -> "MailQuerySet":
        return self.filter(sent_at__isnull=True, attempts__gte=MOST_ATTEMPTS)

    def failing(self) -> "MailQuerySet":
        """Tried in vain, and not taken back on purpose."""
        return self.filter(sent_at__isnull=True, attempts__gt=0).exclude(last_error=TAKEN_BACK)


class Mail(models.Model):
    """One message to one address. `key` names the notice and its recipient, so that each goes once."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True, help_text="Such as due-3:2021-q3:va-vha:2021-07-30:user7.")
    to = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    subject = models.CharField(max_length=255)
    body = models.TextField(
        blank=True, help_text="Emptied when it held a one-time link and was sent, given up or taken back."
    )

    quarter = models.ForeignKey(Quarter, null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    hisp = models.ForeignKey(
        Hisp, null=True, blank=True, on_delete=models.PROTECT, related_name="mails", verbose_name="HISP"
    )
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="mails")

    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "mail"
        verbose_name_plural = "mails"
        indexes = [models.Index(fields=["not_before"], name="mail_to_send", condition=Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.subject} (to {self.to or 'nobody'})"

    @property
    def is_given_up(self) -> bool:
        return self.sent_at is None and self.attempts >= MOST_ATTEMPTS

    @property
    def is_emptied(self) -> bool:
        """It held a one-time link and will not be sent any more."""
        return self.sent_at is None and not self.body
