"""Attempts at what may be done only so often. They are no record of what happened: reporting.limits deletes them as
soon as they no longer count.
"""

from django.db import models
from django.utils import timezone


class Attempt(models.Model):
    """`key`: SHA-256 of who tries; a hash, because people type passwords where their name belongs."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "key", "at"], name="attempt_of_one"),
            models.Index(fields=["kind", "at"], name="attempt_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
