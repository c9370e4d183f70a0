"""How people come in: an administrator invites them, or they ask and she says yes.

Of a one-time link only the hash of its token is kept here. The link itself stands in its mail until that is sent or
given up (reporting/outbox.py), and nowhere else.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hisps.models import Hisp


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither used nor revoked; it may have expired, and can be sent again."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """To report for HISPs, or to review at OMB; the link to set a password goes to the address alone."""

    email = models.EmailField()
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150, blank=True)
    hisps = models.ManyToManyField(Hisp, blank=True, related_name="invitations", verbose_name="HISPs")
    reviews = models.BooleanField(default=False, help_text="To review at OMB, instead of reporting for HISPs.")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, person__isnull=True)
                | Q(accepted_at__isnull=False, person__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def is_valid(self, now: datetime | None = None) -> bool:
        return not (self.accepted_at or self.revoked_at) and (now or timezone.now()) <= self.expires_at


class AccessRequest(models.Model):
    """Somebody with an address of the department asks to report for a HISP. Waits for an administrator once the
    address was confirmed."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="access_requests", verbose_name="HISP")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(help_text="Until when the address can be confirmed.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    granted = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "request for access"
        verbose_name_plural = "requests for access"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False, confirmed_at__isnull=False),
                name="access_request_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email}) for {self.hisp}"

    @property
    def waits(self) -> bool:
        return self.confirmed_at is not None and self.decided_at is None
