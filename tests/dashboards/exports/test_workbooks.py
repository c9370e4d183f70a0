import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from dashboards.datasets import DATASETS
from dashboards.exports import workbooks
from tests.dashboards.downloads import body, objects, sheet
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vha():
    published_submission(surveys=[survey("Care", "=1+1", trust=(1, 2, 3, 4, 5), wordings={"trust": "a\x07b\nc"})])


@pytest.mark.parametrize("name", DATASETS)
def test_workbook_holds_the_rows_of_the_json(name):
    header, *found = sheet(f"/data/{name}.xlsx")
    expected = objects(f"/data/{name}.json")
    assert list(header) == list(DATASETS[name].names)
    assert len(found) == len(expected)


def test_numbers_are_numbers_and_days_are_days():
    header, *found = sheet("/data/responses.xlsx?domain=trust")
    row = dict(zip(header, found[0], strict=True))
    assert (row["strongly_agree"], row["score"], row["publishable"]) == (5, 3.67, True)
    assert row["published_on"].date().isoformat() == "2021-05-01"


def test_no_cell_is_a_formula_and_none_holds_what_excel_refuses():
    header, *found = sheet("/data/responses.xlsx?domain=trust")
    row = dict(zip(header, found[0], strict=True))
    assert (row["service_provided"], row["question"]) == ("'=1+1", "a\N{REPLACEMENT CHARACTER}b\nc")
    book = load_workbook(io.BytesIO(body("/data/responses.xlsx")))
    kinds = {cell.data_type for one in book.worksheets for line in one.rows for cell in line}
    assert kinds <= {"s", "inlineStr", "n", "b", "d"}


def test_header_is_bold_and_stays_in_sight():
    first = load_workbook(io.BytesIO(body("/data/scores.xlsx"))).worksheets[0]
    assert all(cell.font.bold for cell in first[1])
    assert first.freeze_panes == "A2"


def test_sheet_about_says_where_it_comes_from_and_what_was_asked(settings):
    settings.SITE_URL = "https://hisp.example"
    facts = dict(sheet("/data/scores.xlsx?quarter=2021-q2&hisp=va-vha", workbooks.ABOUT))
    assert facts["Filters"] == "quarter = 2021-q2, hisp = va-vha"
    assert facts["Source"].endswith("https://hisp.example/data/scores.csv?quarter=2021-q2&hisp=va-vha")
    assert facts["Figures as of"].startswith("Publication 1 on ")
    assert facts["Columns"] == "https://hisp.example/data/dictionary/#file-scores"


def test_more_rows_than_a_workbook_takes_is_400_with_a_way_out(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    answer = Client().get("/data/scores.xlsx")
    assert answer.status_code == 400
    assert "more than 3 rows. Narrow it to a year or a HISP, or take CSV." in answer.content.decode()
