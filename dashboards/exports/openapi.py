"""The JSON files as programs want them described: OpenAPI 3.1."""

from typing import Any

from django.conf import settings

from dashboards.datasets import DATASETS, Column, Dataset, Kind
from reporting.fiscal import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.INTEGER: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.TEXT: {"type": "string"},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    Kind.BOOLEAN: {"type": ["boolean", "null"]},
}
_FILTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "fiscal_year": (
        "Only this fiscal year; FY2021 began on October 1, 2020.",
        {"type": "integer", "minimum": FIRST_FISCAL_YEAR, "maximum": LAST_FISCAL_YEAR},
    ),
    "quarter": (
        "Only this fiscal quarter.",
        {"type": "string", "pattern": "^\\d{4}-q[1-4]$", "examples": ["2021-q2"]},
    ),
    "hisp": ("Only this HISP, by its short name.", {"type": "string", "examples": ["va-vha"]}),
    "service": ("Only this service, by its short name.", {"type": "string"}),
    "domain": ("Only this domain.", {"type": "string"}),
}


def description() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HISP Quarterly",
            "version": "1",
            "summary": "Customer experience figures of High Impact Service Providers.",
            "description": "Published figures only. No key and no sign-in; every answer has an ETag.",
            "contact": {"email": settings.CONTACT_EMAIL},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {f"/data/{dataset.slug}.json": {"get": _operation(dataset)} for dataset in DATASETS.values()},
        "components": {
            "schemas": {dataset.slug: _schema(dataset) for dataset in DATASETS.values()},
            "responses": {
                "Unchanged": {"description": "It is what you have: the ETag or the day that you sent is still right."},
                "Unreadable": _page("A filter is unknown or has a value that it does not take. The page says which."),
                "Missing": _page("There is no such HISP or service."),
            },
        },
    }


def _operation(dataset: Dataset) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{dataset.slug}"}}
    return {
        "operationId": dataset.slug,
        "summary": dataset.title,
        "description": dataset.sentence,
        "parameters": [_parameter(dataset, name) for name in dataset.filters],
        "responses": {
            "200": {
                "description": "All rows of the selection; an empty list where there are none.",
                "headers": {
                    "ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match."},
                    "Last-Modified": {"schema": {"type": "string"}},
                },
                "content": {"application/json": {"schema": rows}},
            },
            "304": {"$ref": "#/components/responses/Unchanged"},
            "400": {"$ref": "#/components/responses/Unreadable"},
            "404": {"$ref": "#/components/responses/Missing"},
        },
    }


def _parameter(dataset: Dataset, name: str) -> dict[str, Any]:
    sentence, schema = _FILTERS[name]
    if name == "domain":
        schema = {**schema, "enum": list(dataset.domains)}
    return {"name": name, "in": "query", "description": sentence, "required": False, "schema": schema}


def _schema(dataset: Dataset) -> dict[str, Any]:
    return {
        "type": "object",
        "description": dataset.sentence,
        "properties": {column.name: _property(column) for column in dataset.columns},
        "required": list(dataset.names),
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    return {**_TYPES[column.kind], "description": f"{column.meaning} {column.holds}".strip()}


def _page(sentence: str) -> dict[str, Any]:
    return {"description": sentence, "content": {"text/html": {"schema": {"type": "string"}}}}
