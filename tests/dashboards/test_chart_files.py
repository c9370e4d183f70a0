"""Charts as files: the same figures as on their page, at addresses that last."""

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/quarters/2021-q2/",
    "/quarters/",
    "/hisps/va-vha/",
    "/hisps/va-vha/2021-q2/",
    "/services/va-vha-outpatient-care/",
    "/domains/trust/",
    "/departments/va/",
    "/compare/?of=va-vha&of=ssa-oo&quarter=2021-q2&method=mean-of-surveys",
)


@pytest.fixture(autouse=True)
def _figures():
    for hisp in ("va-vha", "va-vba", "ssa-oo"):
        for quarter in ("2021-q1", "2021-q2"):
            published_submission(hisp, quarter, surveys=[survey(trust=(1, 2, 3, 4, 50), ease=(0, 0, 1, 2, 3))])


def files(client, address):
    """Addresses that the page offers to download."""
    page = client.get(address).content.decode()
    return [unescape(found) for found in re.findall(r'<a href="([^"]+/charts/[^"]+)" download', page)]


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_of_a_page_leads_to_its_drawing_and_its_numbers(client, page):
    found = files(client, page)
    assert len(found) >= 2
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if ".svg" in address:
            assert answer["Content-Type"] == "image/svg+xml"
            assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"
        else:
            assert len(list(csv.reader(io.StringIO(answer.content.decode())))) > 1


@pytest.mark.parametrize("page", PAGES)
def test_no_id_is_twice_on_a_page(client, page):
    ids = re.findall(r'\sid="([^"]+)"', client.get(page).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_file_keeps_the_method_that_its_page_has(client):
    address = "/quarters/2021-q2/charts/hisps.svg?method=mean-of-hisps"
    assert address in files(client, "/quarters/2021-q2/?method=mean-of-hisps")
    assert "Mean of HISPs" in client.get(address).content.decode()


def test_file_is_named_for_what_it_shows(client):
    answer = client.get("/hisps/va-vha/2021-q2/charts/answers.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="hisps-va-vha-2021-q2-answers.csv"'


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/hisps/va-vha/charts/best.svg", "There is no chart “best.svg” here."),
        ("/hisps/va-vha/charts/trend.png", "There is no chart “trend.png” here."),
        ("/hisps/nobody/charts/trend.svg", "There is no HISP “nobody”."),
        ("/hisps/va-vha/2019-q1/charts/answers.svg", "No figures of Provider va-vha are published for FY2019 Q1."),
        ("/quarters/2019-q1/charts/hisps.csv", "No figures are published for FY2019 Q1."),
        ("/domains/speed/charts/trend.svg", "The survey has no domain “speed”."),
        ("/services/none/charts/trend.svg", "There is no service “none”."),
    ],
)
def test_chart_that_is_not_there_is_a_page_with_a_way_out(client, address, sentence):
    answer = client.get(address)
    assert (answer.status_code, client.head(address).status_code) == (404, 404)
    assert sentence in answer.content.decode()


def test_withdrawn_figures_are_in_no_chart(client):
    submission("usda-fsa", "2021-q2", state="withdrawn", surveys=[survey(trust=(0, 0, 0, 0, 7))])
    assert client.get("/hisps/usda-fsa/2021-q2/charts/answers.svg").status_code == 404
    assert "usda-fsa" not in client.get("/domains/trust/charts/hisps.csv").content.decode()


def test_superseded_figures_offer_no_files_of_those_that_count(client):
    submission("usda-fsa", "2021-q2", state="superseded", surveys=[survey(trust=(0, 0, 0, 0, 7))])
    published_submission("usda-fsa", "2021-q2", revision=2, revision_note="-", surveys=[survey(trust=(9, 0, 0, 0, 0))])
    page = client.get("/hisps/usda-fsa/2021-q2/revisions/1/").content.decode()
    assert 'class="chart answers"' in page
    assert "/charts/" not in page


@pytest.mark.parametrize("kind", ["svg", "csv"])
def test_head_of_a_chart_answers_as_get_does(client, kind):
    address = f"/quarters/2021-q2/charts/hisps.{kind}"
    asked, got = client.head(address), client.get(address)
    assert (asked.status_code, asked["Content-Type"], asked.content) == (200, got["Content-Type"], b"")
