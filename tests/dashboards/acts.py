"""Figures that become public, and cease to be, each in a publication of its own."""

from typing import Any

from reporting import publications, sums
from reporting.models import Publication, Submission
from tests import factories
from tests.factories import Counts, submission, survey

State = Submission.State


def publish(
    of: str = "va-vha",
    when: str = "2021-q2",
    revision: int = 1,
    *,
    counts: Counts = (0, 0, 0, 0, 9),
    note: str = "",
    **given: Any,
):
    """Whatever was public of the place ends in the same publication. `given`: to the survey."""
    period = factories.quarter(when)
    former = Submission.objects.published().filter(hisp__slug=of, quarter=period).first()
    act = publications.begin(Publication.Kind.PUBLISH, period)
    if former is not None:
        Submission.objects.filter(pk=former.pk).update(state=State.SUPERSEDED, ended_at=act.at, ended_in=act)
    made = submission(
        of,
        when,
        state=State.APPROVED,
        revision=revision,
        revision_note="-",
        public_note=note,
        surveys=[survey(trust=counts, **given)],
    )
    Submission.objects.filter(pk=made.pk).update(state=State.PUBLISHED, published_at=act.at, publication=act)
    sums.renew(period, {made.hisp_id})
    return Submission.objects.get(pk=made.pk)


def withdraw(one: Submission, note: str = "Counted twice.") -> None:
    act = publications.begin(Publication.Kind.WITHDRAW, one.quarter)
    stamps = {"state": State.WITHDRAWN, "ended_at": act.at, "ended_in": act, "public_note": note}
    Submission.objects.filter(pk=one.pk).update(**stamps)
    sums.renew(one.quarter, {one.hisp_id})
