"""Eight people and one HISP's things: what the matrix of permissions is tried on.

The people are those of the matrix: anonymous, the reporter of HISP A, the reporter of HISP B, an OMB reviewer, a
reviewer who uploaded the figures herself, an OMB administrator, a superuser, and somebody deactivated who has
a live cookie.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hisps.models import Hisp
from reporting import events, outbox
from reporting.intake import receive
from reporting.models import AccessRequest, Comment, Invitation, Quarter, Submission, SupportingDocument, Upload
from reporting.workbook import spec
from tests import factories, people
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import filled
from tests.reporting.workbook.workbooks import cell_of

ACTORS = ("An", "RA", "RB", "RV", "RS", "AD", "SU", "DX")


@dataclass
class World:
    """`submission`: HISP A’s, submitted; `upload`: refused for a slip; `draft` and `published`: of earlier
    quarters."""

    people: dict[str, User | None]
    hisp: Hisp
    quarter: Quarter
    upload: Upload
    submission: Submission
    draft: Submission
    published: Submission

    def client(self, actor: str) -> Client:
        client = Client(raise_request_exception=False)
        person = self.people[actor]
        if person is not None:
            client.force_login(person)
        if actor == "DX":
            User.objects.filter(pk=person.pk).update(is_active=False)
        return client

    def one(self, model: type) -> Any:
        """The row of HISP A that addresses of this model lead to."""
        if model is Submission:
            return self.submission
        if model is Upload:
            return self.upload
        if model is User:
            return self.people["RB"]
        found = model.objects.order_by("pk").first()
        assert found is not None, f"The world has no {model.__name__}."
        return found


def made() -> World:
    a, b = factories.hisp("va-vha"), factories.hisp("ssa-oo")
    factories.designation(a)
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    before = factories.quarter("2021-q1", opened_at=timezone.now())
    for each in (quarter, before):
        factories.expectation(a, each)
    cast: dict[str, User | None] = {
        "An": None,
        "RA": people.reporter(a),
        "RB": people.reporter(b),
        "RV": people.reviewer(),
        "RS": people.reviewer(),
        "AD": people.administrator(),
        "SU": people.superuser(),
        "DX": people.reporter(a),
    }
    survey = factories.survey(satisfaction=(1, 2, 3, 4, 5))
    draft = factories.submission(a, before, state="draft", surveys=[survey], uploaded_by=cast["RA"])
    submission = factories.submission(a, quarter, state="submitted", surveys=[survey], uploaded_by=cast["RS"])
    Invitation.objects.create(
        email="new@va.example",
        first_name="New",
        token_hash="0" * 64,
        expires_at=timezone.now() + timedelta(days=7),
        by=cast["AD"],
    )
    AccessRequest.objects.create(
        name="Asks",
        email="asks@va.example",
        hisp=a,
        token_hash="1" * 64,
        expires_at=timezone.now() + timedelta(days=7),
    )
    outbox.enqueue("test", to="pat@va.example", subject="Due soon", body="Your figures are due soon.", key="test")
    Comment.objects.create(submission=submission, text="Please look again.", by=cast["RV"])
    events.record("submit", submission=submission, by=cast["RA"])
    SupportingDocument.objects.create(title="Action plan", hisp=a, quarter=quarter, url="https://example.gov/plan")
    published = factories.published_submission(a, "2020-q4", surveys=[survey])
    upload = _refused_upload(a, before, by=cast["RA"])
    return World(cast, a, quarter, upload, submission, draft, published)


def _refused_upload(hisp: Hisp, quarter: Quarter, by: User | None) -> Upload:
    slip = {cell_of(spec.TOUCHPOINTS, "customers"): "48 million"}
    return receive(filled(issued(hisp, quarter), slip), "figures.xlsx", hisp=hisp, quarter=quarter, by=by).upload
