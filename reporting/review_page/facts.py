"""What is known of a submission besides its figures: its indicator, when it was due, its neighbors in time."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from reporting.contents import Contents
from reporting.figures import loaded
from reporting.indicator import Indicator, indicator
from reporting.models import Expectation, Submission

State = Submission.State


def shown_indicator(submission: Submission, contents: Contents) -> Indicator:
    """The computed one, unless a reviewer decided otherwise and said why."""
    if submission.indicator_override:
        return Indicator(submission.indicator_override, (submission.indicator_reason,))
    return indicator(contents)


def with_dates(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Adds `extended_to`: the day that OMB gave this HISP instead of the quarter's, or None; and `first_submitted_at`,
    of any revision: what is sent again is as late as it first came."""
    place = {"quarter": OuterRef("quarter"), "hisp": OuterRef("hisp")}
    own = Expectation.objects.filter(**place)
    sent = Submission.objects.filter(**place, submitted_at__isnull=False).order_by("revision")
    return submissions.annotate(
        extended_to=Subquery(own.values("extended_to")[:1]),
        first_submitted_at=Subquery(sent.values("submitted_at")[:1]),
    )


def _earlier(submission: Submission) -> QuerySet[Submission]:
    """What its figures are set beside, first: what was published last before its quarter, or is approved for the
    quarter just before."""
    quarter, last = submission.quarter.fiscal, submission.quarter.fiscal.previous
    before = Q(quarter__fiscal_year__lt=quarter.fiscal_year)
    before |= Q(quarter__fiscal_year=quarter.fiscal_year, quarter__number__lt=quarter.number)
    just_before = Q(quarter__fiscal_year=last.fiscal_year, quarter__number=last.number)
    counts = before & Q(state=State.PUBLISHED) | just_before & Q(state=State.APPROVED)
    found = Submission.objects.filter(counts, hisp=submission.hisp_id)
    of_one_quarter = "-state"  # published goes before approved
    return found.order_by("-quarter__fiscal_year", "-quarter__number", of_one_quarter)


class Family:
    """A submission with every revision of its quarter and what its figures are set beside. 5 queries."""

    def __init__(self, submission: Submission) -> None:
        own = Q(quarter=submission.quarter_id, hisp=submission.hisp_id)
        rows = Submission.objects.filter(own | Q(pk=Subquery(_earlier(submission).values("pk")[:1])))
        acts = ("publication__by", "ended_in__by")
        found: list[Submission] = list(loaded(rows.select_related(*acts).order_by("revision")))
        self.revisions = [one for one in found if one.quarter_id == submission.quarter_id]
        self.submission = next(one for one in self.revisions if one.pk == submission.pk)
        self.former = next((one for one in self.revisions if one.revision == submission.revision - 1), None)
        self.earlier = next((one for one in found if one.quarter_id != submission.quarter_id), None)
