"""What a reader has already is not made again."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.http import http_date

from dashboards import freshness
from dashboards.datasets import DATASETS, Selection
from dashboards.exports import KINDS
from dashboards.freshness import stamps
from hisps.models import Service
from reporting.models import Publication
from tests import factories
from tests.dashboards.downloads import body
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
ADDRESS = "/data/scores.csv?hisp=va-vha"


@pytest.fixture(autouse=True)
def vha():
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])


def etag(address: str) -> str:
    return Client().head(address)["ETag"]


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("kind", KINDS)
def test_file_that_the_reader_has_is_304_and_no_row_is_read(name, kind, django_assert_max_num_queries):
    address = f"/data/{name}.{kind}"
    told = Client().head(address)
    with django_assert_max_num_queries(2):
        again = Client().get(address, headers={"If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == told["ETag"]
    assert again["Cache-Control"] == told["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_reader_who_knows_only_the_day_gets_304_too():
    modified = Client().head(ADDRESS)["Last-Modified"]
    assert Client().get(ADDRESS, headers={"If-Modified-Since": modified}).status_code == 304
    assert Client().get(ADDRESS, headers={"If-Modified-Since": http_date(0)}).status_code == 200


def test_last_modified_is_the_moment_of_the_last_publication():
    newest = max(Publication.objects.get().at, Service.history.latest().history_date)
    assert Client().head(ADDRESS)["Last-Modified"] == http_date(int(newest.timestamp()))


def test_every_address_has_a_tag_of_its_own():
    addresses = [f"/data/{name}.{kind}" for name in DATASETS for kind in KINDS]
    addresses += ["/data/scores.csv?hisp=va-vha", "/data/scores.csv?quarter=2021-q2", "/data/scores.csv?domain=trust"]
    assert len({etag(address) for address in addresses}) == len(addresses)


def test_publication_and_a_new_name_change_the_tag():
    first = etag(ADDRESS)
    published_submission("ssa-oo", "2021-q3")
    second = etag(ADDRESS)
    hisp = factories.hisp("va-vha")
    hisp.name = "Veterans Health"
    hisp.save()
    assert len({first, second, etag(ADDRESS)}) == 3


def test_change_of_our_code_changes_the_tag(monkeypatch):
    before = etag(ADDRESS)
    monkeypatch.setattr(stamps, "code", lambda: freshness.Code("another", datetime.now(UTC)))
    assert etag(ADDRESS) != before


def test_same_bytes_come_under_the_same_tag():
    before, first = etag(ADDRESS), body(ADDRESS)
    assert (etag(ADDRESS), body(ADDRESS)) == (before, first)


def test_head_names_the_file_and_its_kind_without_a_byte():
    answer = Client().head("/data/scores.xlsx?quarter=2021-q2")
    assert answer["Content-Disposition"] == 'attachment; filename="hisp-scores-2021-q2.xlsx"'
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    assert b"".join(answer) == b""


def test_publication_while_a_file_is_sent_does_not_get_into_it():
    for quarter in ("2021-q1", "2021-q3"):
        published_submission("va-vha", quarter, surveys=[survey(trust=(0, 0, 0, 0, 9))])
    rows = DATASETS["scores"].rows(Selection(publication=freshness.edition().publication))
    first = next(rows)
    published_submission("ssa-oo", "2021-q4", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    years = {first[:2], *(row[:2] for row in rows)}
    assert years == {(2021, 1), (2021, 2), (2021, 3)}


@pytest.mark.parametrize(
    "address", [ADDRESS, "/data/v/1/2021-q2/scores.json", "/data.json", "/data/openapi.json", "/feed.atom"]
)
def test_scripts_of_other_sites_may_read_files_without_anybody_s_cookies(address):
    answer = Client().get(address)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again["ETag"] == answer["ETag"]


def test_pages_are_not_for_scripts_of_other_sites():
    assert "Access-Control-Allow-Origin" not in Client().get("/data/")
