"""Small published files, made up: a row as OMB publishes it, with what a test wants different."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.test import Client

from reporting.history import columns, ratings
from reporting.history.publish import File

ROW: dict[str, Any] = {
    "collection_year": 2021,
    "collection_quarter": 2,
    "organization_name": "Department of Examples",
    "service_provider_name": "Example Provider",
    "service_name": "Applying for an example",
    "service_provided": "Online form",
    "transaction_point": "After sending the form",
    "channel": "computer",
    "volume_of_customers": "9000.0",
    "volume_of_customers_provided_survey_opportunity": "800.0",
    "volume_of_respondents": 100,
    "omb_control_number": "1234-5678",
    "federal_register_url": "https://example.gov/notice",
    "q1_text": "I am satisfied with the example.",
    **{f"q1_{answer}": 10 * answer for answer in range(1, 6)},
    "q1_point_scale": "3.67",
}
RATING: dict[str, Any] = {
    "fiscal_year": 2021,
    "quarter": 2,
    **{column: ROW[column] for column in ratings.REQUIRED[2:6]},
    "rating": "TRUE",
    "reflection": "People like the form.",
}
COLUMNS = (*columns.REQUIRED, *columns.OPTIONAL)


def row(**different: Any) -> dict[str, Any]:
    zeros = {column: 0 for column in COLUMNS if column[0] == "q" and column[-1].isdigit()}
    return {**zeros, **ROW, **different}


def csv_text(rows: Sequence[dict[str, Any]], columns: Sequence[str], prefix: str = "") -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([prefix + column for column in columns])
    writer.writerows([one.get(column, "") for column in columns] for one in rows)
    return file.getvalue()


def collections(*rows: dict[str, Any], name: str = "published.csv") -> File:
    return File(name, csv_text(rows or [row()], COLUMNS).encode())


def said(*rows: dict[str, Any]) -> File:
    return File("ratings.csv", csv_text(rows or [RATING], ratings.REQUIRED).encode())


def exported() -> bytes:
    """Our own collections.csv of everything published, as the data page gives it."""
    answer = Client().get("/data/collections.csv")
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)  # type: ignore[arg-type]
