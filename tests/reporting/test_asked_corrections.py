"""OMB asks for a correction: the HISP may send one though the quarter is closed, until it is published."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting import asked_corrections, intake, quarters, review, transitions
from reporting.models import Event, Mail, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db
State = Submission.State
REASON = "The responses are more than the invitations."


@pytest.fixture
def hisp():
    return factories.designation("va-vha").hisp


@pytest.fixture
def administrator():
    return people.administrator()


@pytest.fixture
def reporter(hisp):
    rosa = people.reporter(hisp)
    rosa.email = "rosa@example.gov"
    rosa.save()
    return rosa


@pytest.fixture
def closed(hisp, administrator):
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, quarter)
    factories.expectation("ssa-oo", quarter)
    return quarters.close_quarter(quarter, by=administrator)


@pytest.fixture
def public(hisp, closed):
    return factories.published_submission(hisp, closed, surveys=[factories.survey(trust=(1, 2, 3, 4, 5))])


def ask(submission, by, reason=REASON):
    return review.ask_for_correction(submission, by=by, reason=reason)


def is_refused(hisp, quarter):
    try:
        intake.refuse_when_not_taking(hisp, quarter)
    except transitions.Refused as refused:
        return str(refused)
    return ""


def test_closed_quarter_takes_figures_of_the_one_hisp_that_was_asked(hisp, closed, public, administrator):
    assert "closed" in is_refused(hisp, closed)
    ask(public, administrator)
    assert is_refused(hisp, closed) == ""
    assert "closed" in is_refused(factories.hisp("ssa-oo"), closed)
    closed.refresh_from_db()
    assert not closed.is_open


def test_asking_is_one_event_and_one_mail_and_changes_nothing_public(public, reporter, administrator):
    Mail.objects.all().delete()
    before = Event.objects.count()
    ask(public, administrator)
    event = Event.objects.last()
    assert Event.objects.count() == before + 1
    assert (event.transition, event.submission, event.by, event.note) == (
        "ask_for_correction",
        public,
        administrator,
        REASON,
    )
    assert (event.from_state, event.to_state) == ("published", "published")
    mail = Mail.objects.get()
    assert (mail.kind, mail.person) == ("correction_asked", reporter)
    assert REASON in mail.body
    assert "revision 1 stays public" in mail.body


def test_correction_is_submitted_in_a_closed_quarter_and_its_publication_closes_it_again(
    hisp, closed, public, reporter, administrator
):
    draft = factories.submission(hisp, closed, state=State.DRAFT, revision=2, uploaded_by=reporter)
    with pytest.raises(transitions.Refused, match="closed"):
        review.submit(draft, by=reporter, revision_note="Counted once.")
    ask(public, administrator)
    submitted = review.submit(draft, by=reporter, revision_note="Counted once.")
    approved = review.approve(submitted, by=people.reviewer())
    assert asked_corrections.of(hisp, closed) is not None
    review.publish(approved, by=administrator)
    assert asked_corrections.of(hisp, closed) is None
    assert "closed" in is_refused(hisp, closed)


def test_correction_that_is_returned_may_come_again(hisp, closed, public, administrator):
    ask(public, administrator)
    sent = factories.submission(hisp, closed, state=State.SUBMITTED, revision=2, revision_note="Once.")
    review.return_for_changes(sent, by=people.reviewer(), reason="Still wrong.")
    assert is_refused(hisp, closed) == ""


def test_what_is_returned_in_a_closed_quarter_comes_back_once(hisp, closed, reporter):
    sent = factories.submission(hisp, closed, state=State.SUBMITTED)
    review.return_for_changes(sent, by=people.reviewer(), reason="Row 7 adds up to 99.")
    assert is_refused(hisp, closed) == ""
    assert "closed" in is_refused(factories.hisp("ssa-oo"), closed)
    again = factories.submission(hisp, closed, state=State.DRAFT, revision=2, uploaded_by=reporter)
    assert is_refused(hisp, closed) == ""
    again = review.submit(again, by=reporter, revision_note="As asked.")
    review.publish(review.approve(again, by=people.reviewer()), by=people.administrator())
    assert "closed" in is_refused(hisp, closed)


def test_reporter_finds_what_was_returned_in_a_closed_quarter(client, hisp, closed, reporter):
    factories.submission(hisp, closed, state=State.RETURNED)
    factories.submission("ssa-oo", closed, state=State.RETURNED)
    client.force_login(reporter)
    home = client.get(reverse("reporting:home"))
    assert [(each.hisp, each.quarter) for each, _ in home.context["rows"]] == [(hisp, closed)]
    place = client.get(reverse("reporting:quarter", args=[hisp.slug, closed.fiscal])).content.decode()
    assert "takes no more figures" not in place
    assert 'type="file"' in place


def test_withdrawn_figures_may_be_called_back_too(hisp, closed, public, administrator):
    withdrawn = review.withdraw(public, by=administrator, reason="Counted twice.")
    ask(withdrawn, administrator)
    assert is_refused(hisp, closed) == ""
    second = factories.submission(hisp, closed, state=State.APPROVED, revision=2, revision_note="Once.")
    review.publish(second, by=administrator)
    assert "closed" in is_refused(hisp, closed)


def test_request_outlives_a_withdrawal(hisp, closed, public, administrator):
    review.withdraw(ask(public, administrator), by=administrator, reason="Counted twice.")
    assert is_refused(hisp, closed) == ""


@pytest.mark.parametrize("make", [people.reviewer, people.superuser, people.person])
def test_nobody_else_asks(public, make):
    with pytest.raises(transitions.NotAllowed):
        ask(public, make())


def test_a_reason_is_needed(public, administrator):
    with pytest.raises(transitions.Refused, match="what needs to be corrected"):
        ask(public, administrator, reason=" ")


def test_asking_twice_is_refused_with_what_was_asked(public, administrator):
    administrator.first_name, administrator.last_name = "Ada", "Administrator"
    administrator.save()
    ask(public, administrator)
    with pytest.raises(
        transitions.Refused, match=r"asked for already, by Ada Administrator: .*more than the invitations"
    ):
        ask(public, administrator, reason="Again.")


@pytest.mark.parametrize(("state", "words"), [(State.SUBMITTED, "submitted"), (State.APPROVED, "approved")])
def test_correction_that_is_with_omb_already_needs_no_asking(hisp, closed, public, administrator, state, words):
    factories.submission(hisp, closed, state=state, revision=2, revision_note="Once.")
    with pytest.raises(transitions.Refused, match=rf"Revision 2 .* with OMB already \({words}\)"):
        ask(public, administrator)


def test_only_the_newest_public_revision_is_called_back(hisp, closed, public, administrator):
    withdrawn = review.withdraw(public, by=administrator, reason="Counted twice.")
    factories.published_submission(hisp, closed, revision=2, revision_note="Once.")
    with pytest.raises(transitions.Refused, match="Revision 2 is newer"):
        ask(withdrawn, administrator)


def test_published_history_is_not_called_back_before_its_quarter_is_opened(administrator):
    history = factories.published_submission("va-vha", "2019-q1")
    with pytest.raises(transitions.Refused, match="Open the quarter for it first"):
        ask(history, administrator)


# What people see of it


def text(response):
    return " ".join(response.content.decode().split())


def own_page(hisp, quarter):
    return reverse("reporting:quarter", args=[hisp.slug, quarter.fiscal])


def test_reporter_of_a_closed_quarter_is_told_to_ask_omb(client, hisp, closed, public, reporter):
    client.force_login(reporter)
    shown = text(client.get(own_page(hisp, closed)))
    assert "To correct yours, write to OMB: it can open the quarter for you." in shown
    assert 'type="file"' not in shown
    assert "upload a changed workbook" not in shown


def test_reporter_of_an_open_quarter_starts_a_correction_by_an_upload(client, hisp, reporter):
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, quarter)
    factories.published_submission(hisp, quarter)
    client.force_login(reporter)
    shown = text(client.get(own_page(hisp, quarter)))
    assert "To correct them, upload a changed workbook." in shown
    assert 'type="file"' in shown
    assert is_refused(hisp, quarter) == ""


def test_reporter_who_was_asked_reads_why_and_may_upload(client, hisp, closed, public, reporter, administrator):
    ask(public, administrator)
    client.force_login(reporter)
    shown = text(client.get(own_page(hisp, closed)))
    assert "OMB asks for a correction" in shown
    assert REASON in shown
    assert 'type="file"' in shown
    assert "OMB asks for a correction." in text(client.get(reverse("reporting:home")))


def test_closed_quarter_is_not_on_the_home_page_of_who_was_not_asked(client, hisp, closed, public, reporter):
    client.force_login(reporter)
    assert "No quarter is open" in text(client.get(reverse("reporting:home")))


def test_public_reads_nothing_of_the_request(client, public, administrator):
    ask(public, administrator)
    for address in ("/hisps/va-vha/2021-q2/", "/hisps/va-vha/2021-q2/revisions/1/", "/corrections/"):
        assert REASON not in text(client.get(address))


def step(submission):
    return reverse("admin:reporting_submission_step", args=[submission.pk, "ask-for-correction"])


def test_administrator_asks_on_the_review_page(client, hisp, closed, public, administrator):
    client.force_login(administrator)
    page = reverse("admin:reporting_submission_change", args=[public.pk])
    assert "Ask for a correction" in text(client.get(page))
    client.post(step(public), {"lock_version": public.lock_version, "reason": REASON})
    shown = text(client.get(page))
    assert f"<strong>A correction was asked for</strong> by {administrator}" in shown
    assert "<summary>Ask for a correction</summary>" not in shown
    assert is_refused(hisp, closed) == ""


def test_request_on_a_page_that_is_old_is_refused(client, public, administrator):
    client.force_login(administrator)
    assert client.post(step(public), {"lock_version": public.lock_version + 1, "reason": REASON}).status_code == 409
    assert client.post(step(public), {"lock_version": public.lock_version, "reason": " "}).status_code == 422
    assert not asked_corrections.standing().exists()


@pytest.mark.parametrize("make", [people.reviewer, people.superuser])
def test_others_at_omb_have_no_such_step(client, public, make):
    client.force_login(make())
    assert "Ask for a correction" not in text(
        client.get(reverse("admin:reporting_submission_change", args=[public.pk]))
    )
    assert client.post(step(public), {"lock_version": 0, "reason": REASON}).status_code == 403


def test_board_says_that_the_turn_is_the_reporters(client, closed, public, administrator):
    ask(public, administrator)
    client.force_login(administrator)
    board = text(client.get(reverse("admin:reporting_quarter_change", args=[closed.pk])))
    assert "A correction was asked for." in board
    assert REASON in board


def test_review_page_tells_the_publication_when_and_by_whom(client, hisp, closed, administrator):
    approved = factories.submission(hisp, closed, state=State.APPROVED)
    published = review.publish(approved, by=administrator)
    client.force_login(people.reviewer())
    page = reverse("admin:reporting_submission_change", args=[published.pk])
    assert f"Publication 1, {timezone.localtime():%B %-d, %Y}" in text(client.get(page))
    assert f"by {administrator}" in text(client.get(page))
    assert 'href="/hisps/va-vha/2021-q2/revisions/1/"' in text(client.get(page))
    review.withdraw(published, by=administrator, reason="Counted twice.")
    assert "Withdrawn in Publication 2" in text(client.get(page))


def take_back(submission, by, reason="Your own report says the same."):
    return review.take_back_correction(submission, by=by, reason=reason)


def test_request_is_taken_back_with_one_event_and_one_mail(hisp, closed, public, reporter, administrator):
    ask(public, administrator)
    Mail.objects.all().delete()
    before = Event.objects.count()
    take_back(public, administrator)
    assert asked_corrections.of(hisp, closed) is None
    assert "closed" in is_refused(hisp, closed)
    event = Event.objects.last()
    assert Event.objects.count() == before + 1
    assert (event.transition, event.by, event.from_state, event.to_state) == (
        "take_back_correction",
        administrator,
        "published",
        "published",
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.person) == ("correction_taken_back", reporter)
    assert "Your own report says the same." in mail.body
    ask(public, administrator)
    assert is_refused(hisp, closed) == ""


def leave(administrator):
    administrator.is_active = False
    administrator.save()


def become_a_reviewer(administrator):
    administrator.groups.set(people.reviewer().groups.all())


@pytest.mark.parametrize("go", [leave, become_a_reviewer])
def test_only_whoever_asked_takes_it_back_unless_she_is_no_administrator_any_more(
    hisp, closed, public, administrator, go
):
    ask(public, administrator)
    others = [people.administrator(), people.reviewer(), people.superuser(), people.reporter(hisp)]
    for other in others:
        with pytest.raises(transitions.NotAllowed):
            take_back(public, other)
    assert asked_corrections.of(hisp, closed) is not None
    go(administrator)
    take_back(public, others[0])
    assert asked_corrections.of(hisp, closed) is None


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.APPROVED])
def test_request_that_was_answered_is_not_taken_back(hisp, closed, public, administrator, state):
    ask(public, administrator)
    factories.submission(hisp, closed, state=state, revision=2, revision_note="Once.")
    with pytest.raises(transitions.Refused, match="Revision 2 answers the request already"):
        take_back(public, administrator)


def test_what_nobody_asked_for_is_not_taken_back(public, administrator):
    with pytest.raises(transitions.Refused, match="No correction of this revision"):
        take_back(public, administrator)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved", "superseded"])
def test_request_is_taken_back_in_no_other_state(hisp, closed, administrator, state):
    with pytest.raises(transitions.Refused, match="cannot be released"):
        take_back(factories.submission(hisp, closed, state=state), administrator)


def test_only_whoever_asked_finds_the_step_on_the_review_page(client, hisp, closed, public, administrator):
    ask(public, administrator)
    page = reverse("admin:reporting_submission_change", args=[public.pk])
    client.force_login(people.administrator())
    assert "Take the request for a correction back" not in text(client.get(page))
    client.force_login(administrator)
    assert "Take the request for a correction back" in text(client.get(page))
    public.refresh_from_db()
    address = reverse("admin:reporting_submission_step", args=[public.pk, "take-back-correction"])
    client.post(address, {"lock_version": public.lock_version, "reason": "We had misread it."})
    shown = text(client.get(page))
    assert "A correction was asked for</strong>" not in shown
    assert "<summary>Ask for a correction</summary>" in shown
    assert "Request for a correction taken back" in shown
