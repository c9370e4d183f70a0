"""The log: one event for each act, append-only, chained by hash. Only reporting.events writes it."""

from datetime import UTC
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hisps.models import Hisp
from reporting import chain
from reporting.models.quarters import Quarter
from reporting.models.submissions import Submission


class Event(models.Model):
    """What happened: to a submission, to what is expected, to a person. Append-only: triggers refuse change, deletion,
    and what does not follow the last event."""

    quarter = models.ForeignKey(Quarter, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    hisp = models.ForeignKey(
        Hisp,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name="HISP",
    )
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    transition = models.CharField("act", max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    note = models.TextField(blank=True)
    address = models.GenericIPAddressField(
        null=True, blank=True, unpack_ipv4=True, help_text="From where; empty for commands."
    )
    request_id = models.CharField(max_length=64, blank=True, help_text="As in the server’s log, or the command.")
    before = models.JSONField(default=dict, blank=True, help_text="What the act changed, as it was.")
    after = models.JSONField(default=dict, blank=True, help_text="What the act changed, as it became.")
    previous_hash = models.CharField(max_length=64, unique=True, help_text="Of the event before; empty for the first.")
    hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of all this and the hash before.")

    class Meta:
        ordering = ["pk"]  # the order of the chain, also when a clock was set back
        # For the newest act on a quarter, however many sign-ins came after it: public pages ask for that all the time.
        indexes = [models.Index(fields=["id"], condition=Q(quarter__isnull=False), name="event_of_a_quarter")]

    def __str__(self) -> str:
        return f"{self.transition} at {self.at:%Y-%m-%d %H:%M}"

    def facts(self) -> dict[str, Any]:
        """Everything that is sealed, in a form that both databases give back as it was."""
        return {
            "quarter": self.quarter_id,
            "hisp": self.hisp_id,
            "submission": self.submission_id,
            "transition": self.transition,
            "from_state": self.from_state,
            "to_state": self.to_state,
            "by": self.by_id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "note": self.note,
            "address": ip_address(self.address).compressed if self.address else None,
            "request_id": self.request_id,
            "before": self.before,
            "after": self.after,
        }

    def changes(self) -> list[dict[str, Any]]:
        """Name, before and after of each thing that the act changed."""
        return [
            {"name": name.replace("_", " "), "before": self.before.get(name), "after": self.after.get(name)}
            for name in {**self.before, **self.after}
        ]

    def follow(self, previous_hash: str) -> None:
        self.previous_hash = previous_hash
        self.hash = chain.seal(previous_hash, self.facts())
