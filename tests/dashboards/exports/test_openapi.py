"""The description of the JSON files is a valid one, and what it says is so."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from dashboards.datasets import DATASETS
from dashboards.exports import openapi
from reporting.contents import Metric
from reporting.models import Submission
from tests import factories
from tests.dashboards.downloads import objects
from tests.factories import published_submission, submission, survey

SPEC: dict[str, Any] = openapi.description()


def test_description_is_valid_openapi_3_1():
    assert SPEC["openapi"].startswith("3.1")
    validate(SPEC, cls=OpenAPIV31SpecValidator)


@pytest.mark.django_db
def test_description_is_served_as_json(settings):
    answer = Client().get("/data/openapi.json")
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == SPEC


def test_every_dataset_is_described_and_none_besides():
    assert set(SPEC["paths"]) == {f"/data/{slug}.json" for slug in DATASETS}


@pytest.mark.parametrize("slug", DATASETS)
def test_parameters_are_the_filters(slug):
    told = [one["name"] for one in SPEC["paths"][f"/data/{slug}.json"]["get"]["parameters"]]
    assert told == list(DATASETS[slug].filters)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", DATASETS)
def test_rows_are_as_described(slug):
    factories.designation("va-vha")
    submission("ssa-oo", state=Submission.State.WITHDRAWN)
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5), offered=None)], metrics=[Metric("Calls", Decimal(7))])
    found = objects(f"/data/{slug}.json")
    assert found
    schema = SPEC["components"]["schemas"][slug]
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for row in found for error in check.iter_errors(row)] == []
