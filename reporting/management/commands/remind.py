"""Writes the mails of the day: reminders to HISPs whose figures are missing, and the digest for reviewers. For cron,
once a day or oftener: each mail is written once. `send_mail` then sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from reporting import deadlines
from reporting.models import Mail


class Command(BaseCommand):
    help = "Writes the reminders of today and the reviewers’ digest into the outbox. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        before = Mail.objects.count()
        deadlines.remind()
        self.stdout.write(f"{Mail.objects.count() - before} mails were written; send_mail sends them.")
