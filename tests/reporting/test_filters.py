"""The lists of the desk, narrowed: by several quarters, by days counted from today, by deadline and revision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reporting import comments, review
from reporting.filters import days_ago
from reporting.models import AccessRequest, Mail, Submission
from tests import factories, people

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:reporting_submission_changelist")


@pytest.fixture
def desk(client):
    client.force_login(people.reviewer())
    return client


def listed(desk, query):
    """The HISPs of the list, in any order."""
    return sorted(each.hisp.slug for each in desk.get(f"{QUEUE}?{query}").context["cl"].result_list)


def sent(slug, days, when="2021-q2"):
    """Submitted so many days ago."""
    at = timezone.now() - timedelta(days=days)
    return factories.submission(slug, when, state="submitted", at=at)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("quarter=2021-q2", ["va-b"]),
        ("quarter=2021-q1&quarter=2021-q2", ["va-a", "va-b"]),
        ("quarter=2021-q1&quarter=2021-q2&q=va-a", ["va-a"]),
        ("quarter=", ["va-a", "va-b", "va-c"]),
    ],
)
def test_several_quarters_are_listed_together(desk, query, slugs):
    for slug, when in (("va-a", "2021-q1"), ("va-b", "2021-q2"), ("va-c", "2021-q3")):
        factories.submission(slug, when, state="submitted")
    assert listed(desk, query) == slugs


def test_the_search_and_the_quarters_keep_each_other(desk):
    factories.submission("va-a", "2021-q1", state="submitted")
    shown = desk.get(f"{QUEUE}?q=va&quarter=2021-q1&state__exact=submitted").content.decode()
    assert '<input type="hidden" name="quarter" value="2021-q1">' in shown
    assert '<input type="hidden" name="q" value="va">' in shown
    assert shown.count('<input type="hidden" name="state__exact" value="submitted">') == 2


def test_a_quarter_that_there_is_not_is_refused_as_the_admin_does(desk):
    factories.quarter()
    assert desk.get(f"{QUEUE}?quarter=soon").headers["Location"].endswith("?e=1")


@pytest.mark.parametrize(
    ("days", "slugs"), [("1", ["va-0"]), ("7", ["va-0", "va-6"]), ("30", ["va-0", "va-29", "va-6"])]
)
def test_days_count_from_today_and_today_is_one_of_them(desk, days, slugs):
    for age in (0, 6, 7, 29, 30):
        made = sent(f"va-{age}", 0)
        Submission.objects.filter(pk=made.pk).update(submitted_at=days_ago(age))
    assert set(slugs) <= set(listed(desk, f"submitted={days}"))
    assert len(listed(desk, f"submitted={days}")) == len(slugs) + (days == "30")


def test_the_deadline_counts_with_its_extension_and_only_what_is_not_submitted(desk):
    now = timezone.now()
    past = factories.quarter("2021-q1", due_at=now - timedelta(days=2))
    soon = factories.quarter("2021-q2", due_at=now + timedelta(days=3))
    for slug, quarter, state in (
        ("va-late", past, "draft"),
        ("va-soon", soon, "returned"),
        ("va-in", past, "submitted"),
    ):
        factories.submission(slug, quarter, state=state)
    factories.submission("va-longer", past, state="draft")
    factories.expectation("va-longer", past, extended_to=now + timedelta(days=5), extension_reason="New system.")
    assert listed(desk, "due=past") == ["va-late"]
    assert listed(desk, "due=week") == ["va-longer", "va-soon"]


def test_what_was_returned_and_came_back_is_not_waited_for(desk):
    factories.submission("va-away", state="returned")
    factories.submission("va-back", state="returned")
    factories.submission("va-back", state="submitted", revision=2, revision_note="Corrected.")
    assert listed(desk, "state__exact=returned") == ["va-away", "va-back"]
    assert listed(desk, "state__exact=returned&revision=newest") == ["va-away"]


def test_the_front_page_counts_what_its_links_list(desk):
    for slug, state in (("va-1", "submitted"), ("va-2", "submitted"), ("va-3", "approved"), ("va-4", "returned")):
        factories.submission(slug, state=state)
    factories.submission("va-4", state="submitted", revision=2, revision_note="Corrected.")
    sent("va-5", 0)
    assert counted_and_listed(desk) == [(4, 4), (1, 1), (0, 0), (1, 1), (0, 0), (0, 0)]


def counted_and_listed(desk):
    piles = desk.get(reverse("admin:index")).context["waiting"]
    return [(pile.count, desk.get(pile.url).context["cl"].result_count) for pile in piles]


def test_the_front_page_counts_open_comments_and_corrections_that_were_asked_for(desk):
    administrator, reviewer = people.administrator(), people.reviewer()
    returned = factories.submission("va-1", state="returned")
    factories.submission("va-1", state="submitted", revision=2, revision_note="Corrected.", file_name="b.xlsx")
    settled = factories.submission("va-2", state="submitted")
    for submission, cell in [(returned, "Responses!J5"), (returned, ""), (settled, "")]:
        comments.say(submission, by=reviewer, text="Right?", cell=cell)
    comments.settle(settled.comments.get(), by=reviewer)
    review.ask_for_correction(asked_for("va-3"), by=administrator, reason="Counted twice.")
    answered = review.ask_for_correction(asked_for("va-4"), by=administrator, reason="Counted twice.")
    again = factories.submission("va-4", state="approved", revision=2, revision_note="Once.", file_name="b.xlsx")
    review.publish(again, by=administrator)
    assert counted_and_listed(desk)[4:] == [(1, 1), (1, 1)]
    assert listed(desk, "comments=open") == ["va-1"]
    assert listed(desk, "correction=asked") == ["va-3"]
    assert answered.pk not in {each.pk for each in desk.get(f"{QUEUE}?correction=asked").context["cl"].result_list}


def asked_for(slug):
    factories.expectation(slug, "2021-q2")
    return factories.published_submission(slug)


def test_the_administrator_also_sees_mails_that_fail_and_requests_for_access(client):
    client.force_login(people.administrator())
    for number, (attempts, sent_at) in enumerate([(0, None), (2, None), (10, None), (1, timezone.now())]):
        Mail.objects.create(kind="due", key=f"due:{number}", to="a@b.gov", attempts=attempts, sent_at=sent_at)
    now = timezone.now()
    for number, confirmed_at in enumerate((None, now)):
        fields = {"token_hash": str(number), "expires_at": now, "confirmed_at": confirmed_at}
        AccessRequest.objects.create(name="Rosa", email="rosa@va.gov", hisp=factories.hisp(), **fields)
    assert counted_and_listed(client)[6:] == [(1, 1), (2, 2)]


@pytest.mark.parametrize("make", [people.reviewer, people.administrator])
def test_the_front_page_takes_as_many_queries_for_40_hisps_as_for_4(client, make, django_assert_max_num_queries):
    client.force_login(make())
    opened = factories.quarter("2021-q3", opened_at=timezone.now())
    address = reverse("admin:index")
    counts = []
    for numbers in (range(4), range(4, 40)):
        for number in numbers:
            factories.expectation(f"va-{number}", opened)
            comments.say(
                factories.submission(f"va-{number}", opened, state="submitted"), by=people.reviewer(), text="?"
            )
        client.get(address)
        with django_assert_max_num_queries(12) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_empty_list_says_so_in_its_own_words(desk):
    def said(query=""):
        return desk.get(f"{QUEUE}{query}").content.decode()

    assert "No submission has come in yet." in said()
    assert "No submission waits for review." in said("?state__exact=submitted")
    assert "Nothing here fits the search and the filters." in said("?q=nobody")
