"""Where a figure stood, and which comments stand beside it."""

import pytest

from reporting import anchors, comments
from reporting.figures import contents_of, loaded
from reporting.models import DomainResult, Submission, TouchpointReport
from reporting.preview import preview
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    surveys = [factories.survey(trust=(1, 1, 1, 1, 1), ease=(1, 1, 1, 1, 1))]
    made = factories.submission("va-vha", state="submitted", surveys=surveys)
    TouchpointReport.objects.update(source="Touchpoints!A5")
    DomainResult.objects.filter(domain="trust").update(source="Responses!F6")
    return made


def placed(submission):
    found = loaded(Submission.objects.filter(pk=submission.pk)).get()
    threads = comments.of(found)
    surveys = anchors.surveys(found, preview(contents_of(found)).surveys, threads)
    return surveys[0], anchors.elsewhere(surveys, threads)


def test_volumes_stand_in_the_columns_of_the_template(submission):
    cells = anchors.cells_of(TouchpointReport.objects.get())
    assert cells == {
        "survey": "Touchpoints!A5",
        "customers": "Touchpoints!F5",
        "offered": "Touchpoints!G5",
        "respondents": "Touchpoints!H5",
        "trust": "Responses!F6",
    }


@pytest.mark.parametrize("source", ["Touchpoints!C5", "line 14, customers"])
def test_row_is_all_that_is_known_when_columns_were_moved(submission, source):
    TouchpointReport.objects.update(source=source)
    cells = anchors.cells_of(TouchpointReport.objects.get())
    assert cells["customers"] == cells["survey"] == source


def test_comment_on_any_count_stands_beside_its_question(submission):
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Responses!J6")
    survey, elsewhere = placed(submission)
    assert [place.figure.slug for place in survey.rows if place.threads] == ["trust"]
    assert elsewhere == []
    assert survey.open == 1


def test_comment_without_a_figure_stands_at_the_end(submission):
    reviewer = people.reviewer()
    for cell in ("", "Cover!B9", "Responses!F66"):
        comments.say(submission, by=reviewer, text="Right?", cell=cell)
    survey, elsewhere = placed(submission)
    assert survey.open == 0
    assert [thread.cell for thread in elsewhere] == ["", "Cover!B9", "Responses!F66"]


def test_comment_on_the_row_of_a_survey_stands_beside_the_survey(submission):
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Touchpoints!K5")
    survey, _ = placed(submission)
    assert [thread.cell for thread in survey.whole.threads] == ["Touchpoints!K5"]
