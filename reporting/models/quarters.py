"""The quarters that were opened, and what each HISP owes for them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from hisps.models import Hisp
from reporting.fiscal import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalQuarter


class QuarterQuerySet(models.QuerySet["Quarter"]):
    def at(self, quarter: FiscalQuarter) -> "Quarter":
        """The stored row of a fiscal quarter. Raises Quarter.DoesNotExist."""
        return self.get(fiscal_year=quarter.fiscal_year, number=quarter.number)

    def published(self) -> "QuarterQuerySet":
        """Quarters with at least one published submission, newest first."""
        submissions: Any = self.model._meta.get_field(
            "submissions"
        ).related_model  # they know the quarter, not we them
        public = submissions.objects.filter(quarter=OuterRef("pk"), state="published")
        return self.filter(Exists(public)).order_by("-fiscal_year", "-number")

    def open(self) -> "QuarterQuerySet":
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


class Quarter(models.Model):
    """A fiscal quarter that was opened for reporting, or came with published history. Its days are derived."""

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="Blank for quarters that came as history.")
    due_at = models.DateTimeField(help_text="End of the due day in US Eastern.")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = QuarterQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="quarter_unique"),
            models.CheckConstraint(condition=Q(number__range=(1, 4)), name="quarter_is_1_to_4"),
            models.CheckConstraint(
                condition=Q(fiscal_year__range=(FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR)),
                name="quarter_year_in_range",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=True) | Q(closed_at__gt=F("opened_at")),
                name="quarter_closes_after_it_opens",
            ),
        ]
        permissions = [("open_quarter", "Can open, close and extend quarters")]

    def __str__(self) -> str:
        return self.fiscal.label

    def clean(self) -> None:
        if self.due_at and timezone.localdate(self.due_at) <= self.fiscal.last_day:
            raise ValidationError({"due_at": f"The due day comes after {self.fiscal.last_day:%B %-d, %Y}."})

    @property
    def fiscal(self) -> FiscalQuarter:
        return FiscalQuarter(self.fiscal_year, self.number)

    @property
    def slug(self) -> str:
        return self.fiscal.slug

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Expectation(models.Model):
    """That a HISP owes figures for a quarter; with an extension or a reason why it will not report, where given."""

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="expectations")
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="expectations", verbose_name="HISP")
    extended_to = models.DateTimeField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    not_reporting = models.BooleanField(default=False)
    not_reporting_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["quarter", "hisp"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "hisp"], name="expectation_unique"),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | ~Q(extension_reason=""), name="extension_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(not_reporting=False) | ~Q(not_reporting_reason=""),
                name="not_reporting_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hisp} for {self.quarter}"

    @property
    def due_at(self) -> datetime:
        return self.extended_to or self.quarter.due_at
