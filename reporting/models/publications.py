"""The acts that change what the public sees, numbered from 1 without a gap; append-only (triggers hold it)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reporting.models.quarters import Quarter


class Publication(models.Model):
    """One act: what it made public has it as `publication`, what it ended as `ended_in`. The highest number tells
    whether anything public has changed."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "Published"
        WITHDRAW = "withdraw", "Withdrawn"
        HISTORY = "history", "Taken from OMB’s published files"

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="Public: why figures were withdrawn, or the file they came from.")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Publication {self.number}"
