"""The marked copy of a workbook with what OMB said about it."""

from io import BytesIO

import pytest
from django.http import Http404
from django.utils import timezone
from openpyxl import load_workbook

from reporting import anchors, comments, files, intake
from reporting.contents import Contents, Question, Survey
from reporting.scoring import Tally
from reporting.workbook import spec
from tests import factories, people
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from

pytestmark = pytest.mark.django_db
SERVICE = "Receiving outpatient services"


@pytest.fixture
def submission():
    hisp = factories.hisp("va-vha")
    hisp.services.create(name=SERVICE, slug="va-vha-outpatient")
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, quarter)
    question = Question("trust", "I trust VA.", Tally(1, 2, 3, 4, 50))
    survey = Survey(SERVICE, "Visits", "Mail", "email", 9000, 800, 60, "2900-0770", questions=(question,))
    contents = Contents("Pat", "pat@va.example", "We learned much.", surveys=(survey,))
    workbook = fill_from(issued(hisp, quarter), contents)
    return intake.receive(workbook, "vha.xlsx", hisp=hisp, quarter=quarter, by=people.reporter(hisp)).submission


def marked(upload):
    return load_workbook(BytesIO(b"".join(files.marked_copy(upload).streaming_content)))


def test_remark_stands_on_the_cell_it_is_about_and_in_the_list(submission):
    reviewer = people.reviewer()
    cell = anchors.cells_of(submission.reports.get())["customers"]
    comments.say(submission, by=reviewer, text="Did so few come?", cell=cell)
    comments.say(submission, by=reviewer, text="Who writes these?")
    book = marked(submission.upload)
    sheet, _, address = cell.partition("!")
    assert book[sheet][address].value == 9000
    assert "Did so few come?" in book[sheet][address].comment.text
    listed = " ".join(str(each.value) for row in book[spec.PROBLEMS[0]].iter_rows() for each in row)
    assert "Did so few come?" in listed
    assert "Who writes these?" in listed


def test_remark_is_reason_enough_for_a_marked_copy(submission):
    upload = submission.upload
    upload.report = []  # as of a workbook in which every check passed
    with pytest.raises(Http404):
        files.marked_copy(upload)
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Responses!F5")
    assert marked(upload)["Responses"]["F5"].comment
