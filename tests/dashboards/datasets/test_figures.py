"""A file of many quarters is read one quarter at a time, and what is read for it is let go."""

import gc
import weakref

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards.datasets import DATASETS, Selection, figures
from reporting.publications import stamp
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
QUARTERS = ("2020-q3", "2020-q4", "2021-q1", "2021-q2", "2021-q3")


@pytest.fixture(autouse=True)
def five_quarters():
    for quarter in QUARTERS:
        published_submission("va-vha", quarter, surveys=[survey(trust=(1, 2, 3, 4, 5))])


@pytest.mark.parametrize("name", ["scores", "responses", "collections"])
def test_first_row_needs_the_figures_of_the_first_quarter_only(name):
    rows = DATASETS[name].rows(Selection(publication=stamp()))
    with CaptureQueriesContext(connection) as captured:
        next(rows)
    assert len(captured) == 4  # the quarters, and the three queries of one


def test_quarter_is_let_go_before_the_next_but_one_is_read():
    seen: list[weakref.ref[object]] = []
    for own in figures.by_quarter(Selection(publication=stamp())):
        gc.collect()
        assert sum(one() is not None for one in seen) <= 1
        seen.append(weakref.ref(own[0]))
    assert len(seen) == len(QUARTERS)


def test_quarters_come_oldest_first():
    found = [own[0].quarter.slug for own in figures.by_quarter(Selection(publication=stamp()))]
    assert found == list(QUARTERS)
