"""The queries for published figures: one for each kind of row, however many submissions there are."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from dashboards import providers
from dashboards.providers import Row
from reporting.fiscal import FiscalQuarter
from reporting.models import (
    DomainResult,
    Expectation,
    Finding,
    IndexScore,
    OperationalMetric,
    Submission,
    TouchpointReport,
)
from reporting.workbook.cells import EXPLAIN
from reporting.workbook.rules.public import PUBLIC

SURVEY_FIELDS = (
    "service_provided",
    "transaction_point",
    "channel",
    "customers",
    "offered",
    "respondents",
    "control_number",
    "collection_url",
    "scale",
    "conversion",
    "publishable",
    "publishable_reason",
    "metrics_text",
)


def submissions(of: "QuerySet[Submission]") -> Iterable[Row]:
    """Oldest quarter first; one row per designation of the HISP. `first_submitted_at`: of any revision."""
    submitted = Submission.objects.filter(
        hisp=OuterRef("hisp"), quarter=OuterRef("quarter"), submitted_at__isnull=False
    ).order_by("submitted_at")
    expectations = Expectation.objects.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"))
    return (
        of.order_by("quarter__fiscal_year", "quarter__number", *providers.ORDER)
        .annotate(
            extended_to=Subquery(expectations.values("extended_to")[:1]),
            first_submitted_at=Subquery(submitted.values("submitted_at")[:1]),
        )
        .values(
            *providers.FIELDS,
            "quarter__fiscal_year",
            "quarter__number",
            "quarter__due_at",
            "extended_to",
            "revision",
            "first_submitted_at",
            "published_at",
            "publication__number",
            "upload__name",
            "upload__sha256",
            "reflection",
            "indicator_override",
            "indicator_reason",
        )
    )


def revisions(of: "QuerySet[Submission]") -> Iterable[Row]:
    """Without figures. Oldest quarter first, then by HISP and revision; one row per designation of the HISP."""
    by_place = ("quarter__fiscal_year", "quarter__number", "hisp__name", "hisp", "revision")
    return of.order_by(*by_place, *providers.ORDER).values(
        *providers.FIELDS,
        "quarter__fiscal_year",
        "quarter__number",
        "revision",
        "state",
        "published_at",
        "publication__number",
        "ended_at",
        "ended_in__number",
        "public_note",
    )


def expectations(of: "QuerySet[Expectation]") -> Iterable[Row]:
    """With `in_review`: OMB has or had figures that it has not published. One row per designation of the HISP."""
    unpublished = Submission.objects.filter(
        hisp=OuterRef("hisp"),
        quarter=OuterRef("quarter"),
        state__in=[Submission.State.SUBMITTED, Submission.State.APPROVED, Submission.State.RETURNED],
    )
    return (
        of.order_by(*providers.ORDER)
        .annotate(in_review=Exists(unpublished))
        .values(
            *providers.FIELDS,
            "quarter__due_at",
            "extended_to",
            "not_reporting",
            "not_reporting_reason",
            "in_review",
        )
    )


def reports(of: "QuerySet[Submission]", *, of_all_revisions: bool = False) -> Iterable[Row]:
    """`of_all_revisions`: and those of every other revision of the same HISPs' quarters that is or was public."""
    if of_all_revisions:
        same_place = of.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"))
        of = Submission.objects.filter(Exists(same_place), state__in=Submission.FROZEN_STATES)
    return (
        TouchpointReport.objects.filter(submission__in=of.values("pk"))
        .order_by("order", "pk")
        .values(
            "pk",
            "submission",
            "submission__hisp__slug",
            "submission__quarter",
            "submission__revision",
            "service__slug",
            "service__name",
            "touchpoint",
            "volume_notes",
            "unanswered",
            *SURVEY_FIELDS,
        )
    )


def results(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        DomainResult.objects.filter(report__submission__in=of.values("pk"))
        .order_by()
        .values("report", "domain", "wording", "notes", "n1", "n2", "n3", "n4", "n5")
    )


def metrics(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        OperationalMetric.objects.filter(submission__in=of.values("pk"))
        .order_by("order", "pk")
        .values("submission", "name", "value", "unit", "footnote", "service__name")
    )


def indexes(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        IndexScore.objects.filter(submission__in=of.values("pk"))
        .order_by("order", "pk")
        .values(
            "submission",
            "name",
            "value",
            "scale_maximum",
            "threshold",
            "threshold_label",
            "footnote",
            "covers",
            "service__name",
        )
    )


def findings(hisp: str, quarter: FiscalQuarter, revision: int) -> Iterable[Row]:
    """Those that the public may read, of one revision that is or was public."""
    of = Submission.objects.for_quarter(quarter).filter(
        hisp__slug=hisp, revision=revision, state__in=Submission.ONCE_PUBLIC_STATES
    )
    return (
        Finding.objects.filter(submission__in=of.values("pk"), severity=EXPLAIN, rule__in=PUBLIC)
        .order_by("pk")
        .values("rule", "label", "found", "explanation")
    )


def by(key: str, rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped
