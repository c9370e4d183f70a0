"""Published submissions as plain frozen values, read in a fixed number of queries whatever their number.

Nothing else of the dashboards asks the database for figures. Answers of a survey whose clearance forbids publication
stop here: they never reach a page or a file.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hisps.models import Designation
from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import QUESTION_SLUGS
from reporting.fiscal import FiscalQuarter, days_late
from reporting.indicator import Indicator, indicator
from reporting.models import (
    DomainResult,
    Expectation,
    IndexScore,
    OperationalMetric,
    Submission,
    TouchpointReport,
)
from reporting.scoring import Tally

Row = Mapping[str, Any]
_SURVEY_FIELDS = (
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


@dataclass(frozen=True)
class Provider:
    """A HISP, with the department it belonged to in the quarter."""

    slug: str
    name: str
    abbreviation: str
    department: str
    department_slug: str


@dataclass(frozen=True)
class PublishedSurvey:
    """One survey as the public may see it. `touchpoint` tells the same survey in another quarter."""

    hisp: str
    service: str  # slug
    touchpoint: int
    survey: Survey

    @property
    def identity(self) -> tuple[int, str]:
        return (self.touchpoint, self.survey.channel)


@dataclass(frozen=True)
class Published:
    """One published submission."""

    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    submitted_at: datetime
    published_at: datetime
    due_at: datetime
    file_name: str
    sha256: str
    reflection: str
    indicator: Indicator
    surveys: tuple[PublishedSurvey, ...]
    metrics: tuple[Metric, ...]
    indexes: tuple[Index, ...]

    @property
    def days_late(self) -> int:
        return days_late(self.submitted_at, self.due_at)


def read(submissions: "QuerySet[Submission]") -> list[Published]:
    """Everything public about these submissions, oldest first; passes over any that is not published. 5 queries."""
    of = submissions.filter(state=Submission.State.PUBLISHED)
    reports = _by(_reports(of), "submission")
    results = _by(_results(of), "report")
    metrics = _by(_metrics(of), "submission")
    indexes = _by(_indexes(of), "submission")
    return [
        _published(row, reports[row["pk"]], results, metrics[row["pk"]], indexes[row["pk"]])
        for row in _submissions(of)
    ]


def for_quarters(quarters: Iterable[FiscalQuarter]) -> "QuerySet[Submission]":
    """Published submissions of these quarters."""
    found = Submission.objects.none()
    for quarter in quarters:
        found = found | Submission.objects.published().for_quarter(quarter)
    return found


def _submissions(of: "QuerySet[Submission]") -> Iterable[Row]:
    # The department that the HISP was designated under by the time the quarter was due; where no designation is on
    # record, the one it belongs to now.
    designations = Designation.objects.filter(
        hisp=OuterRef("hisp"), first_day__lte=OuterRef("quarter__due_at")
    ).order_by("-first_day")
    expectations = Expectation.objects.filter(hisp=OuterRef("hisp"), quarter=OuterRef("quarter"))
    return (
        of.order_by("quarter__fiscal_year", "quarter__number", "hisp__name")
        .annotate(
            dated_department=Subquery(designations.values("department__name")[:1]),
            dated_department_slug=Subquery(designations.values("department__slug")[:1]),
            extended_to=Subquery(expectations.values("extended_to")[:1]),
        )
        .values(
            "pk",
            "hisp__slug",
            "hisp__name",
            "hisp__abbreviation",
            "hisp__department__name",
            "hisp__department__slug",
            "dated_department",
            "dated_department_slug",
            "quarter__fiscal_year",
            "quarter__number",
            "quarter__due_at",
            "extended_to",
            "revision",
            "submitted_at",
            "published_at",
            "upload__name",
            "upload__sha256",
            "reflection",
            "indicator_override",
            "indicator_reason",
        )
    )


def _reports(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        TouchpointReport.objects.filter(submission__in=of.values("pk"))
        .order_by("order", "pk")
        .values(
            "pk",
            "submission",
            "submission__hisp__slug",
            "service__slug",
            "service__name",
            "touchpoint",
            "volume_notes",
            "unanswered",
            *_SURVEY_FIELDS,
        )
    )


def _results(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        DomainResult.objects.filter(report__submission__in=of.values("pk"))
        .order_by()
        .values("report", "domain", "wording", "notes", "n1", "n2", "n3", "n4", "n5")
    )


def _metrics(of: "QuerySet[Submission]") -> Iterable[Row]:
    return (
        OperationalMetric.objects.filter(submission__in=of.values("pk"))
        .order_by("order", "pk")
        .values("submission", "name", "value", "unit", "footnote", "service__name")
    )


def _indexes(of: "QuerySet[Submission]") -> Iterable[Row]:
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


def _by(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def _published(
    row: Row,
    reports: Sequence[Row],
    results: Mapping[int, Sequence[Row]],
    metrics: Sequence[Row],
    indexes: Sequence[Row],
) -> Published:
    complete = Contents(
        reflection=row["reflection"],
        surveys=tuple(_survey(report, results.get(report["pk"], ())) for report in reports),
        metrics=tuple(_metric(metric) for metric in metrics),
        indexes=tuple(_index(index) for index in indexes),
    )
    return Published(
        hisp=_provider(row),
        quarter=FiscalQuarter(row["quarter__fiscal_year"], row["quarter__number"]),
        revision=row["revision"],
        submitted_at=row["submitted_at"],
        published_at=row["published_at"],
        due_at=row["extended_to"] or row["quarter__due_at"],
        file_name=row["upload__name"],
        sha256=row["upload__sha256"],
        reflection=row["reflection"],
        indicator=_indicator(row, complete),
        surveys=tuple(
            PublishedSurvey(
                hisp=report["submission__hisp__slug"],
                service=report["service__slug"],
                touchpoint=report["touchpoint"],
                survey=_for_the_public(survey),
            )
            for report, survey in zip(reports, complete.surveys, strict=True)
        ),
        metrics=complete.metrics,
        indexes=complete.indexes,
    )


def _provider(row: Row) -> Provider:
    return Provider(
        slug=row["hisp__slug"],
        name=row["hisp__name"],
        abbreviation=row["hisp__abbreviation"],
        department=row["dated_department"] or row["hisp__department__name"],
        department_slug=row["dated_department_slug"] or row["hisp__department__slug"],
    )


def _indicator(row: Row, contents: Contents) -> Indicator:
    if row["indicator_override"]:
        return Indicator(row["indicator_override"], (row["indicator_reason"],))
    return indicator(contents)


def _survey(report: Row, results: Sequence[Row]) -> Survey:
    answered = [
        Question(
            domain=result["domain"],
            wording=result["wording"],
            tally=Tally(result["n1"], result["n2"], result["n3"], result["n4"], result["n5"]),
            notes=result["notes"],
        )
        for result in results
    ]
    silent = [
        Question(
            domain=question["domain"],
            wording=question.get("wording", ""),
            no_data=question.get("no_data") or "not_asked",
            notes=question.get("notes", ""),
        )
        for question in report["unanswered"]
    ]
    return Survey(
        service=report["service__name"],
        volume_notes=report["volume_notes"],
        questions=tuple(sorted((*answered, *silent), key=lambda question: QUESTION_SLUGS.index(question.domain))),
        **{field: report[field] for field in _SURVEY_FIELDS},
    )


def _for_the_public(survey: Survey) -> Survey:
    if survey.publishable:
        return survey
    hidden = (Question(question.domain, question.wording, no_data="not_publishable") for question in survey.questions)
    return replace(survey, questions=tuple(hidden))


def _metric(row: Row) -> Metric:
    return Metric(row["name"], row["value"], row["unit"], row["service__name"] or "", row["footnote"])


def _index(row: Row) -> Index:
    return Index(
        name=row["name"],
        value=row["value"],
        scale_maximum=row["scale_maximum"],
        threshold=row["threshold"],
        threshold_label=row["threshold_label"],
        service=row["service__name"] or "",
        covers=row["covers"],
        footnote=row["footnote"],
    )
