"""A model that the public sees cannot be forgotten: each has its place here, by what tells that a row has changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from dashboards import addresses
from dashboards.datasets import DATASETS, Selection
from dashboards.exports.responses import pinned
from dashboards.freshness import edition, facts
from hisps import models as who
from reporting import models as what
from reporting import quarters
from tests import factories, people
from tests.factories import published_submission, survey

# Of a submission, whose rows stay as they are once it was published; and what is written with the publication.
BY_PUBLICATION = {
    *(what.Submission, what.TouchpointReport, what.DomainResult, what.OperationalMetric, what.IndexScore),
    *(what.Upload, what.Finding, what.Publication, what.QuarterTotal),
}
# An act on a quarter, of which an event tells. Files take the name of a quarter from its row, which never changes.
BY_EVENT = {what.Quarter, what.Expectation, what.SupportingDocument, what.Event}
PRIVATE = {
    *(what.Attempt, what.Comment, what.Mail, what.Invitation, what.AccessRequest),
    who.Membership,
}
_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def table(model: Any) -> str:
    return model._meta.db_table


ALL = {model for app in ("hisps", "reporting") for model in apps.get_app_config(app).get_models()} - {
    model.history.model for model in apps.get_app_config("hisps").get_models() if hasattr(model, "history")
}


@contextmanager
def tables_read() -> Iterator[set[str]]:
    found: set[str] = set()

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found.update(_TABLE.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield found


@pytest.fixture
def world(db):
    for quarter in ("2021-q1", "2021-q2"):
        published_submission("va-vha", quarter, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    factories.submission("opm-rs", "2021-q2", state=what.Submission.State.WITHDRAWN)
    factories.expectation("ssa-oo", "2021-q2")


def test_every_model_has_its_place():
    places = [*BY_PUBLICATION, *BY_EVENT, *PRIVATE, *facts.registry()]
    assert set(places) == ALL
    assert len(places) == len(ALL)


def test_pages_read_of_nothing_that_could_change_unnoticed(world):
    with tables_read() as tables:
        assert [one for one in addresses.known() if Client().get(one).status_code != 200] == []
    read = {model for model in ALL if table(model) in tables}
    assert read & PRIVATE == set()
    assert read >= {what.Submission, what.Expectation, who.Designation}


def rows() -> dict[str, list[Any]]:
    return {name: list(dataset.rows(pinned(Selection(), edition()))) for name, dataset in DATASETS.items()}


def test_files_read_of_nothing_that_an_act_on_a_quarter_changes(world):
    with tables_read() as tables:
        rows()
    read = {model for model in ALL if table(model) in tables}
    # Each submission comes with the day on which it was due; see the next test.
    assert read <= {*BY_PUBLICATION, *facts.registry(), what.Quarter, what.Expectation}
    assert read >= {what.DomainResult, who.Designation}


def test_no_file_tells_when_something_was_due(world):
    before = rows()
    owed = factories.expectation("va-vha", "2021-q2")
    quarters.extend(owed, by=people.administrator(), to=date(2021, 7, 1), reason="A move.")
    assert rows() == before
