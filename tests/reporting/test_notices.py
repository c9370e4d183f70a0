"""Who is told what by mail at each act, and that the mail is part of the act."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hisps import roles
from reporting import accounts, comments, outbox, quarters, review, transitions
from reporting.fiscal import FiscalQuarter
from reporting.models import Comment, Expectation, Mail
from tests import factories, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_mail_has_blanks")]
Q3 = FiscalQuarter(2021, 3)


@pytest.fixture
def hisp():
    return factories.designation("va-vha").hisp


@pytest.fixture
def rosa(hisp):
    rosa = people.reporter(hisp)
    rosa.email, rosa.first_name, rosa.last_name = "rosa@example.gov", "Rosa", "Reporter"
    rosa.save()
    return rosa


@pytest.fixture
def stranger():
    return people.reporter(factories.designation("ssa-oo").hisp)


@pytest.fixture
def quarter(hisp):
    opened = factories.quarter("2021-q3", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


def the_mail(kind):
    return Mail.objects.get(kind=kind)


def test_opening_a_quarter_tells_the_reporters_of_every_expected_hisp(hisp, rosa, stranger, settings):
    settings.SITE_URL = "https://hisp.example.gov"
    quarters.open_quarter(Q3, by=people.administrator())
    assert set(Mail.objects.values_list("person", "hisp__slug")) == {(rosa.pk, "va-vha"), (stranger.pk, "ssa-oo")}
    mail = Mail.objects.get(person=rosa)
    assert (mail.to, mail.subject) == (
        "rosa@example.gov",
        "FY2021 Q3 is open: figures of Provider va-vha are due on July 30, 2021",
    )
    assert "April 1, 2021, to June 30, 2021" in mail.body
    assert "By when: Friday, July 30, 2021, 11:59 PM EDT (US Eastern).\n" in mail.body
    assert "Where: https://hisp.example.gov/reporting/va-vha/2021-q3/\n" in mail.body


def test_opening_again_tells_only_who_was_added(hisp, rosa, stranger):
    quarters.open_quarter(Q3, by=None)
    late = people.reporter(factories.designation("treas-irs").hisp)
    quarters.open_quarter(Q3, by=None)
    assert Mail.objects.count() == 3
    assert Mail.objects.filter(person=late).count() == 1


def test_opening_takes_as_many_queries_for_many_hisps(hisp, rosa, django_assert_max_num_queries):
    for number in range(40):
        people.reporter(factories.designation(f"va-h{number}").hisp)
    with django_assert_max_num_queries(20):
        quarters.open_quarter(Q3, by=None)
    assert Mail.objects.count() == 41


def test_who_left_or_may_not_sign_in_is_told_nothing(hisp, rosa):
    people.reporter(hisp).memberships.update(last_day=timezone.localdate() - timezone.timedelta(days=1))
    gone = people.reporter(hisp)
    gone.is_active = False
    gone.save()
    quarters.open_quarter(Q3, by=None)
    assert [mail.person for mail in Mail.objects.all()] == [rosa]


def test_the_receipt_names_the_file_and_its_hash(hisp, quarter, rosa, stranger):
    colleague = people.reporter(hisp)
    draft = factories.submission(hisp, quarter, state="draft", file_name="vha.xlsx")
    review.submit(draft, by=rosa)
    assert {mail.person for mail in Mail.objects.all()} == {rosa, colleague}
    mail = Mail.objects.get(person=rosa)
    assert mail.submission == draft
    assert f"SHA-256 of the file: {draft.upload.sha256}\n" in mail.body
    assert "File: vha.xlsx\n" in mail.body
    assert "Submitted by: Rosa Reporter\n" in mail.body
    assert f"/reporting/submissions/{draft.pk}/" in mail.body


def test_the_receipt_says_how_late_it_was(hisp, quarter, rosa, time_machine):
    draft = factories.submission(hisp, quarter, state="draft")
    time_machine.move_to("2021-08-01T12:00:00-04:00")
    review.submit(draft, by=rosa)
    assert "12:00 PM EDT (US Eastern) (2 days after they were due)" in the_mail("received").body


def test_the_receipt_of_a_correction_does_not_call_in_time_figures_late(hisp, quarter, rosa, time_machine):
    factories.submission(hisp, quarter, state="published")
    correction = factories.submission(hisp, quarter, state="draft", revision=2, revision_note="Counted once.")
    time_machine.move_to("2023-08-01T12:00:00-04:00")
    review.submit(correction, by=rosa)
    assert "after they were due" not in the_mail("received").body


def test_submitting_again_after_a_recall_is_receipted_again(hisp, quarter, rosa):
    draft = factories.submission(hisp, quarter, state="draft")
    review.recall(review.submit(draft, by=rosa), by=rosa)
    review.submit(draft, by=rosa)
    assert Mail.objects.filter(kind="received").count() == 2


def test_a_refused_step_tells_nobody(hisp, quarter, rosa):
    draft = factories.submission(hisp, quarter, state="draft")
    type(quarter).objects.update(closed_at=timezone.now())
    with pytest.raises(transitions.Refused):
        review.submit(draft, by=rosa)
    assert not Mail.objects.exists()


def test_an_act_that_is_rolled_back_tells_nobody(hisp, quarter, rosa):
    draft = factories.submission(hisp, quarter, state="draft")
    with transaction.atomic():
        review.submit(draft, by=rosa)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_what_omb_wrote_comes_with_a_return_and_comes_once(hisp, quarter, rosa):
    submitted, reviewer = factories.submission(hisp, quarter, state="submitted"), people.reviewer()
    Comment.objects.create(submission=submitted, cell="Responses!H14", text="Is this a percentage?", by=reviewer)
    Comment.objects.create(submission=submitted, cell="Responses!H14", text="No, people.", by=rosa)
    review.return_for_changes(submitted, by=reviewer, reason="Responses!H14: Is this a percentage?")
    body = the_mail("returned").body
    assert "What OMB wrote:\nResponses!H14: Is this a percentage?\n\nWhat to do:" in body
    assert body.count("Is this a percentage?") == 1
    assert "No, people." not in body
    assert "/reporting/va-vha/2021-q3/" in body


def test_an_approval_says_that_nothing_is_public_yet(hisp, quarter, rosa):
    review.approve(factories.submission(hisp, quarter, state="submitted"), by=people.reviewer())
    assert "They are not public yet" in the_mail("approved").body


def test_a_publication_links_to_the_public_page(hisp, quarter, rosa):
    review.publish(factories.submission(hisp, quarter, state="approved"), by=people.administrator())
    mail = the_mail("published")
    assert mail.subject == "FY2021 Q3: the figures of Provider va-vha are public"
    assert "/hisps/va-vha/2021-q3/" in mail.body
    assert "They correct" not in mail.body


def test_a_correction_says_what_the_public_reads(hisp, quarter, rosa):
    factories.submission(hisp, quarter, state="published")
    corrected = factories.submission(
        hisp, quarter, state="approved", revision=2, revision_note="Counted again.", file_name="second.xlsx"
    )
    review.publish(corrected, by=people.administrator())
    assert "The public reads this note:\nCounted again.\n" in the_mail("published").body
    assert Mail.objects.count() == 1  # that the former revision was superseded is no news of its own


def test_who_is_noted_as_not_reporting_is_told_why_each_time(hisp, quarter, rosa):
    expectation, administrator = Expectation.objects.get(), people.administrator()
    quarters.mark_not_reporting(expectation, by=administrator, reason="No survey.")
    quarters.expect_again(expectation, by=administrator, reason="A survey after all.")
    quarters.mark_not_reporting(expectation, by=administrator, reason="It was stopped.")
    first, second = Mail.objects.filter(kind="not_reporting").order_by("pk")
    assert "Reason: No survey.\n" in first.body
    assert "Reason: It was stopped.\n" in second.body


def test_who_is_expected_again_is_told_why_and_what_to_do(hisp, quarter, rosa, stranger):
    expectation, administrator = Expectation.objects.get(), people.administrator()
    for step, wanted in [("upload", "download the prefilled workbook"), ("draft", "look at the preview")]:
        if step == "draft":
            factories.submission(hisp, quarter, state="draft")
        quarters.mark_not_reporting(expectation, by=administrator, reason="No survey.")
        quarters.expect_again(expectation, by=administrator, reason=f"A survey after all, {step}.")
        mail = Mail.objects.filter(kind="expected_again").latest("pk")
        assert mail.person == rosa
        assert f"Reason: A survey after all, {step}.\n" in mail.body
        assert f"What to do: {wanted}" in mail.body


def test_more_time_is_told_with_the_new_deadline_each_time(hisp, quarter, rosa):
    expectation, administrator = Expectation.objects.get(), people.administrator()
    for last_day in (date(2021, 8, 13), date(2021, 8, 20)):
        quarters.extend(expectation, by=administrator, to=last_day, reason="A flood.")
    first, second = Mail.objects.filter(kind="extended", person=rosa).order_by("pk")
    assert first.subject == "FY2021 Q3: Provider va-vha has until August 13, 2021"
    assert "due on Friday, August 20, 2021, 11:59 PM EDT (US Eastern)" in second.body
    assert "Reason: A flood.\n" in second.body


def test_withdrawn_figures_are_told_with_the_public_reason(hisp, quarter, rosa, stranger):
    review.withdraw(
        factories.submission(hisp, quarter), by=people.administrator(), reason="Two services were counted twice."
    )
    mail = the_mail("withdrawn")
    assert mail.person == rosa
    assert mail.subject == "FY2021 Q3: OMB withdrew the figures of Provider va-vha"
    assert "The public reads this reason:\nTwo services were counted twice.\n" in mail.body


def test_a_correction_that_is_asked_for_is_told(hisp, quarter, rosa):
    published = factories.submission(hisp, quarter)
    review.ask_for_correction(published, by=people.administrator(), reason="Please count again.")
    assert "What OMB wrote:\nPlease count again.\n" in the_mail("correction_asked").body


def test_comments_of_omb_are_told_in_one_mail_a_little_later(hisp, quarter, rosa, time_machine):
    time_machine.move_to("2021-08-01T12:00:00-04:00", tick=False)
    submitted, reviewer = factories.submission(hisp, quarter, state="submitted"), people.reviewer()
    comments.say(submitted, by=reviewer, text="Right?", cell="Responses!F5")
    time_machine.move_to("2021-08-01T12:10:00-04:00", tick=False)
    comments.say(submitted, by=reviewer, text="Who writes these?")
    assert outbox.deliver() == outbox.Delivery()
    time_machine.move_to("2021-08-01T12:16:00-04:00", tick=False)
    assert outbox.deliver().sent == 1
    comments.say(submitted, by=reviewer, text="Thank you.")
    first, second = Mail.objects.filter(person=rosa).order_by("pk")
    assert "- Responses!F5: Right?\n- About the whole submission: Who writes these?\n" in first.body
    assert f"/reporting/submissions/{submitted.pk}/" in first.body
    assert "- About the whole submission: Thank you.\n" in second.body
    assert "Right?" not in second.body


def test_no_comment_is_lost_when_the_clock_is_set_back(hisp, quarter, rosa, time_machine):
    submitted, reviewer = factories.submission(hisp, quarter, state="submitted"), people.reviewer()
    for moment, words in (("12:10", "Right?"), ("12:05", "And this?"), ("12:08", "Thank you.")):
        time_machine.move_to(f"2021-08-01T{moment}:00-04:00", tick=False)
        comments.say(submitted, by=reviewer, text=words)
    body = the_mail("commented").body
    assert [
        words for words in ("Right?", "And this?", "Thank you.") if f"- About the whole submission: {words}\n" in body
    ] == [
        "Right?",
        "And this?",
        "Thank you.",
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [("submitted", "(revision 1). They were not returned."), ("returned", "(revision 1, which was returned).\n")],
)
def test_mail_about_a_comment_says_whether_the_figures_were_returned(hisp, quarter, rosa, state, words):
    comments.say(factories.submission(hisp, quarter, state=state), by=people.reviewer(), text="Right?")
    assert words in the_mail("commented").body


def test_comments_that_go_along_with_a_return_are_not_told_twice(hisp, quarter, rosa):
    submitted, reviewer = factories.submission(hisp, quarter, state="submitted"), people.reviewer()
    comments.say(submitted, by=reviewer, text="Right?", cell="Responses!F5")
    review.return_for_changes(submitted, by=reviewer, reason="Please look at the comments.")
    assert [mail.kind for mail in Mail.objects.all()] == ["returned"]


def test_a_comment_of_a_reporter_writes_no_mail_of_its_own(hisp, quarter, rosa):
    comments.say(factories.submission(hisp, quarter, state="submitted"), by=rosa, text="We were closed in May.")
    assert not Mail.objects.exists()


def test_a_name_with_line_breaks_makes_no_header(hisp, quarter, rosa):
    type(hisp).objects.update(name="Provider\r\nBcc: all@example.gov")
    hisp.refresh_from_db()
    review.approve(factories.submission(hisp, quarter, state="submitted"), by=people.reviewer())
    outbox.deliver()
    assert the_mail("approved").subject == "FY2021 Q3: OMB approved the figures of Provider Bcc: all@example.gov"


def test_a_mail_server_that_is_down_refuses_no_act(hisp, quarter, rosa, settings):
    settings.EMAIL_BACKEND = "tests.reporting.test_outbox.Down"
    review.submit(factories.submission(hisp, quarter, state="draft"), by=rosa)
    assert outbox.deliver().server_is_down
    assert the_mail("received").sent_at is None


def test_a_rank_that_is_given_at_the_desk_is_told_to_who_keeps_ranks(client):
    administrator, superuser, person = people.administrator(), people.superuser(), people.person(username="vera")
    people.reviewer()
    client.force_login(superuser)
    address = reverse("admin:auth_user_change", args=[person.pk])
    client.post(address, {"username": "vera", "is_active": "on", "first_name": "Vera"})
    assert not Mail.objects.filter(kind="rank").exists()
    User.objects.filter(pk=superuser.pk).update(first_name="Sue", last_name="Upper")
    named = {"username": "vera", "is_active": "on", "first_name": "Vera", "last_name": "Green"}
    client.post(address, {**named, "is_superuser": "on"})
    told = Mail.objects.filter(kind="rank")
    assert {mail.person for mail in told} == {administrator, superuser, person}
    assert told[0].subject == "Vera Green may do everything now"
    assert "It was decided by Sue Upper." in told[0].body
    assert "ask Sue Upper, and change it back" in told[0].body
    client.post(address, named)
    assert told.filter(subject="Vera Green may no longer do everything").exists()


def test_a_role_that_is_taken_is_told_as_taken():
    administrator, reviewer = people.administrator(), people.reviewer()
    before = accounts.facts(reviewer)
    reviewer.groups.clear()
    accounts.record_account(reviewer, by=administrator, before=before)
    assert Mail.objects.get(kind="rank").subject == f"{reviewer} has no role at OMB any more"


def test_a_reviewer_who_accepts_an_invitation_is_told_of():
    people.administrator()
    reviewer = people.reviewer()
    accounts.record_account(reviewer, by=reviewer, before={})
    told = Mail.objects.get(kind="rank")
    assert told.subject == f"{reviewer} is now Reviewer"
    assert f"{reviewer} accepted an invitation." in told.body


def test_who_changes_her_own_rank_is_not_said_to_have_accepted_an_invitation():
    superuser = people.superuser()
    before = accounts.facts(superuser)
    superuser.groups.add(Group.objects.get_or_create(name=roles.REVIEWER)[0])
    accounts.record_account(superuser, by=superuser, before=before)
    told = Mail.objects.filter(kind="rank").first()
    assert f"It was decided by {superuser}." in told.body
    assert "accepted an invitation" not in told.body
