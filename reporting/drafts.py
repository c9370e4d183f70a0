"""Writes `Contents` into a draft submission: the other direction of reporting.figures.

Serves uploaded workbooks and published history alike. Services must exist in the registry under the very names that
the contents use; touchpoints are made when new.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hisps import names
from hisps.models import Service, Touchpoint
from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.models import (
    DomainResult,
    Finding,
    IndexScore,
    OperationalMetric,
    Submission,
    TouchpointReport,
)
from reporting.workbook.cells import Problem

_COVER = ("contact_name", "contact_email", "reflection", "comment")
_SURVEY = (
    "channel",
    "service_provided",
    "transaction_point",
    "customers",
    "offered",
    "respondents",
    "control_number",
    "control_number_typed",
    "collection_url",
    "scale",
    "conversion",
    "publishable",
    "publishable_reason",
    "metrics_text",
    "omb_rating",
)
_COUNTS = ("n1", "n2", "n3", "n4", "n5")


def save(submission: Submission, contents: Contents, problems: Sequence[Problem] = ()) -> None:
    """Puts contents and findings into a draft, in place of what it held. Raises KeyError for an unknown service."""
    for figures in (submission.reports, submission.metrics, submission.indexes):
        figures.all().delete()
    for field in _COVER:
        setattr(submission, field, getattr(contents, field))
    submission.save(update_fields=_COVER)
    services = {service.name: service for service in submission.hisp.services.all()}
    _save_surveys(submission, contents.surveys, services)
    OperationalMetric.objects.bulk_create(
        _metric(submission, order, metric, services) for order, metric in enumerate(contents.metrics)
    )
    IndexScore.objects.bulk_create(
        _index(submission, order, index, services) for order, index in enumerate(contents.indexes)
    )
    _save_findings(submission, problems)


def _metric(submission: Submission, order: int, metric: Metric, services: Mapping[str, Service]) -> OperationalMetric:
    return OperationalMetric(
        submission=submission,
        order=order,
        service=services[metric.service] if metric.service else None,
        name=metric.name,
        value=metric.value,
        unit=metric.unit,
        footnote=metric.footnote,
    )


def _index(submission: Submission, order: int, index: Index, services: Mapping[str, Service]) -> IndexScore:
    return IndexScore(
        submission=submission,
        order=order,
        service=services[index.service] if index.service else None,
        name=index.name,
        covers=index.covers,
        value=index.value,
        scale_maximum=index.scale_maximum,
        threshold=index.threshold,
        threshold_label=index.threshold_label,
        footnote=index.footnote,
    )


def _save_surveys(submission: Submission, surveys: Sequence[Survey], services: Mapping[str, Service]) -> None:
    touchpoints = _touchpoints(surveys, services)
    reports = TouchpointReport.objects.bulk_create(
        TouchpointReport(
            submission=submission,
            order=order,
            service=services[survey.service],
            touchpoint=touchpoint,
            volume_notes=dict(survey.volume_notes),
            unanswered=[_unanswered(question) for question in survey.questions if question.tally is None],
            source=_first(survey.places),
            **{field: getattr(survey, field) for field in _SURVEY},
        )
        for order, (survey, touchpoint) in enumerate(zip(surveys, touchpoints, strict=True))
    )
    DomainResult.objects.bulk_create(
        DomainResult(
            report=report,
            domain=question.domain,
            wording=question.wording,
            notes=question.notes,
            published_score=question.published_score,
            source=_first({count: question.places[count] for count in _COUNTS if count in question.places}),
            **dict(zip(_COUNTS, question.tally.counts, strict=True)),
        )
        for report, survey in zip(reports, surveys, strict=True)
        for question in survey.questions
        if question.tally is not None
    )


def _unanswered(question: Question) -> dict[str, str]:
    return {
        "domain": question.domain,
        "no_data": question.no_data,
        "wording": question.wording,
        "notes": question.notes,
    }


def _touchpoints(surveys: Sequence[Survey], services: Mapping[str, Service]) -> list[Touchpoint]:
    """The registry's touchpoint of each survey, made when new. Surveys that share a name are told apart by the
    transaction point."""
    known = {
        (touchpoint.service_id, touchpoint.key): touchpoint
        for touchpoint in Touchpoint.objects.filter(service__in={services[survey.service] for survey in surveys})
    }
    found: list[Touchpoint] = []
    taken: set[tuple[int, str]] = set()
    for survey in surveys:
        service = services[survey.service]
        name = survey.service_provided.strip() or survey.transaction_point.strip() or service.name
        touchpoint = _touchpoint(service, name, known)
        if (touchpoint.pk, survey.channel) in taken:
            touchpoint = _touchpoint(service, f"{name} ({survey.transaction_point})", known)
        taken.add((touchpoint.pk, survey.channel))
        found.append(touchpoint)
    return found


def _touchpoint(service: Service, name: str, known: dict[tuple[int, str], Touchpoint]) -> Touchpoint:
    name = name[:500]
    place = (service.pk, names.key(name))
    if place not in known:
        known[place] = Touchpoint.objects.create(service=service, name=name)
    return known[place]


def _first(places: Mapping[str, Any]) -> str:
    """The first of the cells, such as `Responses!F14`; "" when there are none."""
    return str(min(places.values())) if places else ""


def _save_findings(submission: Submission, problems: Sequence[Problem]) -> None:
    """Explanations already given for the same finding are kept."""
    given = {
        (finding.rule, finding.sheet, finding.cell, finding.found): finding.explanation
        for finding in submission.findings.exclude(explanation="")
    }
    submission.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            submission=submission,
            explanation=given.get((problem.rule, row["sheet"], row["cell"], problem.found), ""),
            **{
                field: row[field]
                for field in ("rule", "severity", "sheet", "cell", "label", "found", "expected", "fix")
            },
            related=row["related"],
        )
        for problem, row in ((problem, problem.as_dict()) for problem in problems)
    )
