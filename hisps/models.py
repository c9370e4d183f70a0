"""WHO exists: departments, their High Impact Service Providers, the services and touchpoints, and who reports.

Reference data, kept by the OMB administrator. Nothing is deleted: what ends gets a last day. Every change is kept by
django-simple-history.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from hisps import names


class Department(models.Model):
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=20, unique=True, help_text="Such as VA; starts the HISP’s slug.")
    slug = models.SlugField(max_length=40, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class HispQuerySet(models.QuerySet["Hisp"]):
    def designated(self, first_day: date, last_day: date) -> "HispQuerySet":
        """HISPs designated on at least one day of the period; each once."""
        in_period = Designation.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=first_day), first_day__lte=last_day
        )
        return self.filter(pk__in=in_period.values("hisp"))

    def reported_by(self, user: Any) -> "HispQuerySet":
        """The HISPs that this user reports for."""
        return self.filter(memberships__user_id=user.pk, memberships__user__is_active=True)


class Hisp(models.Model):
    """A High Impact Service Provider: the unit that reports each quarter."""

    slug = models.SlugField(max_length=60, unique=True, help_text="Department and provider, such as va-vha.")
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=20, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="hisps")
    mission = models.TextField(blank=True)

    objects = HispQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "HISP"
        verbose_name_plural = "HISPs"
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="hisp_name_unique_in_department"),
        ]

    def __str__(self) -> str:
        return self.name


class OtherName(models.Model):
    """Another name under which a HISP was or is published, so that files of any year find it."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hisp", "key"], name="other_name_unique")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = names.key(self.name)
        super().save(*args, **kwargs)


class Designation(models.Model):
    """From when to when a HISP was designated, and under which department."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="designations")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="designations")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True, help_text="Leave blank while the designation lasts.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["hisp", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["hisp", "first_day"], name="designation_unique"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="designation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hisp} from {self.first_day}"


class Service(models.Model):
    """A designated service of a HISP."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True)
    last_day = models.DateField(null=True, blank=True, help_text="Leave blank while the service is designated.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hisp", "name"], name="service_name_unique_in_hisp")]

    def __str__(self) -> str:
        return self.name


class Touchpoint(models.Model):
    """Where a service is surveyed: what was provided, at which transaction point, over which channel."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="touchpoints")
    name = models.CharField(max_length=500, help_text="The service provided, as the surveys name it.")
    key = models.CharField(max_length=500, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["service", "key"], name="touchpoint_unique_in_service")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = names.key(self.name)
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A user reports for a HISP."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="memberships")

    history = HistoricalRecords()

    class Meta:
        ordering = ["hisp", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "hisp"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.user} reports for {self.hisp}"
