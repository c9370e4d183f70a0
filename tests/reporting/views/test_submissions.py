"""The reporter's page of a submission: what OMB said stands beside the figures, and she answers there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting import comments
from reporting.models import Comment, DomainResult
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    made = factories.submission("va-vha", quarter, state="returned", surveys=[factories.survey(trust=(1, 1, 1, 1, 1))])
    factories.expectation(made.hisp, quarter)
    DomainResult.objects.update(source="Responses!F6")
    return made


@pytest.fixture
def reporter(client, submission):
    made = people.reporter(submission.hisp)
    client.force_login(made)
    return made


def page(submission):
    return reverse("reporting:submission", args=[submission.pk])


def answer(client, submission, /, **fields):
    return client.post(reverse("reporting:comment", args=[submission.pk]), fields)


def test_open_remark_stands_beside_its_figure_and_is_announced(client, submission, reporter):
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Responses!H6")
    response = client.get(page(submission))
    (survey,) = response.context["surveys"]
    assert [place.figure.slug for place in survey.rows if place.threads] == ["trust"]
    assert "1 open comment from OMB" in response.content.decode()
    assert reverse("reporting:annotated", args=[submission.upload_id]) in response.content.decode()


def test_answer_joins_the_thread(client, submission, reporter):
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Responses!H6")
    assert answer(client, submission, text="Yes.", cell="Responses!H6").status_code == 302
    (thread,) = comments.of(submission)
    assert [(c.text, c.by) for c in thread.comments][1] == ("Yes.", reporter)


def test_open_remark_is_there_while_the_next_revision_is_a_draft(client, submission, reporter):
    comments.say(submission, by=people.reviewer(), text="Right?", cell="Responses!H6")
    surveys = [factories.survey(trust=(1, 1, 1, 1, 2))]
    draft = factories.submission(submission.hisp, submission.quarter, state="draft", revision=2, surveys=surveys)
    text = client.get(page(draft)).content.decode()
    assert "Right?" in text
    assert "on revision 1" in text


def test_what_was_asked_before_publication_is_not_announced_after_it(client, reporter):
    public = factories.published_submission(reporter.memberships.get().hisp, "2021-q3")
    comments.say(public, by=people.reviewer(), text="Right?", cell="Responses!H6")
    Comment.objects.update(at=public.published_at - timedelta(hours=1))
    assert "open comment" not in client.get(page(public)).content.decode()
    comments.say(public, by=people.reviewer(), text="Is it?", cell="Responses!H6")
    assert "1 open comment from OMB" in client.get(page(public)).content.decode()


def test_what_was_asked_before_publication_is_not_announced_on_a_correction(client, reporter):
    public = factories.published_submission(reporter.memberships.get().hisp, "2021-q3")
    comments.say(public, by=people.reviewer(), text="Right?", cell="Responses!H6")
    Comment.objects.update(at=public.published_at - timedelta(hours=1))
    surveys = [factories.survey(trust=(1, 1, 1, 1, 2))]
    draft = factories.submission(public.hisp, public.quarter, state="draft", revision=2, surveys=surveys)
    assert "open comment" not in client.get(page(draft)).content.decode()


def test_settled_thread_is_folded(client, submission, reporter):
    reviewer = people.reviewer()
    comments.settle(comments.say(submission, by=reviewer, text="Right?", cell="Responses!H6"), by=reviewer)
    text = client.get(page(submission)).content.decode()
    assert "<summary>Settled: Responses!H6 (1)</summary>" in text
    assert "open comment" not in text


def test_words_stay_typed_when_the_cell_is_none(client, submission, reporter):
    response = answer(client, submission, text="The line was down.", cell="row 7")
    assert response.status_code == 422
    assert "The line was down." in response.content.decode()
    assert Comment.objects.count() == 0


def test_nobody_speaks_in_anothers_name(client, submission, reporter):
    answer(client, submission, text="Yes.", by=people.reviewer().pk, settled_at="2021-01-01", submission=1)
    said = Comment.objects.get()
    assert (said.by, said.settled_at, said.submission) == (reporter, None, submission)
