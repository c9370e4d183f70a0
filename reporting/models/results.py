"""The figures of a submission: surveys with their volumes, answers per domain, operational metrics, index scores.

Counts are stored, scores never are. Once the submission is published no row here can change (reporting/triggers.py).
"""

from django.db import models
from django.db.models import F, Q

from hisps.models import Hisp, Service, Touchpoint
from reporting.domains import channel_choices, question_choices, scale_choices
from reporting.models.quarters import Quarter
from reporting.models.submissions import Submission
from reporting.scoring import MOST_PEOPLE, Tally


class TouchpointReport(models.Model):
    """One survey of a submission: a service at a touchpoint over a channel, with its volumes (NULL: unknown)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reports")
    order = models.PositiveSmallIntegerField(default=0)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reports")
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="reports")
    channel = models.CharField(max_length=30, choices=channel_choices, blank=True)
    service_provided = models.TextField(blank=True)
    transaction_point = models.TextField(blank=True)
    customers = models.BigIntegerField(null=True, blank=True)
    offered = models.BigIntegerField(null=True, blank=True)
    respondents = models.BigIntegerField(null=True, blank=True)
    volume_notes = models.JSONField(default=dict, blank=True, help_text="Why a volume is unknown, by field.")
    control_number = models.CharField(max_length=9, blank=True, help_text="OMB control number, NNNN-NNNN.")
    control_number_typed = models.CharField(max_length=200, blank=True)
    collection_url = models.TextField(blank=True)
    scale = models.CharField(max_length=20, choices=scale_choices, default="five_point")
    conversion = models.TextField(blank=True)
    publishable = models.BooleanField(default=True)
    publishable_reason = models.TextField(blank=True)
    metrics_text = models.TextField(blank=True)
    omb_rating = models.CharField(max_length=10, blank=True, help_text="OMB’s rating in the published history.")
    unanswered = models.JSONField(
        default=list, blank=True, help_text="Questions without answers: domain, no_data, wording, notes."
    )
    source = models.CharField(max_length=60, blank=True, help_text="Where the row stood in the upload.")

    class Meta:
        ordering = ["submission", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "service", "touchpoint", "channel"], name="report_survey_unique"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, MOST_PEOPLE)}),
                    name=f"report_{field}_in_range",
                )
                for field in ("customers", "offered", "respondents")
            ),
            models.CheckConstraint(
                condition=Q(respondents__isnull=True) | Q(offered__isnull=True) | Q(respondents__lte=F("offered")),
                name="report_respondents_were_offered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint} ({self.submission})"


class DomainResult(models.Model):
    """The five counts of one question of a survey. A question without answers has no row: see `unanswered`."""

    report = models.ForeignKey(TouchpointReport, on_delete=models.CASCADE, related_name="results")
    domain = models.CharField(max_length=20, choices=question_choices)
    wording = models.TextField(blank=True, help_text="The question as asked.")
    n1 = models.BigIntegerField(help_text="Strongly disagree.")
    n2 = models.BigIntegerField()
    n3 = models.BigIntegerField()
    n4 = models.BigIntegerField()
    n5 = models.BigIntegerField(help_text="Strongly agree.")
    notes = models.TextField(blank=True)
    published_score = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="As OMB printed it; for comparison only.",
    )
    source = models.CharField(max_length=60, blank=True, help_text="Where the counts stood in the upload.")

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "domain"], name="result_domain_unique"),
            *(
                models.CheckConstraint(condition=Q(**{f"n{i}__range": (0, MOST_PEOPLE)}), name=f"result_n{i}_in_range")
                for i in range(1, 6)
            ),
            models.CheckConstraint(
                condition=Q(n1__gt=0) | Q(n2__gt=0) | Q(n3__gt=0) | Q(n4__gt=0) | Q(n5__gt=0),
                name="result_has_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_domain_display()}: {self.tally.counts}"

    @property
    def tally(self) -> Tally:
        return Tally(self.n1, self.n2, self.n3, self.n4, self.n5)


class OperationalMetric(models.Model):
    """A named operational figure with its unit, such as 48 (million) online transactions."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="metrics")
    order = models.PositiveSmallIntegerField(default=0)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="metrics")
    name = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=100, blank=True)
    footnote = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "name", "service"], name="metric_unique"),
            models.UniqueConstraint(
                fields=["submission", "name"],
                condition=Q(service__isnull=True),
                name="metric_unique_without_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.unit}".strip()


class IndexScore(models.Model):
    """A score on a scale of its own, 0 to `scale_maximum`; never mixed with 1 to 5 scores."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="indexes")
    order = models.PositiveSmallIntegerField(default=0)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="indexes")
    name = models.CharField(max_length=300)
    covers = models.TextField(blank=True, help_text="The one service it measures, or what a reported average is of.")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    scale_maximum = models.DecimalField(max_digits=20, decimal_places=4, default=100)
    threshold = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    threshold_label = models.CharField(max_length=100, blank=True, help_text="Such as “excellent”.")
    footnote = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(value__lte=F("scale_maximum")), name="index_value_on_its_scale"
            ),
            models.CheckConstraint(condition=Q(scale_maximum__gt=0), name="index_scale_above_0"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} of {self.scale_maximum}"


class SupportingDocument(models.Model):
    """A document that belongs to a HISP's quarter: an action plan, an analytics report, a conversion note."""

    class Kind(models.TextChoices):
        ACTION_PLAN = "action_plan", "Action plan"
        ANALYTICS = "analytics", "Analytics report"
        CONVERSION = "conversion", "Conversion note"
        OTHER = "other", "Other"

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="documents", verbose_name="HISP")
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, help_text="A public https address.")

    class Meta:
        ordering = ["hisp", "quarter", "title"]

    def __str__(self) -> str:
        return self.title
