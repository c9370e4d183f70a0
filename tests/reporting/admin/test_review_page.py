"""The page on which a submission is decided: what stands beside each figure, and what a reviewer may say and do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hisps.models import Hisp
from reporting import comments, review
from reporting.domains import DOMAIN_BY_SLUG
from reporting.models import Comment, DomainResult, Event, Submission, Upload
from tests import factories, people

pytestmark = pytest.mark.django_db

THEN = {"satisfaction": (10, 10, 10, 10, 60), "employee": (1, 1, 1, 1, 96)}
NOW = {"satisfaction": (60, 10, 10, 10, 10), "ease": (1, 1, 1, 1, 96)}


@pytest.fixture
def hisp():
    return factories.hisp("va-vha", name="Veterans Health Administration")


@pytest.fixture
def submitted(hisp):
    return factories.submission(hisp, "2021-q2", state="submitted", surveys=[factories.survey(customers=99, **NOW)])


@pytest.fixture
def last_quarter(hisp):
    return factories.published_submission(hisp, "2021-q1", surveys=[factories.survey(customers=10_000, **THEN)])


@pytest.fixture
def desk(client):
    client.force_login(people.reviewer())
    return client


def page(submission):
    return reverse("admin:reporting_submission_change", args=[submission.pk])


def shown(client, submission, query=""):
    return client.get(page(submission) + query).content.decode()


def take(client, submission, step, **fields):
    address = reverse("admin:reporting_submission_step", args=[submission.pk, step])
    return client.post(address, {"lock_version": submission.lock_version, **fields})


def say(client, submission, **fields):
    return client.post(reverse("admin:reporting_submission_comment", args=[submission.pk]), fields)


def returned_and_sent_again(desk, submission, **changed):
    """What was returned with two comments, and the revision that came back."""
    read_from_its_cells(submission)
    say(desk, submission, text="Did 99 come?", cell="Touchpoints!F5")
    say(desk, submission, text="Is ease asked?", cell="Responses!F8")
    take(desk, submission, "return", reason="Two questions.")
    survey = factories.survey(**{"customers": 9900, **NOW, **changed})
    fields = {"revision": 2, "revision_note": "Customers corrected.", "surveys": [survey]}
    again = factories.submission(submission.hisp, submission.quarter, state="submitted", **fields)
    read_from_its_cells(again)
    return again


def read_from_its_cells(submission):
    submission.reports.update(source="Touchpoints!A5")
    DomainResult.objects.filter(report__submission=submission, domain="ease").update(source="Responses!F8")


# Beside last quarter


def test_each_figure_stands_beside_last_quarters_with_its_change(desk, submitted, last_quarter):
    text = shown(desk, submitted)
    assert "10,000 in FY2021 Q1" in text
    assert '<span class="mark">jump: −99%</span>' in text
    assert "−2.00" in text  # satisfaction 4.00, then 2.00
    for words in ('<span class="mark">new</span>', '<span class="mark">gone</span>'):  # ease, employee
        assert words in text


def test_survey_of_last_quarter_that_is_missing_is_named(desk, submitted, hisp):
    surveys = [factories.survey(**THEN), factories.survey("Outpatient care", "Letter survey", **THEN)]
    factories.submission(hisp, "2021-q1", state="approved", surveys=surveys)
    text = shown(desk, submitted)
    assert "Letter survey was reported for FY2021 Q1 and is not there now." in text
    assert "are approved and not published yet" in text


def test_no_quarter_before_is_said(desk, submitted, hisp):
    factories.submission(hisp, "2020-q4", state="approved", surveys=[factories.survey(**THEN)])
    factories.published_submission(hisp, "2021-q3", surveys=[factories.survey(**THEN)])
    text = shown(desk, submitted)
    assert "nothing was published for a quarter before, nor approved for FY2021 Q1" in text
    assert "Change</th>" not in text


def test_after_a_gap_the_figures_stand_beside_the_last_ones_published(desk, submitted, hisp):
    factories.published_submission(hisp, "2020-q2", surveys=[factories.survey(customers=7, **NOW)])
    factories.published_submission(hisp, "2020-q4", surveys=[factories.survey(customers=10_000, **THEN)])
    text = shown(desk, submitted)
    assert "Beside FY2020 Q4, the last one published. Nothing was published or approved for FY2021 Q1." in text
    assert "10,000 in FY2020 Q4" in text
    assert "since FY2020 Q4" in text


def test_what_is_approved_for_the_quarter_just_before_goes_before_older_published_figures(desk, submitted, hisp):
    factories.published_submission(hisp, "2020-q4", surveys=[factories.survey(customers=7, **NOW)])
    factories.submission(hisp, "2021-q1", state="approved", surveys=[factories.survey(customers=10_000, **THEN)])
    text = shown(desk, submitted)
    assert "10,000 in FY2021 Q1" in text
    assert "the last one published" not in text


def test_what_is_public_of_the_quarter_before_goes_before_its_correction(desk, submitted, hisp, last_quarter):
    fields = {"revision": 2, "revision_note": "Counted once.", "file_name": "b.xlsx"}
    surveys = [factories.survey(customers=7, **THEN)]
    factories.submission(hisp, "2021-q1", state="approved", surveys=surveys, **fields)
    assert "10,000 in FY2021 Q1" in shown(desk, submitted)


def test_wording_that_differs_from_the_official_statement_is_marked(desk, hisp):
    wordings = {"satisfaction": "I am satisfied with the service I received from VA.", "ease": "It was simple."}
    survey = factories.survey(wordings=wordings, **NOW)
    text = shown(desk, factories.submission(hisp, state="submitted", surveys=[survey]))
    assert text.count("other wording</span>") == 1 + 1  # at the question, and in the contents of the page
    assert '<ins><span class="visually-hidden">[asked instead: </span>simple.' in text
    assert "<summary>official wording</summary>I am satisfied with the service I received from VA." in text


# The revision before


def test_what_changed_stands_on_top_with_what_was_asked(desk, submitted):
    again = returned_and_sent_again(desk, submitted)
    revision = desk.get(page(again)).context["revision"]
    ((_, changed),) = revision.groups
    assert [(one.change.name, one.change.before, one.change.after, one.cell) for one in changed] == [
        ("Customers", 99, 9900, "Touchpoints!F5")
    ]
    assert [thread.last.text for thread in changed[0].threads] == ["Did 99 come?"]
    assert [thread.last.text for thread in revision.unanswered] == ["Is ease asked?"]
    assert revision.returned.note.startswith("Two questions.")
    text = shown(desk, again)
    assert text.index("Customers corrected.") < text.index('id="findings"')


def test_revision_without_a_change_says_so(desk, submitted):
    again = returned_and_sent_again(desk, submitted, customers=99)
    assert "Nothing changed: every figure and every word is the same." in shown(desk, again)


def test_first_revision_has_no_changes(desk, submitted):
    assert "Changes since" not in shown(desk, submitted)


# Comments


def test_figure_links_to_a_comment_on_its_cell(desk, submitted):
    DomainResult.objects.filter(domain="ease").update(source="Responses!F8")
    link = "?cell=Responses%21F8"
    assert f'href="{link}#comment"' in shown(desk, submitted)
    assert 'value="Responses!F8"' in shown(desk, submitted, link)


def test_comment_stays_typed_when_its_cell_is_none(desk, submitted):
    response = say(desk, submitted, text="Is this right?", cell="row 7")
    assert response.status_code == 422
    assert "Is this right?" in response.content.decode()
    assert "There is no cell" in response.content.decode()
    assert Comment.objects.count() == 0


def test_return_takes_the_open_comments_along_and_names_them_before(desk, submitted):
    say(desk, submitted, text="Did 99 come?", cell="Touchpoints!f5")
    assert "Goes along: 1 open comment." in shown(desk, submitted)
    take(desk, submitted, "return", reason="Please look again.")
    note = Event.objects.get(transition="return").note
    assert note == "Please look again.\n\nOpen comments:\nTouchpoints!F5: Did 99 come?"


def test_return_without_words_is_refused_and_still_names_what_goes_along(desk, submitted):
    say(desk, submitted, text="Did 99 come?", cell="Touchpoints!F5")
    response = take(desk, submitted, "return", reason=" ")
    assert response.status_code == 422
    assert "Goes along: 1 open comment." in response.content.decode()
    assert Submission.objects.get().state == "submitted"


def test_settled_comment_is_folded_and_does_not_go_along(desk, submitted):
    say(desk, submitted, text="Did 99 come?", cell="Touchpoints!F5")
    desk.post(reverse("admin:reporting_submission_settle", args=[submitted.pk, Comment.objects.get().pk]))
    text = shown(desk, submitted)
    assert "<summary>Settled: Touchpoints!F5 (1)</summary>" in text
    assert "Goes along" not in text


def test_no_comment_is_ever_public(client, desk, hisp, last_quarter):
    comments.say(last_quarter, by=people.reviewer(), text="Utterly secret")
    client.logout()
    for address in ("/", "/hisps/va-vha/", "/hisps/va-vha/2021-q1/", "/quarters/2021-q1/", "/data/scores.csv"):
        response = client.get(address)
        assert response.status_code == 200
        assert b"Utterly secret" not in response.getvalue()


# Deciding


def test_approve_and_open_next_opens_the_next(desk, submitted):
    following = factories.submission("ssa-oo", "2021-q2", state="submitted")
    response = take(desk, submitted, "approve", then="next")
    assert response.url == page(following)
    assert "Approved: Veterans Health Administration, FY2021 Q2." in desk.get(response.url).content.decode()


def test_approve_and_open_next_stays_when_nothing_waits(desk, submitted):
    response = take(desk, submitted, "approve", then="next")
    assert response.url == page(submitted)
    assert "Nothing else waits." in desk.get(response.url).content.decode()


def test_approving_confirms_the_indicator_in_its_event(desk, submitted):
    take(desk, submitted, "approve")
    note = Event.objects.get(transition="approve").note
    assert note.startswith("Indicator confirmed: Partly complete. No trust answers for Outpatient survey.")


def test_refused_step_tells_what_happened_since_and_keeps_the_words(desk, submitted):
    seen = desk.get(page(submitted)).context["seen"]
    other = people.reviewer()
    review.begin_review(submitted, by=other)
    fresh = Submission.objects.get()
    review.override_indicator(fresh, by=other, indicator="green", reason="Volumes came by letter.")
    response = take(desk, submitted, "return", reason="My long explanation.", seen=seen)
    text = response.content.decode()
    assert response.status_code == 409
    assert [each.event.transition for each in response.context["since"]] == ["begin_review", "override_indicator"]
    assert "Volumes came by letter." in text
    assert f"by {other}" in text
    assert "\nMy long explanation.</textarea>" in text
    assert f'name="lock_version" value="{fresh.lock_version + 1}"' in text


def test_words_are_kept_when_the_step_is_gone(desk, submitted):
    review.approve(submitted, by=people.reviewer())
    review.publish(submitted, by=people.administrator())
    response = take(desk, submitted, "return", reason="My long explanation.")
    assert "<p>You wrote:</p><blockquote>My long explanation.</blockquote>" in response.content.decode()
    assert "state: approved → published" in response.content.decode()


# Queries


def waiting(count):
    """Other HISPs in the queue, made without their figures."""
    quarter, department = factories.quarter("2021-q2"), factories.hisp().department
    start = Hisp.objects.count()
    hisps = Hisp.objects.bulk_create(
        Hisp(slug=f"va-h{n}", name=f"Provider {n}", department=department) for n in range(start, start + count)
    )
    uploads = Upload.objects.bulk_create(
        Upload(hisp=each, quarter=quarter, name="a.xlsx", sha256=each.slug, size=1, outcome="accepted")
        for each in hisps
    )
    Submission.objects.bulk_create(
        Submission(hisp=u.hisp, quarter=quarter, upload=u, state="submitted", submitted_at=quarter.due_at)
        for u in uploads
    )


def queries(desk, submission):
    with CaptureQueriesContext(connection) as counted:
        assert desk.get(page(submission)).status_code == 200
    return len(counted)


def test_page_takes_at_most_fifteen_queries_at_any_size(desk, hisp):
    few = returned_and_sent_again(
        desk, factories.submission(hisp, state="submitted", surveys=[factories.survey(**NOW)])
    )
    factories.published_submission(hisp, "2021-q1", surveys=[factories.survey(**THEN)])
    waiting(40)
    small = queries(desk, few)
    many = factories.hisp("ssa-oo")
    surveys = [factories.survey("Service", f"Survey {n}", **NOW) for n in range(40)]
    factories.published_submission(many, "2021-q1", surveys=surveys)
    large = returned_and_sent_again(desk, factories.submission(many, state="submitted", surveys=surveys))
    waiting(360)
    for number in range(40):
        comments.say(large, by=people.reviewer(), text="Right?", cell=f"Responses!F{number + 5}")
    assert queries(desk, large) == small <= 15


def test_people_are_called_by_their_names(client, submitted):
    rosa = people.reviewer()
    rosa.first_name, rosa.last_name = "Rosa", "Lopez"
    rosa.save()
    comments.say(submitted, by=rosa, text="Is this right?")
    review.return_for_changes(submitted, by=rosa, reason="Row 7 adds up to 99.")
    other = people.reviewer()
    client.force_login(other)
    fields = {"revision": 2, "revision_note": "So.", "file_name": "b.xlsx"}
    again = factories.submission("va-vha", "2021-q2", state="submitted", **fields)
    for submission in (submitted, again):
        text = shown(client, submission)
        assert "Rosa Lopez" in text
        assert rosa.username not in text
    comments.say(again, by=other, text="I have no name.")
    assert other.username in shown(client, again)


def test_a_combined_score_of_some_domains_says_of_how_many(desk, submitted, hisp):
    text = " ".join(shown(desk, submitted).split())
    assert '<span class="muted">2 of 7 domains</span>' in text
    assert "the plain mean of 2 of 7 domains: the others have no answers." in text
    every = dict.fromkeys(DOMAIN_BY_SLUG, (1, 2, 3, 4, 5))
    whole = factories.submission(hisp, "2021-q3", state="submitted", surveys=[factories.survey(**every)])
    text = shown(desk, whole)
    assert "of 7 domains" not in text
    assert "the plain mean of the domain scores." in text
