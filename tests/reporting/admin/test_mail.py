"""The outbox at the desk: for administrators, to be looked at, and a mail that was given up can be tried again."""

import pytest
from django.urls import reverse

from reporting import letters, outbox
from reporting.models import Mail
from reporting.models.mail import MOST_ATTEMPTS
from tests import factories, people

pytestmark = pytest.mark.django_db
LIST, PREVIEWS = reverse("admin:reporting_mail_changelist"), reverse("admin:reporting_mail_previews")


@pytest.fixture
def given_up():
    outbox.enqueue("due_3", to="rosa@example.gov", subject="Figures are due", body="A secret link", key="1")
    Mail.objects.update(attempts=MOST_ATTEMPTS, last_error="TimeoutError: timed out")
    return Mail.objects.get()


def signed_in(client, user):
    client.force_login(user)
    return client


def page_of(mail, name="change"):
    return reverse(f"admin:reporting_mail_{name}", args=[mail.pk])


def test_administrators_see_what_became_of_each_mail_but_not_its_words(client, given_up):
    for user in (people.administrator(), people.superuser()):
        for address in (LIST, page_of(given_up)):
            shown = signed_in(client, user).get(address).content.decode()
            assert "Given up" in shown
            assert "TimeoutError: timed out" in shown
            assert "A secret link" not in shown


@pytest.mark.parametrize("who", [people.reviewer, people.person])
def test_others_see_no_mail(client, given_up, who):
    signed_in(client, who())
    for address in (LIST, PREVIEWS, page_of(given_up)):
        assert client.get(address).status_code == 403
    assert client.post(page_of(given_up, "try_again")).status_code == 403
    given_up.refresh_from_db()
    assert given_up.is_given_up


def test_a_mail_is_tried_again_from_its_page(client, given_up):
    signed_in(client, people.administrator())
    assert "Try again" in client.get(page_of(given_up)).content.decode()
    assert client.post(page_of(given_up, "try_again")).status_code == 302
    assert outbox.deliver().sent == 1
    assert "Try again</button>" not in client.get(page_of(given_up)).content.decode()


def test_selected_mails_are_tried_again_but_never_sent_twice(client, given_up):
    outbox.enqueue("due_3", to="robin@example.gov", subject="Figures are due", body="", key="2")
    outbox.deliver()
    chosen = {"action": "try_again_selected", "_selected_action": [mail.pk for mail in Mail.objects.all()]}
    response = signed_in(client, people.administrator()).post(LIST, chosen, follow=True)
    assert "1 mail is tried again" in response.content.decode()
    assert outbox.deliver().sent == 1


def test_a_mail_without_its_link_is_not_tried_again_and_says_what_to_do(client):
    outbox.enqueue("invitation", to="rosa", subject="Your account", body="https://link", key="1")
    outbox.deliver()
    emptied = Mail.objects.get()
    signed_in(client, people.administrator())
    shown = client.get(page_of(emptied)).content.decode()
    assert "Try again</button>" not in shown
    assert "cannot be sent again: its link was removed. Send the invitation again" in shown
    said = client.post(page_of(emptied, "try_again"), follow=True).content.decode()
    assert said.count("Send the invitation again") == 2  # the answer, and the page
    assert "tried again at the next run" not in said
    emptied.refresh_from_db()
    assert emptied.is_given_up


def test_trying_again_is_a_post(client, given_up):
    assert signed_in(client, people.administrator()).get(page_of(given_up, "try_again")).status_code == 405


def test_no_crafted_request_changes_or_deletes_a_mail(client, given_up):
    signed_in(client, people.superuser())
    assert client.post(page_of(given_up), {"to": "eve@example.com"}).status_code == 403
    assert client.post(page_of(given_up, "delete"), {"post": "yes"}).status_code == 403
    given_up.refresh_from_db()
    assert given_up.to == "rosa@example.gov"


@pytest.mark.parametrize(("state", "count"), [("waiting", 0), ("given-up", 1), ("sent", 1)])
def test_mails_are_filtered_by_state(client, given_up, state, count):
    outbox.enqueue("received", to="robin@example.gov", subject="Received", body="", key="2")
    outbox.deliver()
    signed_in(client, people.administrator())
    assert client.get(LIST, {"state": state}).context["cl"].result_count == count


def test_mails_are_filtered_by_kind_and_quarter(client, given_up):
    quarter = factories.quarter("2021-q3")
    outbox.enqueue("received", to="robin@example.gov", subject="R", body="", key="2", quarter=quarter)
    signed_in(client, people.administrator())
    assert client.get(LIST, {"kind": "due_3"}).context["cl"].result_count == 1
    assert client.get(LIST, {"quarter__id__exact": quarter.pk}).context["cl"].result_count == 1


def test_every_kind_of_mail_has_its_preview(client):
    shown = signed_in(client, people.administrator()).get(PREVIEWS)
    assert shown.status_code == 200
    for kind, words in letters.WORDS.items():
        assert f'<h2 id="{kind}">{words}</h2>' in shown.content.decode()


def test_the_list_takes_as_many_queries_for_many_mails(client, django_assert_max_num_queries):
    signed_in(client, people.administrator()).get(LIST)
    for number in range(40):
        hisp, quarter = factories.hisp(f"va-h{number:02}"), factories.quarter("2021-q3")
        outbox.enqueue("received", to="a@b.gov", subject="R", body="", key=str(number), quarter=quarter, hisp=hisp)
    with django_assert_max_num_queries(9):
        client.get(LIST)


@pytest.mark.parametrize(
    ("kind", "found", "offered"), [("", 2, 6), ("calendar", 1, 15), ("due_3", 1, 15), ("figures", 0, 14)]
)
def test_mails_are_narrowed_by_what_they_are_about_and_then_by_kind(client, given_up, kind, found, offered):
    outbox.enqueue("invitation", to="robin@example.gov", subject="Come in", body="", key="2")
    shown = signed_in(client, people.administrator()).get(LIST, {"kind": kind} if kind else {}).context["cl"]
    (by_kind,) = (spec for spec in shown.filter_specs if spec.title == "kind")
    choices = list(by_kind.choices(shown))
    assert (shown.result_count, len(choices)) == (found, offered)
    assert [choice["selected"] for choice in choices].count(True) == 1


def test_the_list_says_what_can_be_searched_for(client, given_up):
    signed_in(client, people.administrator())
    assert "Search by address, subject or HISP" in client.get(LIST).content.decode()
    assert client.get(LIST, {"q": "rosa@example.gov"}).context["cl"].result_count == 1
