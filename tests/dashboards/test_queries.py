"""Pages ask the database the same few questions however many HISPs there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards import paging
from reporting.models import Submission, TouchpointReport
from tests import factories, people
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "/": 9,
    "/hisps/": 7,
    "/hisps/?sort=-score&department=va&figures=yes": 7,
    "/search/?q=care": 5,
    "/hisps/va-0/": 9,
    "/hisps/va-0/2021-q2/": 9,
    "/hisps/doc-0/2021-q2/revisions/1/": 7,
    "/hisps/doc-0/2021-q2/revisions/2/": 9,
    "/hisps/usda-0/2021-q2/revisions/1/": 1,
    "/corrections/?page=1": 8,
    "/services/va-0-outpatient-care/": 6,
    "/quarters/": 5,
    "/hisps/usda-0/2021-q2/": 2,
    "/quarters/2021-q2/": 6,
    "/quarters/2020-q4/": 4,
    "/domains/trust/": 5,
    "/departments/va/charts/domains.csv": 6,
    "/quarters/2021-q2/charts/hisps.csv": 6,
    "/domains/trust/charts/hisps.svg": 5,
    "/compare/?of=va-0&of=service:va-0-outpatient-care": 9,
    "/departments/": 5,
    "/departments/va/": 6,
    "/surveys/SURVEY/": 5,
    "/methods/": 0,
    "/about/": 0,
    "/accessibility/": 0,
    "/data/": 5,
    "/data/v/": 3,
    "/data/v/1/2021-q1/": 2,
    "/data.json": 2,
    "/data/openapi.json": 0,
    "/feed.atom": 2,
    "/sitemap.xml": 5,
    "/robots.txt": 0,
    "/embed/": 4,
    "/embed/hisps/va-0/": 5,
    "/data/checks/": 0,
    "/data/dictionary/": 0,
    "/data/dictionary.csv": 0,
}
# Files of figures: what is asked once (the stamp, the quarters, a check of each filter), and for each quarter.
FILES = {
    "/data/collections.csv": (2, 3),
    "/data/responses.csv": (2, 3),
    "/data/scores.json": (2, 3),
    "/data/scores.xlsx": (3, 3),
    "/data/metrics.csv": (2, 5),
    "/data/scores.csv?fiscal_year=2021&hisp=va-0": (3, 3),
    "/data/responses.json?fiscal_year=2021&service=va-0-other-care&domain=trust": (3, 3),
}
# Files of other things, and of corrections with two quarters of them: one with figures, one without.
OTHER_FILES = {
    "/data/corrections.csv": 10,
    "/data/hisps.csv": 3,
    "/data/services.json": 3,
    "/data/departments.xlsx": 3,
    "/data/v/1/2021-q1/scores.csv": 7,
}
MOST = 9


@pytest.fixture(autouse=True)
def _one_page(monkeypatch):
    """Of every list: the second half of the corrections is of another kind than the first."""
    monkeypatch.setattr(paging, "ON_A_PAGE", 1000)


def fill(numbers: range) -> None:
    for number in numbers:
        for quarter in ("2021-q1", "2021-q2"):
            one = survey(satisfaction=(1, 2, 3, 4, 5), trust=(1, 2, 3, 4, number), no_data={"ease": "not_asked"})
            published_submission(f"va-{number}", quarter, surveys=[one, survey("Other care", trust=(0, 0, 0, 9, 9))])
        factories.expectation(f"ssa-{number}", "2021-q2")
        submission(f"usda-{number}", "2021-q2", state=Submission.State.WITHDRAWN)
        submission(f"usda-{number}", "2020-q4", state=Submission.State.WITHDRAWN)
        submission(
            f"doc-{number}", "2021-q2", state=Submission.State.SUPERSEDED, surveys=[survey(trust=(1, 2, 3, 4, 5))]
        )
        corrected = {"revision": 2, "revision_note": "-", "surveys": [survey(trust=(1, 2, 3, 4, 6))]}
        published_submission(f"doc-{number}", "2021-q2", **corrected)
        factories.designation(f"va-{number}", date(2018, 10, 1), date(2020, 12, 31))
        factories.designation(f"va-{number}", date(2021, 1, 1))


def queries(client, address: str) -> int:
    """Without the one that asks whether anything changed, which comes first everywhere (dashboards.freshness)."""
    if "SURVEY" in address:
        report = TouchpointReport.objects.filter(submission__hisp__slug="va-0").first()
        address = address.replace("SURVEY", f"{report.touchpoint_id}-{report.channel}")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    return sum("due_at <= " not in query["sql"] for query in captured)


def test_every_page_asks_the_same_few_questions_for_5_and_for_50_hisps(client):
    assert max(ADDRESSES.values()) <= MOST
    fill(range(5))
    assert {address: queries(client, address) for address in ADDRESSES} == ADDRESSES
    fill(range(5, 50))
    assert {address: queries(client, address) for address in ADDRESSES} == ADDRESSES


def test_being_signed_in_adds_two_questions_and_leaves_every_page_but_six_within_the_bound(client):
    """Who it is costs the session and the person. What shows everything there is needs all 9, or nearly."""
    fill(range(1))
    client.force_login(people.reporter(factories.hisp("va-0")))
    asked = {address: queries(client, address) for address in ADDRESSES}
    assert asked == {address: number + 2 for address, number in ADDRESSES.items()}
    above = {address for address, number in asked.items() if number > MOST}
    assert above == {
        "/",
        "/hisps/va-0/",
        "/hisps/va-0/2021-q2/",
        "/corrections/?page=1",
        "/hisps/doc-0/2021-q2/revisions/2/",
        "/compare/?of=va-0&of=service:va-0-outpatient-care",
    }


def test_every_file_asks_the_same_few_questions_for_each_quarter_for_5_and_for_50_hisps(client):
    fill(range(5))
    expected = {address: once + 2 * each for address, (once, each) in FILES.items()} | OTHER_FILES
    assert {address: queries(client, address) for address in expected} == expected
    fill(range(5, 50))
    assert {address: queries(client, address) for address in expected} == expected


def test_every_file_asks_no_more_for_each_further_quarter(client):
    fill(range(2))
    for quarter in ("2021-q3", "2021-q4", "2022-q1"):
        published_submission("va-0", quarter, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    found = {address: queries(client, address.replace("fiscal_year=2021&", "")) for address in FILES}
    assert found == {address: once + 5 * each for address, (once, each) in FILES.items()}
