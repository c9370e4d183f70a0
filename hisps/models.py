"""WHO exists: departments, their High Impact Service Providers, the services and touchpoints, and who reports.

Reference data, kept by the OMB administrator. Nothing is deleted: what ends gets a last day. Every change is kept by
django-simple-history.
"""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from hisps import names, roles

_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
RENAMED = "The name until it was renamed"


class Renamable(models.Model):
    """A name that is replaced stays known as another name, whoever replaces it: the admin, an import, the shell."""

    name: models.CharField
    other_names: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            former = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            saved = kwargs.get("update_fields")
            if former is not None and (saved is None or "name" in saved):
                self._remember(former.name)

    def _remember(self, former: str) -> None:
        key = names.key(former)
        if key != names.key(self.name) and not self.other_names.filter(key=key).exists():
            other = self.other_names.model(**{self.other_names.field.name: self}, name=former)
            other._change_reason = RENAMED
            other.save()


class Keyed(models.Model):
    """`key` is what all spellings of the name have in common; no two rows of one owner share it."""

    name: models.CharField
    key = models.CharField(max_length=names.LONGEST_KEY, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = names.key(self.name)
        super().save(*args, **kwargs)


def _refuse_twin(instance: Any, siblings: models.QuerySet[Any]) -> None:
    """Before the database does: another spelling of a name that is there already. The name gets single spaces."""
    instance.name = names.spaced(instance.name)
    key = names.key(instance.name)
    twin = next((other for other in siblings.exclude(pk=instance.pk) if names.key(other.name) == key), None)
    if twin is not None:
        raise ValidationError({"name": f"“{twin.name}” is there already; another spelling of it is no other name."})


class Department(models.Model):
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=20, unique=True, help_text="Such as VA; starts the HISP’s slug.")
    slug = models.SlugField(max_length=40, unique=True)
    mail_domains = models.TextField(
        blank=True,
        help_text="Domains of its people’s addresses, one in a line, such as va.gov. They may ask for access.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        domains = [line.strip().lower().lstrip("@") for line in self.mail_domains.splitlines() if line.strip()]
        odd = next((domain for domain in domains if not _DOMAIN.fullmatch(domain)), None)
        if odd is not None:
            raise ValidationError(
                {"mail_domains": f"“{odd}” is not a domain. Write each in a line of its own: va.gov"}
            )
        self.mail_domains = "\n".join(dict.fromkeys(domains))


class HispQuerySet(models.QuerySet["Hisp"]):
    def designated(self, first_day: date, last_day: date) -> "HispQuerySet":
        """HISPs designated on at least one day of the period; each once."""
        in_period = Designation.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=first_day), first_day__lte=last_day
        )
        return self.filter(pk__in=in_period.values("hisp"))

    def reported_by(self, user: Any) -> "HispQuerySet":
        """The HISPs that this user reports for today."""
        return self.filter(pk__in=Membership.objects.current().filter(user=user.pk).values("hisp"))


class Hisp(Renamable):
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

    def clean(self) -> None:
        _refuse_twin(self, Hisp.objects.filter(department=self.department_id))


class OtherName(Keyed):
    """Another name under which a HISP was or is published, so that files of any year find it."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="other_names", verbose_name="HISP")
    name = models.CharField(max_length=200)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hisp", "key"], name="other_name_unique")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _refuse_twin(self, OtherName.objects.filter(hisp=self.hisp_id))


class Designation(models.Model):
    """From when to when a HISP was designated, and under which department."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="designations", verbose_name="HISP")
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


class Service(Renamable):
    """A designated service of a HISP."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="services", verbose_name="HISP")
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True)
    last_day = models.DateField(null=True, blank=True, help_text="Leave blank while the service is designated.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["hisp", "name"], name="service_name_unique_in_hisp")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _refuse_twin(self, Service.objects.filter(hisp=self.hisp_id))


class OtherServiceName(Keyed):
    """Another name under which a service was or is published."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = "other name"
        constraints = [models.UniqueConstraint(fields=["service", "key"], name="other_service_name_unique")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _refuse_twin(self, OtherServiceName.objects.filter(service=self.service_id))


class Touchpoint(Keyed):
    """Where a service is surveyed: what was provided, at which transaction point, over which channel."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="touchpoints")
    name = models.CharField(max_length=500, help_text="The service provided, as the surveys name it.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["service", "key"], name="touchpoint_unique_in_service")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _refuse_twin(self, Touchpoint.objects.filter(service=self.service_id))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def lasting(self) -> "MembershipQuerySet":
        """Not ended by today."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=timezone.localdate()))

    def current(self) -> "MembershipQuerySet":
        """Of people who may sign in."""
        return self.lasting().filter(user__is_active=True)


class Membership(models.Model):
    """A user reports for a HISP, and so does not work at OMB’s desk (hisps/triggers.py holds it too)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="memberships", verbose_name="HISP")
    last_day = models.DateField(null=True, blank=True, help_text="Leave blank while this person reports for the HISP.")

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["hisp", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "hisp"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.user} reports for {self.hisp}"

    @property
    def has_ended(self) -> bool:
        return self.last_day is not None and self.last_day < timezone.localdate()

    def clean(self) -> None:
        if self.user_id and not self.has_ended and roles.is_omb(self.user):
            raise ValidationError(f"{self.user} works at OMB’s review desk, so {self.user} cannot report for a HISP.")
