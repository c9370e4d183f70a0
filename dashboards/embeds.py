"""The score card that other sites show: the latest combined score of a HISP, or of the government."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from dashboards import published
from dashboards.scorecards.hisp import stored_hisp
from dashboards.scorecards.parts import QuarterLink, link, query_of
from dashboards.scores import ScoreText, combined
from dashboards.surveys import Group
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission
from reporting.models.submissions import SubmissionQuerySet


@dataclass(frozen=True)
class Card:
    """`quarter` and `score` are None while nothing is published. `source`: the page with everything behind it."""

    title: str
    quarter: QuarterLink | None
    score: ScoreText | None
    source: str


def government(method: str) -> Card:
    """4 queries."""
    return _card("Federal services", Submission.objects.published(), method, reverse("dashboards:home"))


def hisp(slug: str, method: str) -> Card:
    """5 queries. Raises Missing."""
    stored = stored_hisp(slug)
    of = Submission.objects.published().filter(hisp=stored)
    return _card(stored.name, of, method, reverse("dashboards:hisp", args=[slug]), "dashboards:hisp_quarter", slug)


def _card(
    title: str, of: SubmissionQuerySet, method: str, page: str, of_quarter: str = "dashboards:quarter", *whose: str
) -> Card:
    newest = of.order_by("-quarter__fiscal_year", "-quarter__number")
    latest = newest.values_list("quarter__fiscal_year", "quarter__number").first()
    if latest is None:
        return Card(title, None, None, f"{settings.SITE_URL}{page}")
    quarter = FiscalQuarter(*latest)
    surveys = (one.surveys for one in published.read(of.for_quarter(quarter)))
    score = combined(Group(survey for own in surveys for survey in own), method).score
    source = reverse(of_quarter, args=[*whose, quarter])
    return Card(title, link(quarter), score, f"{settings.SITE_URL}{source}{query_of(method)}")
