"""Uploads, the submissions made from them, what the checks found in them and what people said to them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models.publications import Publication
from reporting.models.quarters import Quarter
from reporting.workbook.cells import Problem


class Upload(models.Model):
    """A file as it was received, with what the checks said. Kept even when refused; never changed."""

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", "Workbook"
        HISTORY = "history", "Published history"

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Refused"
        ACCEPTED = "accepted", "Accepted"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.WORKBOOK)
    hisp = models.ForeignKey(
        Hisp, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads", verbose_name="HISP"
    )
    quarter = models.ForeignKey(Quarter, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads")
    file = models.FileField(upload_to="%Y/%m/", max_length=300)
    name = models.CharField(max_length=255, help_text="The file’s name on the sender’s computer.")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    template_version = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    report = models.JSONField(default=list, blank=True, help_text="Every problem that was found.")
    grid = models.JSONField(
        default=dict,
        blank=True,
        help_text="The rows around the problems, as reporting.workbook.sheetview keeps them; empty if unreadable.",
    )
    rules_version = models.CharField(max_length=20, blank=True, help_text="Of the checks that made the report.")
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
        help_text="The upload whose values were corrected in the browser; empty for a file that was sent.",
    )
    corrections = models.JSONField(
        default=list, blank=True, help_text="What was corrected: a list of sheet, cell, old and new text."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.at:%Y-%m-%d})"

    @property
    def problems(self) -> list[Problem]:
        return [Problem.from_dict(each) for each in self.report]

    @property
    def can_be_annotated(self) -> bool:
        """Whether there is something to mark, in a workbook that could be read."""
        return self.kind == self.Kind.WORKBOOK and bool(self.report) and bool(self.grid)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def published(self) -> "SubmissionQuerySet":
        return self.filter(state=Submission.State.PUBLISHED)

    def open(self) -> "SubmissionQuerySet":
        """In work: the one draft, submitted or approved revision of its HISP and quarter."""
        return self.filter(state__in=Submission.OPEN_STATES)

    def for_quarter(self, quarter: FiscalQuarter) -> "SubmissionQuerySet":
        return self.filter(quarter__fiscal_year=quarter.fiscal_year, quarter__number=quarter.number)


class Submission(models.Model):
    """One revision of what a HISP reports for a quarter. Its state changes only through reporting.review."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.APPROVED)
    FROZEN_STATES = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)
    ONCE_PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED)  # withdrawn figures are shown nowhere

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="submissions", verbose_name="HISP")
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="submissions")
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="submissions")

    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    reflection = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    revision_note = models.TextField(blank=True, help_text="What changed since the revision before.")

    indicator_override = models.CharField(max_length=10, blank=True)
    indicator_reason = models.TextField(blank=True)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    review_begun_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions"
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was superseded or withdrawn.")
    ended_in = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="ended_submissions"
    )
    public_note = models.TextField(blank=True, help_text="Why it was corrected or withdrawn; public.")
    lock_version = models.PositiveIntegerField(default=0)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter__fiscal_year", "-quarter__number", "hisp__name", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["hisp", "quarter", "revision"], name="submission_revision_unique"),
            models.UniqueConstraint(
                fields=["hisp", "quarter"],
                condition=Q(state__in=["draft", "submitted", "approved"]),
                name="submission_one_open",
            ),
            models.UniqueConstraint(
                fields=["hisp", "quarter"], condition=Q(state="published"), name="submission_one_published"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="submission_revision_from_1"),
            models.CheckConstraint(
                condition=Q(revision=1) | Q(state="draft") | ~Q(revision_note=""),
                name="submission_revision_has_a_note",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(~Q(state="draft"), submitted_at__isnull=False),
                name="submission_submitted_stamp",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], reviewed_at__isnull=True)
                | Q(~Q(state__in=["draft", "submitted"]), reviewed_at__isnull=False),
                name="submission_reviewed_stamp",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["published", "superseded", "withdrawn"], published_at__isnull=False)
                | Q(~Q(state__in=["published", "superseded", "withdrawn"]), published_at__isnull=True),
                name="submission_published_stamp",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["superseded", "withdrawn"], ended_at__isnull=False)
                | Q(~Q(state__in=["superseded", "withdrawn"]), ended_at__isnull=True),
                name="submission_ended_stamp",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["published", "superseded", "withdrawn"],
                    published_at__isnull=False,
                    publication__isnull=False,
                )
                | Q(~Q(state__in=["published", "superseded", "withdrawn"]), publication__isnull=True),
                name="submission_published_in_a_publication",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, ended_in__isnull=False)
                | Q(ended_at__isnull=True, ended_in__isnull=True),
                name="submission_ended_in_a_publication",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(public_note=""),
                name="submission_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(reviewed_by=F("submitted_by")),
                name="submission_reviewer_did_not_submit",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(uploaded_by__isnull=True) | ~Q(reviewed_by=F("uploaded_by")),
                name="submission_reviewer_did_not_upload",
            ),
            models.CheckConstraint(
                condition=Q(indicator_override="") | ~Q(indicator_reason=""),
                name="submission_override_has_a_reason",
            ),
        ]
        permissions = [
            ("review_submission", "Can approve submissions"),
            ("return_submission", "Can return submissions for changes"),
            ("publish_submission", "Can publish and withdraw submissions"),
        ]

    def __str__(self) -> str:
        return f"{self.hisp}, {self.quarter}, revision {self.revision}"


class Finding(models.Model):
    """What a check found in a submission, kept with it; with the reporter's explanation where one was needed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    sheet = models.CharField(max_length=100, blank=True)
    cell = models.CharField(max_length=60, blank=True)
    label = models.TextField(blank=True)
    found = models.TextField()
    expected = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    related = models.JSONField(default=list, blank=True)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.found}"

    @property
    def message(self) -> str:
        return f"{self.found} {self.fix}".strip()


class Comment(models.Model):
    """A remark of a reviewer or reporter on a submission or on one cell of it; open until settled."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    cell = models.CharField(max_length=60, blank=True, help_text="Such as Responses!H14; blank for the whole.")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
