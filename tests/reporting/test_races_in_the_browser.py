"""Twenty requests at the same moment, ten times in a row: one wins, nineteen read why not, none gets a 500."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reporting import events, publications
from reporting.models import Submission
from tests import factories, people

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, ROUNDS = 20, 10


def statuses(clients: list[Client], address: str, data: dict[str, object]) -> Counter[int]:
    """How the answers to the same POST, sent by all clients together, divide."""
    start = Barrier(AT_ONCE)

    def one(client: Client) -> int:
        start.wait()
        try:
            return client.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, clients))


def signed_in(person: object) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture
def hisp():
    return factories.hisp("va-vha")


def submissions(hisp, state: str) -> list[Submission]:
    """One for each round, each of its own quarter."""
    quarters = [factories.quarter(f"{2020 + n // 4}-q{n % 4 + 1}", opened_at=timezone.now()) for n in range(ROUNDS)]
    for quarter in quarters:
        factories.expectation(hisp, quarter)
    survey = factories.survey(satisfaction=(1, 2, 3, 4, 5))
    return [factories.submission(hisp, quarter, state=state, surveys=[survey]) for quarter in quarters]


def race(
    of: list[Submission], clients: list[Client], address: Callable[[Submission], str], act: str, state: str
) -> list[Counter[int]]:
    """The answers of each round, once it is sure that the act happened once."""
    answers = []
    for submission in of:
        data = {"lock_version": submission.lock_version, "reason": "", "state": ""}
        answers.append(statuses(clients, address(submission), data))
        submission.refresh_from_db()
        assert submission.state == state
        assert submission.events.filter(transition=act).count() == 1
    assert events.verify().is_whole
    return answers


def step(name: str) -> Callable[[Submission], str]:
    return lambda submission: reverse("admin:reporting_submission_step", args=[submission.pk, name])


def test_of_twenty_submits_one_wins_and_nineteen_conflict(hisp):
    reporter = people.reporter(hisp)
    clients = [signed_in(reporter) for _ in range(AT_ONCE)]
    found = submissions(hisp, "draft")
    answers = race(
        found, clients, lambda submission: reverse("reporting:submit", args=[submission.pk]), "submit", "submitted"
    )
    assert answers == [Counter({302: 1, 409: AT_ONCE - 1})] * ROUNDS


def test_of_twenty_approvals_one_wins_and_nineteen_conflict(hisp):
    clients = [signed_in(people.reviewer()) for _ in range(AT_ONCE)]
    answers = race(submissions(hisp, "submitted"), clients, step("approve"), "approve", "approved")
    assert answers == [Counter({302: 1, 409: AT_ONCE - 1})] * ROUNDS


def test_of_twenty_publications_one_wins_and_nineteen_conflict(hisp):
    clients = [signed_in(people.administrator()) for _ in range(AT_ONCE)]
    answers = race(submissions(hisp, "approved"), clients, step("publish"), "publish", "published")
    assert answers == [Counter({302: 1, 409: AT_ONCE - 1})] * ROUNDS
    assert publications.stamp() == ROUNDS
