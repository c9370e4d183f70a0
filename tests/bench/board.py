"""The board of a quarter at the review desk, with ten times the HISPs and all that they reported before."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from reporting.domains import DOMAIN_BY_SLUG
from tests.bench.clock import least
from tests.bench.table import Line

if TYPE_CHECKING:
    from django.test import Client

    from hisps.models import Hisp
    from reporting.models import Quarter

FEW, MANY = 40, 400
QUARTERS = 40  # of history
ROUNDS = 7
TARGET = 3.0


def lines() -> Iterator[Line]:
    from django.conf import settings
    from django.test import override_settings

    seconds = {}
    quarters = _quarters()
    client = _administrator()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing was collected
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        for hisps in (FEW, MANY):
            _fill(quarters, hisps)
            pages = {"board": partial(_open, client, quarters[-1]), "front page": partial(_open, client, None)}
            seconds[hisps] = least(pages, ROUNDS)
    for page, target in (("board", TARGET), ("front page", None)):
        what = f"Desk, {page}, {MANY} HISPs with {QUARTERS} quarters"
        few = seconds[FEW][page]
        yield Line(what, seconds[MANY][page], "ms", f"the same with {FEW} HISPs", few, most=target)


def _quarters() -> list["Quarter"]:
    """Those of history, and the one that is open; the oldest first."""
    from django.utils import timezone

    from reporting.fiscal import FiscalQuarter
    from tests import factories

    last = FiscalQuarter(2026, 3)
    found = [last]
    while len(found) <= QUARTERS:
        found.insert(0, found[0].previous)
    history = [factories.quarter(fiscal.slug) for fiscal in found[:-1]]
    return [*history, factories.quarter(last.slug, opened_at=timezone.now())]


def _administrator() -> "Client":
    from django.test import Client

    from tests import people

    client = Client(headers={"host": "localhost"})
    client.force_login(people.administrator())
    return client


def _open(client: "Client", quarter: "Quarter | None") -> None:
    from django.urls import reverse

    address = reverse("admin:reporting_quarter_change", args=[quarter.pk]) if quarter else reverse("admin:index")
    response = client.get(address, secure=True)
    assert response.status_code == 200, response.status_code


def _fill(quarters: list["Quarter"], hisps: int) -> None:
    """Up to so many HISPs; every second one sent its figures for the open quarter, with something to explain."""
    from django.db import transaction

    from reporting.models import Finding, Submission
    from tests import factories

    *history, quarter = quarters
    with transaction.atomic():
        for number in range(quarter.expectations.count(), hisps):
            hisp = factories.hisp(f"va-h{number:03d}")
            factories.designation(hisp)
            factories.expectation(hisp, quarter)
            _reported_before(hisp, history)
            if number % 2:
                survey = factories.survey(**dict.fromkeys(DOMAIN_BY_SLUG, (1, 2, 3, 4, 50)))
                state = Submission.State.SUBMITTED
                sent = factories.submission(hisp, quarter, state=state, surveys=[survey])
                Finding.objects.create(submission=sent, rule="r", severity="explain", found="Odd.")


def _reported_before(hisp: "Hisp", history: list["Quarter"]) -> None:
    """One survey of seven questions for each quarter, put in as drafts and then published, past the triggers."""
    from reporting.models import DomainResult, Submission, TouchpointReport
    from tests import factories

    first = factories.submission(hisp, history[0], state=Submission.State.DRAFT, surveys=[factories.survey()])
    report = first.reports.get()
    later = Submission.objects.bulk_create(
        Submission(hisp=hisp, quarter=quarter, upload=first.upload) for quarter in history[1:]
    )
    reports = TouchpointReport.objects.bulk_create(
        TouchpointReport(submission=each, service=report.service, touchpoint=report.touchpoint, channel="email")
        for each in later
    )
    counts = {f"n{point}": point for point in range(1, 6)}
    DomainResult.objects.bulk_create(
        DomainResult(report=each, domain=domain, wording="", **counts)
        for each in [report, *reports]
        for domain in DOMAIN_BY_SLUG
    )
    for submission in [first, *later]:
        due_at = submission.quarter.due_at
        Submission.objects.filter(pk=submission.pk).update(
            state=Submission.State.PUBLISHED,
            submitted_at=due_at,
            reviewed_at=due_at,
            published_at=due_at,
            publication=factories.publication(submission.quarter),
        )
