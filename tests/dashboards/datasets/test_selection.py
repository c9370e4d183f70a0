"""What an address may ask of a file, and the sentence that says so."""

from html import unescape

import pytest
from django.test import Client

from dashboards.datasets import DATASETS
from dashboards.datasets.selection import NAMES
from tests.dashboards.downloads import objects
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vha():
    for quarter in ("2020-q4", "2021-q1", "2021-q2"):
        published_submission("va-vha", quarter, surveys=[survey(trust=(1, 2, 3, 4, 5))])


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("scores.csv?qarter=2021-q2", "“qarter” is not a filter of this file. The filters are fiscal_year, quarter,"),
        ("departments.csv?hisp=va-vha", "“hisp” is not a filter of this file. It has no filters."),
        ("hisps.csv?domain=trust", "“domain” is not a filter of this file. The filters are hisp."),
        ("scores.csv?fiscal_year=21", "“21” is not a fiscal year. Write it like 2021"),
        ("scores.csv?fiscal_year=٢٠٢١", "“٢٠٢١” is not a fiscal year."),
        ("scores.csv?fiscal_year=1900", "“1900” is not a fiscal year. Write it like 2021; 1977 was the first."),
        ("scores.csv?quarter=2", "“2” is not a fiscal quarter. Write it like 2021-q2.".replace("2021-q2", "2024-q2")),
        ("scores.csv?domain=speed", "“speed” is no domain of this file. Its domains are satisfaction, trust,"),
        ("scores.csv?domain=extra_1", "“extra_1” is no domain of this file."),
        ("responses.csv?domain=combined", "“combined” is no domain of this file."),
        ("scores.csv?service=A%20B", "“A B” is not how a service is written here."),
        ("scores.csv?hisp=va-vha&hisp=ssa-oo", "“hisp” is given more than once. Ask for one at a time."),
        ("scores.csv?fiscal_year=2022&quarter=2021-q2", "FY2021 Q2 is not in fiscal year 2022."),
    ],
)
def test_what_is_no_filter_or_no_value_is_400_with_what_is_allowed(address, sentence):
    answer = Client().get(f"/data/{address}")
    assert answer.status_code == 400
    assert sentence in unescape(answer.content.decode())


def test_unknown_service_is_404():
    answer = Client().get("/data/scores.csv?service=nobody")
    assert answer.status_code == 404
    assert "There is no service “nobody”." in unescape(answer.content.decode())


@pytest.mark.parametrize("name", DATASETS)
def test_empty_filter_of_a_form_asks_for_nothing(name):
    query = "&".join(f"{each}=" for each in NAMES)
    assert objects(f"/data/{name}.json?{query}") == objects(f"/data/{name}.json")


@pytest.mark.parametrize("name", [name for name, one in DATASETS.items() if "fiscal_year" in one.filters])
def test_year_and_quarter_leave_the_rest_out(name):
    year = "collection_year" if name == "collections" else "fiscal_year"
    assert {one[year] for one in objects(f"/data/{name}.json?fiscal_year=2021")} <= {2021}
    both = objects(f"/data/{name}.json?fiscal_year=2021&quarter=2021-q2")
    assert both == objects(f"/data/{name}.json?quarter=2021-q2")


def test_quarter_without_figures_is_an_empty_file():
    assert objects("/data/scores.json?quarter=2019-q1") == []
