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


class Family:
    """A submission with every revision of its quarter and what counts for the quarter before. 5 queries."""

    def __init__(self, submission: Submission) -> None:
        last = submission.quarter.fiscal.previous
        then = Q(quarter__fiscal_year=last.fiscal_year, quarter__number=last.number)
        counts = Q(state__in=(State.PUBLISHED, State.APPROVED))
        rows = Submission.objects.filter(Q(quarter=submission.quarter_id) | then & counts, hisp=submission.hisp_id)
        acts = ("publication__by", "ended_in__by")
        found: list[Submission] = list(loaded(rows.select_related(*acts).order_by("revision")))
        self.revisions = [one for one in found if one.quarter_id == submission.quarter_id]
        self.submission = next(one for one in self.revisions if one.pk == submission.pk)
        self.former = next((one for one in self.revisions if one.revision == submission.revision - 1), None)
        earlier = [one for one in found if one.quarter_id != submission.quarter_id]
        self.last_quarter = next(
            (one for state in (State.PUBLISHED, State.APPROVED) for one in earlier if one.state == state), None
        )
