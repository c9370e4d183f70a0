"""What an address may hold, and how it may be asked for: everything else is a page with a way out, never an error."""

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from dashboards.datasets import DATASETS
from tests import people
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/hisps/",
    "/hisps/va-vha/",
    "/hisps/va-vha/2021-q2/",
    "/quarters/",
    "/quarters/2021-q2/",
    "/domains/trust/",
    "/departments/",
    "/departments/va/",
    "/compare/",
)
FILES = ("/data/scores.csv", "/data/collections.json")
JUNK = ("%00", "a%00b", "%ED%A0%80", "%FF", "’;--", "%0d%0aX:1", "٢٠٢١-q2", "<script>", "x" * 3000, "%F0%9F%98%80")


@pytest.fixture(autouse=True)
def vha():
    return published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])


def text(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/hisps/nobody/", "There is no HISP “nobody”."),
        ("/hisps/nobody/2021-q2/", "There is no HISP “nobody”."),
        ("/hisps/va-vha/2020-q1/", "No figures of Provider va-vha are published for FY2020 Q1."),
        ("/hisps/va-vha/9998-q4/", "No figures of Provider va-vha are published for FY9998 Q4."),
        ("/quarters/2020-q1/", "No figures are published for FY2020 Q1."),
        ("/quarters/9998-q4/", "No figures are published for FY9998 Q4."),
        ("/quarters/0001-q1/", "There is nothing at this address"),
        ("/quarters/٢٠٢١-q2/", "There is nothing at this address"),
        ("/services/none/", "There is no service “none”."),
        ("/departments/none/", "There is no department “none”."),
        ("/hisps/?department=none", "There is no department “none”."),
        ("/surveys/1234567-email/", "There is no survey “1234567-email”."),
        ("/surveys/email/", "There is no survey “email”."),
        ("/departments/va/charts/map.svg", "There is no chart “map.svg” here."),
        ("/domains/speed/", "The survey has no domain “speed”."),
        ("/data/answers.csv", "There is no data file “answers.csv”."),
        ("/data/scores.xml", "There is no data file “scores.xml”."),
        ("/data/scores.csv?hisp=nobody", "There is no HISP “nobody”."),
    ],
)
def test_what_is_not_there_is_a_page_with_a_way_out(client, address, sentence):
    page = text(client, address, status=404)
    assert sentence in page
    assert "Go to the latest quarter" in page


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/?method=best", "There is no method “best”."),
        ("/hisps/va-vha/?method=", "There is no method “”."),
        ("/hisps/?sort=best", "“sort” cannot be “best”."),
        ("/hisps/?figures=1e99", "“figures” cannot be “1e99”."),
        ("/compare/?quarter=soon", "“soon” is not a fiscal quarter."),
        ("/data/scores.csv?quarter=soon", "“soon” is not a fiscal quarter."),
        ("/data/scores.csv?quarter=0001-q1", "No fiscal year 1"),
        ("/data/scores.csv?hisp=VHA,%20please", "“VHA, please” is not how a HISP is written here."),
        ("/data/scores.csv?hisp=%00", "“�” is not how a HISP is written here."),
    ],
)
def test_what_cannot_be_read_is_a_page_with_a_way_out(client, address, sentence):
    page = text(client, address, status=400)
    assert sentence in page
    assert "Go to the latest quarter" in page


@pytest.mark.parametrize("junk", JUNK)
def test_no_parameter_breaks_a_page_or_comes_back_as_it_was(client, junk):
    addresses = [f"{page}?method={junk}" for page in PAGES]
    addresses += [f"{file}?{name}={junk}" for file in FILES for name in ("quarter", "hisp")]
    for address in addresses:
        page = text(client, address, status=400)
        assert "\0" not in page
        assert "<script" not in client.get(address).content.decode()
        assert "x" * 100 not in page


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare/?of=", 404),
        ("/hisps/?q=", 200),
        ("/hisps/?department=", 404),
        ("/hisps/?sort=", 400),
        ("/search/?q=", 200),
    ],
)
def test_no_word_that_is_looked_for_breaks_a_page_or_comes_back_as_it_was(client, junk, address, status):
    page = text(client, f"{address}{junk}", status)
    assert "\0" not in page
    assert "<script" not in client.get(f"{address}{junk}").content.decode()
    assert "x" * 200 not in page


@pytest.mark.parametrize("junk", JUNK)
def test_no_part_of_an_address_breaks_a_page(client, junk):
    for start in (
        "/hisps/",
        "/hisps/va-vha/",
        "/services/",
        "/quarters/",
        "/domains/",
        "/data/",
        "/departments/",
        "/surveys/",
    ):
        assert client.get(f"{start}{junk}/").status_code == 404
    assert client.get(f"/data/{junk}.csv").status_code == 404
    assert client.get(f"/data/scores.{junk}").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["home", "hisps", "quarters", "methods", "data", "compare", "search", "departments", "about", "accessibility"],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_public_pages_are_only_read_and_say_so(name, method):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.generic(method, reverse(f"dashboards:{name}"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    page = answer.content.decode()
    assert "can only be read" in page
    assert "Go to the latest quarter" in page


def test_sign_out_by_address_says_to_use_the_button(client):
    client.force_login(people.person())
    answer = client.get(reverse("logout"))
    assert answer.status_code == 405
    assert "the button on a page" in answer.content.decode()
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_options_name_what_an_address_takes(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.options(address)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_head_answers_as_get_does_without_the_body(client, address):
    asked, got = client.head(address), client.get(address)
    assert asked.status_code == got.status_code
    assert asked["Content-Type"] == got["Content-Type"]
    assert asked.get("Content-Disposition") == got.get("Content-Disposition")
    assert b"".join(asked) == b""


def test_head_of_a_missing_page_is_missing(client):
    assert client.head("/hisps/nobody/").status_code == 404


def test_head_of_a_file_makes_no_row(client, monkeypatch):
    made = []
    scores = replace(DATASETS["scores"], rows=lambda selection: iter([made.append(selection)]))
    monkeypatch.setitem(DATASETS, "scores", scores)
    assert list(client.head("/data/scores.csv")) == made == []
