"""Published submissions as plain frozen values, read in a fixed number of queries whatever their number.

Nothing else of the dashboards asks the database for figures. Answers of a survey whose clearance forbids publication
stop here: they never reach a page or a file.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from dashboards import providers, rows, withheld
from dashboards.providers import Provider, Row, Rows
from dashboards.surveys import Group, PublishedSurvey
from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import QUESTION_SLUGS
from reporting.fiscal import FiscalQuarter, days_late
from reporting.indicator import Indicator, indicator
from reporting.models import Submission
from reporting.scoring import Tally

_FEW = 500
_HIDDEN_LATER = "This became known after they were published."
# Nothing empty is published (`rules.nothing_reported`): what has no survey has operations, read or not.
_OPERATIONS_NOT_READ = (Metric("", Decimal(0)),)


@dataclass(frozen=True)
class Published:
    """One published submission. `metrics` and `indexes` are there when they were asked for."""

    hisp: Provider
    quarter: FiscalQuarter
    revision: int
    first_submitted_at: datetime  # of the figures as they first came: a correction is not late
    published_at: datetime
    publication: int  # its number
    due_at: datetime
    file_name: str
    sha256: str
    reflection: str
    indicator: Indicator
    surveys: Group
    metrics: tuple[Metric, ...]
    indexes: tuple[Index, ...]

    @property
    def days_late(self) -> int:
        return days_late(self.first_submitted_at, self.due_at)


def read(submissions: "QuerySet[Submission]", *, operations: bool = False) -> list[Published]:
    """Everything public about these submissions, oldest first; passes over any that is not published.

    3 queries; 5 with `operations`: operational metrics and index scores.
    """
    return _read(submissions.filter(state=Submission.State.PUBLISHED), operations=operations)


def once_public(submissions: "QuerySet[Submission]") -> list[Published]:
    """The same for what a correction replaced, beside what is published. Answers that a later revision does not allow
    to be published are hidden in the earlier ones, too. Nothing withdrawn. 5 queries."""
    return _read(submissions.filter(state__in=Submission.ONCE_PUBLIC_STATES), operations=True, look_ahead=True)


def as_of(submissions: "QuerySet[Submission]", publication: int) -> "QuerySet[Submission]":
    """What was public after the publication of that number; but nothing that was withdrawn since."""
    return submissions.filter(
        Q(ended_in__isnull=True) | Q(ended_in__number__gt=publication),
        state__in=Submission.ONCE_PUBLIC_STATES,
        publication__number__lte=publication,
    )


def read_as_of(
    submissions: "QuerySet[Submission]", publication: int, *, operations: bool = False, look_ahead: bool = False
) -> list[Published]:
    """Its figures. `look_ahead`: answers that a later revision does not allow to be published are hidden. 3 queries; 5
    with `operations`."""
    return _read(as_of(submissions, publication), operations=operations, look_ahead=look_ahead)


def _read(of: "QuerySet[Submission]", *, operations: bool, look_ahead: bool = False) -> list[Published]:
    submitted = [*providers.each(rows.submissions(of))]
    if not submitted:
        return []
    if len(submitted) <= _FEW:  # named by key, so that no query finds them anew
        of = Submission.objects.filter(pk__in=[own[0]["pk"] for own in submitted])
    stored = list(rows.reports(of, of_all_revisions=look_ahead))
    hidden = withheld.later(stored) if look_ahead else set()
    reports = rows.by("submission", stored)
    results = rows.by("report", rows.results(of))
    metrics = rows.by("submission", rows.metrics(of) if operations else ())
    indexes = rows.by("submission", rows.indexes(of) if operations else ())
    return [
        _published(own, reports[own[0]["pk"]], hidden, results, metrics[own[0]["pk"]], indexes[own[0]["pk"]])
        for own in submitted
    ]


def for_quarters(quarters: Iterable[FiscalQuarter]) -> "QuerySet[Submission]":
    """Published submissions of these quarters."""
    found = Submission.objects.none()
    for quarter in quarters:
        found = found | Submission.objects.published().for_quarter(quarter)
    return found


def _published(
    own: Rows,
    reports: Sequence[Row],
    hidden: Set[int],
    results: Mapping[int, Sequence[Row]],
    metrics: Sequence[Row],
    indexes: Sequence[Row],
) -> Published:
    row = own[0]
    quarter = FiscalQuarter(row["quarter__fiscal_year"], row["quarter__number"])
    complete = Contents(
        reflection=row["reflection"],
        surveys=tuple(_survey(report, results.get(report["pk"], ())) for report in reports),
        metrics=tuple(_metric(metric) for metric in metrics),
        indexes=tuple(_index(index) for index in indexes),
    )
    return Published(
        hisp=providers.provider(own, quarter),
        quarter=quarter,
        revision=row["revision"],
        first_submitted_at=row["first_submitted_at"],
        published_at=row["published_at"],
        publication=row["publication__number"],
        due_at=row["extended_to"] or row["quarter__due_at"],
        file_name=row["upload__name"],
        sha256=row["upload__sha256"],
        reflection=row["reflection"],
        indicator=_indicator(row, complete),
        surveys=Group(
            PublishedSurvey(
                hisp=report["submission__hisp__slug"],
                service=report["service__slug"],
                touchpoint=report["touchpoint"],
                survey=_for_the_public(survey, hidden_later=report["pk"] in hidden),
            )
            for report, survey in zip(reports, complete.surveys, strict=True)
        ),
        metrics=complete.metrics,
        indexes=complete.indexes,
    )


def _indicator(row: Row, contents: Contents) -> Indicator:
    if row["indicator_override"]:
        return Indicator(row["indicator_override"], (row["indicator_reason"],))
    return indicator(replace(contents, metrics=_OPERATIONS_NOT_READ) if contents.is_empty else contents)


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
        **{field: report[field] for field in rows.SURVEY_FIELDS},
    )


def _for_the_public(survey: Survey, *, hidden_later: bool) -> Survey:
    if hidden_later and survey.publishable:
        survey = replace(survey, publishable=False, publishable_reason=_HIDDEN_LATER)
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
