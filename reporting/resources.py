"""The list of submissions as a file: one row per submission, with its state, its stamps and its scores."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils import timezone
from import_export import fields, resources

from reporting.domains import DOMAIN_BY_SLUG
from reporting.figures import contents_of
from reporting.fiscal import days_late
from reporting.indicator import Indicator
from reporting.models import Submission
from reporting.preview import Preview, preview
from reporting.review_page import shown_indicator
from reporting.scoring import for_display, ratio


@dataclass(frozen=True)
class Row:
    """A submission with its figures laid out once for all columns."""

    submission: Any
    figures: Preview
    indicator: Indicator

    def total(self, volume: str) -> int | None:
        """The sum over the surveys that know it; None when none does."""
        known = [v for v in (getattr(block.survey, volume) for block in self.figures.surveys) if v is not None]
        return sum(known) if known else None


Column = Callable[[Row], Any]


def _score(value: Fraction | None) -> Decimal | None:
    return None if value is None else for_display(value)


def _moment(value: datetime | None) -> str:
    """In US Eastern, as everywhere in the product."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _response_rate(row: Row) -> Decimal | None:
    rate = ratio(row.total("respondents"), row.total("offered"))
    return None if rate is None else for_display(rate, 4)


def _domain_columns() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for index, slug in enumerate(DOMAIN_BY_SLUG):
        columns[f"{slug}_score"] = partial(_domain_score, index)
        columns[f"{slug}_answers"] = partial(_domain_answers, index)
    return columns


def _domain_score(index: int, row: Row) -> Decimal | None:
    return _score(row.figures.domains[index].score)


def _domain_answers(index: int, row: Row) -> int:
    return row.figures.domains[index].tally.n


COLUMNS: dict[str, Column] = {
    "hisp": lambda row: row.submission.hisp.slug,
    "hisp_name": lambda row: row.submission.hisp.name,
    "department": lambda row: row.submission.hisp.department.name,
    "fiscal_year": lambda row: row.submission.quarter.fiscal_year,
    "quarter": lambda row: row.submission.quarter.number,
    "revision": lambda row: row.submission.revision,
    "state": lambda row: row.submission.get_state_display(),
    "completeness": lambda row: row.indicator.words,
    "completeness_reasons": lambda row: " ".join(row.indicator.reasons),
    "due_at": lambda row: _moment(row.submission.extended_to or row.submission.quarter.due_at),
    "submitted_at": lambda row: _moment(row.submission.submitted_at),
    "days_late": lambda row: days_late(
        row.submission.first_submitted_at, row.submission.extended_to or row.submission.quarter.due_at
    ),
    "submitted_by": lambda row: str(row.submission.submitted_by or ""),
    "reviewed_at": lambda row: _moment(row.submission.reviewed_at),
    "reviewed_by": lambda row: str(row.submission.reviewed_by or ""),
    "published_at": lambda row: _moment(row.submission.published_at),
    "surveys": lambda row: len(row.figures.surveys),
    "customers": lambda row: row.total("customers"),
    "offered": lambda row: row.total("offered"),
    "respondents": lambda row: row.total("respondents"),
    "response_rate": _response_rate,
    **_domain_columns(),
    "combined_score": lambda row: _score(row.figures.score),
    "contact_name": lambda row: row.submission.contact_name,
    "contact_email": lambda row: row.submission.contact_email,
    "reflection": lambda row: row.submission.reflection,
    "file": lambda row: row.submission.upload.name,
    "sha256": lambda row: row.submission.upload.sha256,
}


class SubmissionResource(resources.ModelResource):
    """Export only. Its queryset comes from the admin, with everything loaded."""

    class Meta:
        model = Submission
        name = "Submissions"
        fields = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {name: fields.Field(column_name=name) for name in COLUMNS}

    def get_export_order(self) -> list[str]:
        return list(COLUMNS)

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        contents = contents_of(instance)
        row = Row(instance, preview(contents), shown_indicator(instance, contents))
        return [column(row) for column in COLUMNS.values()]
