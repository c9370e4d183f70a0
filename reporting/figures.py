"""Reads a stored submission back as plain `Contents`."""

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import QUESTION_SLUGS
from reporting.fiscal import FiscalQuarter
from reporting.models import DomainResult, IndexScore, OperationalMetric, Submission, TouchpointReport


def loaded(submissions: Any) -> Any:
    """A queryset of submissions with everything `contents_of` needs, in five queries however many there are."""
    return submissions.select_related("hisp__department", "quarter", "upload").prefetch_related(
        Prefetch("reports", TouchpointReport.objects.select_related("service", "touchpoint")),
        "reports__results",
        Prefetch("metrics", OperationalMetric.objects.select_related("service")),
        Prefetch("indexes", IndexScore.objects.select_related("service")),
    )


def contents_of(submission: Submission) -> Contents:
    """The figures and words of one submission; use `loaded` first when reading several."""
    return Contents(
        contact_name=submission.contact_name,
        contact_email=submission.contact_email,
        reflection=submission.reflection,
        comment=submission.comment,
        surveys=tuple(_survey(report) for report in submission.reports.all()),
        metrics=tuple(_metric(metric) for metric in submission.metrics.all()),
        indexes=tuple(_index(index) for index in submission.indexes.all()),
    )


def previous_contents(hisp_id: int, before: FiscalQuarter) -> Contents | None:
    """What the HISP reported for the quarter just before: what is published, else what is approved."""
    earlier = Submission.objects.for_quarter(before.previous).filter(hisp_id=hisp_id)
    for state in (Submission.State.PUBLISHED, Submission.State.APPROVED):
        latest = loaded(earlier.filter(state=state)).first()
        if latest is not None:
            return contents_of(latest)
    return None


def surveys_before(hisp_id: int, before: FiscalQuarter) -> Contents | None:
    """The surveys that the HISP published last, in whatever quarter before: names and wordings, no figures."""
    in_time = Q(quarter__fiscal_year__lt=before.fiscal_year) | Q(
        quarter__fiscal_year=before.fiscal_year, quarter__number__lt=before.number
    )
    published = Submission.objects.published().filter(in_time, hisp_id=hisp_id, reports__isnull=False)
    latest = loaded(published).order_by("-quarter__fiscal_year", "-quarter__number").first()
    return Contents(surveys=tuple(map(_without_figures, contents_of(latest).surveys))) if latest else None


def _without_figures(survey: Survey) -> Survey:
    questions = (replace(q, tally=None, no_data="no_answers") if q.tally else q for q in survey.questions)
    return replace(survey, customers=None, offered=None, respondents=None, questions=tuple(questions))


def _survey(report: TouchpointReport) -> Survey:
    questions = [_answered(result) for result in report.results.all()] + [
        Question(**unanswered) for unanswered in report.unanswered
    ]
    return Survey(
        service=report.service.name,
        service_provided=report.service_provided,
        transaction_point=report.transaction_point,
        channel=report.channel,
        customers=report.customers,
        offered=report.offered,
        respondents=report.respondents,
        control_number=report.control_number,
        control_number_typed=report.control_number_typed,
        collection_url=report.collection_url,
        scale=report.scale,
        conversion=report.conversion,
        publishable=report.publishable,
        publishable_reason=report.publishable_reason,
        metrics_text=report.metrics_text,
        volume_notes=report.volume_notes,
        omb_rating=report.omb_rating,
        questions=tuple(sorted(questions, key=lambda question: QUESTION_SLUGS.index(question.domain))),
    )


def _answered(result: DomainResult) -> Question:
    return Question(
        domain=result.domain,
        wording=result.wording,
        tally=result.tally,
        notes=result.notes,
        published_score=result.published_score,
    )


def _metric(metric: OperationalMetric) -> Metric:
    return Metric(
        name=metric.name,
        value=metric.value,
        unit=metric.unit,
        service=metric.service.name if metric.service else "",
        footnote=metric.footnote,
    )


def _index(index: IndexScore) -> Index:
    return Index(
        name=index.name,
        value=index.value,
        scale_maximum=index.scale_maximum,
        threshold=index.threshold,
        threshold_label=index.threshold_label,
        service=index.service.name if index.service else "",
        covers=index.covers,
        footnote=index.footnote,
    )
