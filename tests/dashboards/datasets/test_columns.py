"""A column holds what it says it holds."""

from datetime import date
from decimal import Decimal

import pytest

from dashboards.datasets import DATASETS, Kind, Selection
from reporting.contents import Index, Metric
from reporting.models import Submission
from reporting.publications import stamp
from tests import factories
from tests.factories import published_submission, submission, survey

TYPES = {Kind.INTEGER: int, Kind.NUMBER: Decimal, Kind.TEXT: str, Kind.DATE: date, Kind.BOOLEAN: bool}


@pytest.fixture(autouse=True)
def figures(db):
    factories.designation("va-vha", date(2018, 10, 1), date(2026, 1, 1))
    submission(state=Submission.State.SUPERSEDED, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    submission("ssa-oo", state=Submission.State.WITHDRAWN)
    published_submission(
        revision=2,
        revision_note="-",
        surveys=[survey(trust=(1, 2, 3, 4, 6), offered=None), survey("Other", ease=(0, 0, 0, 0, 1))],
        metrics=[Metric("Calls", Decimal(7), "million", "Other", "Rounded.")],
        indexes=[Index("ForeSee", Decimal(83), threshold=Decimal(80))],
    )


@pytest.mark.parametrize("name", DATASETS)
def test_every_value_is_of_the_kind_of_its_column(name):
    dataset = DATASETS[name]
    found = list(dataset.rows(Selection(publication=stamp())))
    assert found
    for row in found:
        for column, value in zip(dataset.columns, row, strict=True):
            assert value is None or type(value) is TYPES[column.kind], (column.name, value)


@pytest.mark.parametrize("name", DATASETS)
def test_text_is_never_missing_but_empty(name):
    dataset = DATASETS[name]
    texts = [place for place, column in enumerate(dataset.columns) if column.kind == Kind.TEXT]
    assert all(row[place] is not None for row in dataset.rows(Selection(publication=stamp())) for place in texts)
