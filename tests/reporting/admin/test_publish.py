"""Publishing a quarter asks first, and does what the person saw or nothing."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting import comments, review
from reporting.models import Event, Publication, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture
def administrator():
    return people.administrator()


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def quarter():
    """Two approved, one of them a correction; one in every other state; one with nothing at all."""
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    made("ssa-oo", quarter, "published")
    made("ssa-oo", quarter, "approved", revision=2, revision_note="Counted once.")
    for slug, state in (
        ("va-vha", "approved"),
        ("sba-fo", "draft"),
        ("treas-irs", "submitted"),
        ("gsa-pep", "returned"),
    ):
        made(slug, quarter, state)
    made("doc-patents", quarter, "published")
    factories.expectation(named("usda-fsa"), quarter)
    factories.expectation(named("dhs-tsa"), quarter, not_reporting=True, not_reporting_reason="No survey.")
    return quarter


def named(slug):
    return factories.hisp(slug, name=slug.upper())


def made(slug, quarter, state, **fields):
    return factories.submission(named(slug), quarter, state=state, **fields)


def address(quarter):
    return reverse("admin:reporting_quarter_publish", args=[quarter.pk])


def text(response):
    return " ".join(response.content.decode().split())


def approved(slug):
    return Submission.objects.get(hisp__slug=slug, state=State.APPROVED)


def seen(desk, quarter):
    return {"seen": desk.get(address(quarter)).context["plan"].token}


def test_page_says_who_will_be_public_and_what_is_replaced(desk, quarter):
    plan = desk.get(address(quarter)).context["plan"]
    assert [(each.submission.hisp.slug, each.replaces, each.note) for each in plan.going] == [
        ("ssa-oo", 1, "Counted once."),
        ("va-vha", 0, ""),
    ]
    assert plan.staying == 1
    shown = text(desk.get(address(quarter)))
    assert "2 HISPs will be public at once, in one publication; 1 of them corrects what is public now." in shown
    assert not Publication.objects.filter(kind="publish", by__isnull=False).exists()


def test_page_names_who_is_missing_and_where_they_are(desk, quarter):
    missing = dict(desk.get(address(quarter)).context["plan"].missing)
    assert missing == {
        "Nothing yet": ("USDA-FSA",),
        "Draft": ("SBA-FO",),
        "Submitted": ("TREAS-IRS",),
        "Returned": ("GSA-PEP",),
        "Not reporting": ("DHS-TSA",),
    }
    assert "USDA-FSA" in text(desk.get(address(quarter)))


def test_what_was_seen_is_published_in_one_publication(desk, quarter, administrator):
    answer = desk.post(address(quarter), seen(desk, quarter), follow=True)
    act = Publication.objects.first()
    assert (act.by, act.submissions.count(), act.ended_submissions.count()) == (administrator, 2, 1)
    assert f"{act}: published SSA-OO, VA-VHA." in text(answer)


def test_board_tells_of_each_publication_with_its_number_who_and_how_many(desk, quarter, administrator):
    desk.post(address(quarter), seen(desk, quarter))
    board = text(desk.get(reverse("admin:reporting_quarter_change", args=[quarter.pk])))
    assert f"<strong>Publication 2</strong>, {timezone.localtime():%B %-d, %Y}" in board
    assert f"by {administrator}: 2 HISPs published, 1 in place of a public revision." in board


def refused(desk, quarter, sent):
    acts, events = Publication.objects.count(), Event.objects.count()
    answer = desk.post(address(quarter), sent)
    assert answer.status_code == 409
    assert (Publication.objects.count(), Event.objects.count()) == (acts, events)
    return text(answer)


def test_return_in_between_is_told_and_nothing_is_published(desk, quarter):
    sent, reviewer = seen(desk, quarter), people.reviewer()
    review.return_for_changes(approved("va-vha"), by=reviewer, reason="Check the totals.")
    shown = refused(desk, quarter, sent)
    assert "Something changed after you opened the page, so nothing was published." in shown
    assert f"<strong>VA-VHA, revision 1</strong> is returned now: returned for changes by {reviewer}" in shown
    assert "SSA-OO, revision" not in shown


def test_approval_in_between_is_told_and_nothing_is_published(desk, quarter):
    sent, reviewer = seen(desk, quarter), people.reviewer()
    review.approve(Submission.objects.get(hisp__slug="treas-irs"), by=reviewer)
    shown = refused(desk, quarter, sent)
    assert f"<strong>TREAS-IRS, revision 1</strong> is approved now: approved by {reviewer}" in shown


def test_another_indicator_in_between_is_told_and_nothing_is_published(desk, quarter):
    sent = seen(desk, quarter)
    review.override_indicator(approved("va-vha"), by=people.reviewer(), indicator="yellow", reason="By letter.")
    assert "<strong>VA-VHA, revision 1</strong> is approved now: indicator set" in refused(desk, quarter, sent)


@pytest.mark.parametrize(
    "sent", [{}, {"seen": ""}, {"seen": "x"}, {"seen": "1:"}, {"seen": "9" * 5000}, {"seen": "²:1"}]
)
def test_without_the_state_that_was_seen_nothing_is_published(desk, quarter, sent):
    refused(desk, quarter, sent)


def test_refused_page_can_be_sent_again(desk, quarter):
    desk.post(address(quarter), {"seen": desk.post(address(quarter), {"seen": "1:1"}).context["plan"].token})
    assert {each.hisp.slug for each in Submission.objects.published()} == {"ssa-oo", "va-vha", "doc-patents"}


def test_second_press_publishes_nothing_more(desk, quarter):
    sent = seen(desk, quarter)
    desk.post(address(quarter), sent)
    refused(desk, quarter, sent)
    assert "nothing was published" in text(desk.post(address(quarter), {"seen": ""}, follow=True))


def test_own_figures_are_left_out_and_said_so_before_and_after(desk, quarter, administrator):
    made("usda-fsa", quarter, "approved", uploaded_by=administrator)
    assert "USDA-FSA, revision 1</a>: You uploaded or submitted these figures yourself" in text(
        desk.get(address(quarter))
    )
    shown = text(desk.post(address(quarter), seen(desk, quarter), follow=True))
    assert "USDA-FSA: You uploaded or submitted these figures yourself" in shown
    assert approved("usda-fsa")


def test_page_shows_what_is_to_be_published_of_each(desk, quarter):
    surveys = [factories.survey(satisfaction=(0, 0, 0, 5, 5), trust=(0, 0, 0, 10, 0), offered=None)]
    late = quarter.due_at + timedelta(days=3)
    made("dos-ca", quarter, "approved", surveys=surveys, at=late, reflection="Words.")
    for cell in ("", "Responses!J5"):
        comments.say(approved("dos-ca"), by=people.reporter(named("dos-ca")), text="Is it right?", cell=cell)
    response = desk.get(address(quarter))
    going = {each.submission.hisp.slug: each for each in response.context["plan"].going}
    assert [going[slug].figures.score for slug in ("dos-ca", "va-vha")] == [Fraction(17, 4), None]
    assert [going[slug].open_comments for slug in ("dos-ca", "va-vha")] == [2, 0]
    shown = text(response)
    for words in ("<strong>4.25</strong>", "Partly complete", "3 days late", '#comments">2 open'):
        assert words in shown
    assert '<a href="#going">2 comments are still open</a>. You can publish all the same.' in shown


def test_an_extension_makes_what_is_to_be_published_be_in_time(desk, quarter):
    made("dos-ca", quarter, "approved", at=quarter.due_at + timedelta(days=3))
    more = {"extended_to": quarter.due_at + timedelta(days=5), "extension_reason": "Storm."}
    factories.expectation(named("dos-ca"), quarter, **more)
    assert not any(each.days_late for each in desk.get(address(quarter)).context["plan"].going)


def test_nothing_approved_is_said_and_offers_no_button(desk):
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    shown = text(desk.get(address(quarter)))
    assert "Nothing is approved that you can publish for FY2021 Q2." in shown
    assert " now</button>" not in shown


@pytest.mark.parametrize("make", [people.reviewer, people.superuser])
def test_others_see_no_such_page(client, quarter, make):
    client.force_login(make())
    assert client.get(address(quarter)).status_code == 403
    assert client.post(address(quarter)).status_code == 403


def test_page_takes_as_many_queries_for_50_hisps_as_for_5(desk, quarter, django_assert_num_queries):
    for number in range(50):
        made(f"va-{number}", quarter, "approved", surveys=[factories.survey(satisfaction=(1, 2, 3, 4, 5))])
        made(f"doe-{number}", quarter, "submitted")
        if number in (4, 49):
            with django_assert_num_queries(12):
                desk.get(address(quarter))
