"""What trends read instead of every survey ever reported. Made of published figures, and made anew with them."""

from django.db import models
from django.db.models import Q

from hisps.models import Hisp
from reporting.models.quarters import Quarter


class QuarterTotal(models.Model):
    """The surveys of one quarter added up: of one HISP, or, without a HISP, of the government. A HISP has one for each
    quarter with a published report; reporting.sums keeps them so. Counts only: no score is stored."""

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="totals")
    hisp = models.ForeignKey(
        Hisp, null=True, blank=True, on_delete=models.PROTECT, related_name="totals", verbose_name="HISP"
    )
    figures = models.JSONField(help_text="As reporting.summed writes it.")

    class Meta:
        ordering = ["quarter", "hisp"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "hisp"], name="total_unique_of_hisp"),
            models.UniqueConstraint(
                fields=["quarter"], condition=Q(hisp__isnull=True), name="total_unique_of_government"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hisp or 'Government'}, {self.quarter}"
