"""Published figures of a selection, a quarter at a time, so that a file of any length needs no more memory than its
largest quarter. A publication while a file is being sent does not get into it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from dashboards import published
from dashboards.datasets.columns import Row
from dashboards.datasets.selection import Selection
from dashboards.providers import Provider
from dashboards.published import Published
from dashboards.surveys import Group
from reporting.contents import Survey
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission
from reporting.models.submissions import SubmissionQuerySet


def by_quarter(selection: Selection, *, operations: bool = False) -> Iterator[list[Published]]:
    """Oldest first. 1 query, and 3 for each quarter; 5 with `operations`."""
    of = submissions(selection)
    public = published.as_of(of, selection.publication)
    for quarter in quarters(public):
        own = published.read_as_of(
            of.for_quarter(quarter), selection.publication, operations=operations, look_ahead=selection.is_past
        )
        if own:  # else its last figures were withdrawn this moment
            yield own


def submissions(selection: Selection) -> SubmissionQuerySet:
    """In every state."""
    of = Submission.objects.all()
    if selection.fiscal_year is not None:
        of = of.filter(quarter__fiscal_year=selection.fiscal_year)
    if selection.quarter is not None:
        of = of.for_quarter(selection.quarter)
    if selection.hisp:
        of = of.filter(hisp__slug=selection.hisp)
    if selection.service:
        of = of.filter(hisp__services__slug=selection.service)
    return of


def quarters(of: "QuerySet[Submission]") -> list[FiscalQuarter]:
    """Oldest first. 1 query."""
    columns = ("quarter__fiscal_year", "quarter__number")
    return [FiscalQuarter(*each) for each in of.order_by(*columns).values_list(*columns).distinct()]


def of_hisp(quarter: FiscalQuarter, hisp: Provider) -> Row:
    """Whose row it is, for columns.OF_HISP: its department is that of the quarter."""
    return (quarter.fiscal_year, quarter.number, hisp.department, hisp.name, hisp.slug)


def offered(survey: Survey) -> Row:
    """What the survey was about and where, and how many people were there, were asked and answered."""
    what = (survey.service_provided, survey.transaction_point, survey.channel)
    return (*what, survey.customers, survey.offered, survey.respondents)


def surveys(one: Published, selection: Selection) -> Group:
    if not selection.service:
        return one.surveys
    return one.surveys.part([survey for survey in one.surveys if survey.service == selection.service])
