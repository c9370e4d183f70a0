"""Which cells can be commented on, and how they are written afterwards."""

import pytest

from reporting import comments
from reporting.comment_forms import CellCommentForm
from reporting.models import Comment
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    surveys = [factories.survey(satisfaction=(1, 2, 3, 4, 5))]
    return factories.submission("va-vha", state="submitted", surveys=surveys)


def form(submission, cell):
    return CellCommentForm({"text": "Is this right?", "cell": cell}, on=submission)


def cleaned(submission, cell):
    sent = form(submission, cell)
    assert sent.is_valid(), sent.errors
    return sent.cleaned_data["cell"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Responses!J10", "Responses!J10"),
        ("responses!j10", "Responses!J10"),
        (" TOUCHPOINTS ! bh1000 ", "Touchpoints!BH1000"),
        ("", ""),
        ("line 14", "line 14"),
    ],
)
def test_a_cell_is_kept_as_the_workbook_has_it(submission, typed, kept):
    assert cleaned(submission, typed) == kept


@pytest.mark.parametrize(
    "typed", ["Nowhere!Z99", "Responses!J1001", "Responses!BI5", "Responses!", "!J5", "row 7", "J5"]
)
def test_a_cell_that_does_not_exist_is_refused_with_the_sheets_that_do(submission, typed):
    [sentence] = form(submission, typed).errors["cell"]
    assert sentence == (
        f"There is no cell “{typed}” in the form. Write a sheet (Cover, Touchpoints, Responses, Operations or Index "
        "scores), an exclamation mark and a cell from A1 to BH1000, such as Responses!H14."
    )


def test_an_old_thread_about_no_cell_of_the_form_can_be_answered(submission):
    Comment.objects.create(submission=submission, by=people.reviewer(), text="Here?", cell="Nowhere!Z99")
    assert cleaned(submission, "Nowhere!Z99") == "Nowhere!Z99"
    assert not form(factories.submission("ssa-oo", state="submitted"), "Nowhere!Z99").is_valid()


def test_a_sheet_that_the_workbook_named_otherwise_can_be_commented_on(submission):
    submission.findings.create(rule="r", severity="note", found="Odd.", sheet="Our metrics", cell="B2")
    submission.reports.update(source="Survey list!A5")
    assert cleaned(submission, "our metrics!b2") == "Our metrics!B2"
    assert cleaned(submission, "Survey list!F5") == "Survey list!F5"


def test_both_spellings_are_one_thread(submission):
    for typed in ("Responses!J10", "responses!j10"):
        comments.say(submission, by=people.reviewer(), text="Right?", cell=cleaned(submission, typed))
    assert [thread.cell for thread in comments.of(submission)] == ["Responses!J10"]
