"""The quarter board as a page of the desk: who sees what, and the steps that begin there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from reporting import quarters
from reporting.models import Event, Expectation, Mail, Quarter
from tests import factories, people

pytestmark = pytest.mark.django_db
AFTER_DUE = datetime(2021, 5, 10, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_due_day():
    with time_machine.travel(AFTER_DUE):
        yield


@pytest.fixture
def quarter():
    """One HISP was returned, one sent nothing, one will not report; two have reporters."""
    quarter = factories.quarter("2021-q2", opened_at=datetime(2021, 4, 1, tzinfo=UTC))
    for slug in ("va-vha", "ssa-oo"):
        reporter = people.reporter(factories.expectation(factories.hisp(slug, name=slug.upper()), quarter).hisp)
        reporter.email = f"{slug}@agency.example"
        reporter.save()
    factories.expectation("sba-fo", quarter, not_reporting=True, not_reporting_reason="No survey yet.")
    factories.submission("va-vha", quarter, state="returned")
    return quarter


def signed_in(client, user):
    client.force_login(user)
    return client


def address(quarter, step="change"):
    return reverse(f"admin:reporting_quarter_{step}", args=[quarter.pk])


def chosen(*slugs):
    return [expectation.pk for expectation in Expectation.objects.filter(hisp__slug__in=slugs)]


def text(response):
    return response.content.decode()


def names(response):
    return [row.standing.slug for row in response.context["board"].rows]


def test_an_address_with_a_filter_can_be_shared(client, quarter):
    response = signed_in(client, people.reviewer()).get(address(quarter), {"show": "overdue", "sort": "-name"})
    assert names(response) == ["va-vha", "ssa-oo"]
    assert re.search(r'<a href="\?show=overdue&amp;sort=-name" aria-current="true"[^>]*><strong>2<', text(response))
    assert 'aria-sort="descending"' in text(response)


def test_what_the_address_asks_in_vain_is_said(client, quarter):
    response = signed_in(client, people.reviewer()).get(address(quarter), {"show": "<b>", "p": "99"})
    assert response.status_code == 200
    assert "There is no filter “&lt;b&gt;”, so every HISP is listed." in text(response)
    assert len(names(response)) == 3


def test_a_search_that_finds_nobody_says_so_and_leads_back(client, quarter):
    shown = text(signed_in(client, people.reviewer()).get(address(quarter), {"q": "nobody"}))
    assert "No HISP is listed here." in shown
    assert '<a href="?">Show every HISP</a>' in shown


def test_a_quarter_without_hisps_says_so(client):
    empty = factories.quarter("2021-q2", opened_at=timezone.now())
    shown = text(signed_in(client, people.administrator()).get(address(empty)))
    assert "No HISP is expected to report for FY2021 Q2, and none sent anything." in shown


def test_the_missing_are_named(client, quarter):
    shown = text(signed_in(client, people.reviewer()).get(address(quarter)))
    assert "<strong>Nothing yet from:</strong> SSA-OO." in shown


def test_a_reviewer_sees_no_step_of_the_administrator(client, quarter):
    shown = text(signed_in(client, people.reviewer()).get(address(quarter)))
    for words in ("Extend", "Remind", "Expect again", "Close the quarter", "Publish everything", "checkbox"):
        assert words not in shown


@pytest.mark.parametrize("step", ["change", "remind", "extend_chosen"])
def test_reporters_and_strangers_stay_out(client, quarter, step):
    assert client.get(address(quarter, step)).url.startswith("/accounts/login/")
    client.force_login(User.objects.get(email="va-vha@agency.example"))
    assert client.get(address(quarter, step)).status_code == 403
    assert client.post(address(quarter, step)).status_code == 403


@pytest.mark.parametrize("step", ["remind", "extend_chosen"])
def test_a_reviewer_neither_reminds_nor_extends(client, quarter, step):
    client = signed_in(client, people.reviewer())
    sent = {"chosen": chosen("ssa-oo"), "to": "2021-05-14", "reason": "Storm."}
    assert client.get(address(quarter, step), sent).status_code == 403
    assert client.post(address(quarter, step), sent).status_code == 403
    assert not Mail.objects.exists()
    assert not Expectation.objects.exclude(extended_to=None).exists()


def test_several_are_extended_in_one_step(client, quarter):
    client = signed_in(client, people.administrator())
    asked = text(client.get(address(quarter, "extend_chosen"), {"chosen": chosen("ssa-oo", "va-vha")}))
    assert "Give 2 HISPs more time for FY2021 Q2" in asked
    sent = {"chosen": chosen("ssa-oo", "va-vha"), "to": "2021-05-14", "reason": "Storm."}
    shown = text(client.post(address(quarter, "extend_chosen"), sent, follow=True))
    assert "Extended to May 14, 2021, 11:59 PM Eastern: SSA-OO, VA-VHA." in shown
    assert Event.objects.filter(transition="extend").count() == 2


def test_several_are_extended_together_or_not_at_all(client, quarter):
    sent = {"chosen": chosen("ssa-oo", "va-vha"), "to": "2021-04-30", "reason": "Storm."}
    response = signed_in(client, people.administrator()).post(address(quarter, "extend_chosen"), sent)
    assert response.status_code == 422
    assert "The new due day must be after April 30, 2021." in text(response)
    assert not Expectation.objects.exclude(extended_to=None).exists()
    assert not Event.objects.filter(transition="extend").exists()


@pytest.mark.parametrize("step", ["remind", "extend_chosen"])
@pytest.mark.parametrize("boxes", [[], ["²"], ["9" * 30], ["abc", "-1"]])
def test_without_a_choice_the_board_asks_for_one(client, quarter, step, boxes):
    client = signed_in(client, people.administrator())
    for ask in (client.get, client.post):
        response = ask(address(quarter, step), {"chosen": boxes, "selected": "yes"}, follow=True)
        assert response.status_code == 400 or "Select at least one HISP in the list first." in text(response)


def test_a_box_of_another_quarter_chooses_nothing(client, quarter):
    other = factories.expectation("ssa-oo", "2021-q1")
    sent = {"chosen": other.pk, "to": "2021-05-14", "reason": "Storm."}
    signed_in(client, people.administrator()).post(address(quarter, "extend_chosen"), sent)
    other.refresh_from_db()
    assert other.extended_to is None


def test_reminders_are_shown_before_they_are_sent(client, quarter):
    factories.expectation("treas-irs", quarter)
    client = signed_in(client, people.administrator())
    shown = text(client.get(address(quarter, "remind")))
    for words in (
        "2 HISPs get a reminder.",
        "ssa-oo@agency.example",
        "FY2021 Q2: please send the figures of SSA-OO, which were due on April 30, 2021",
        "Friday, April 30, 2021, 11:59 PM EDT (US Eastern)",
        "OMB returned the figures of VA-VHA",
        "Provider treas-irs: nobody reports for it.",
    ):
        assert words in shown
    assert not Mail.objects.exists()


def test_what_was_ticked_is_sent_and_said(client, quarter):
    client = signed_in(client, people.administrator())
    shown = text(client.post(address(quarter, "remind"), {"chosen": chosen("ssa-oo")}, follow=True))
    assert "Reminders are on their way: SSA-OO." in shown
    assert Mail.objects.get().to == "ssa-oo@agency.example"
    assert "was reminded today already" in text(client.get(address(quarter, "remind")))
    again = text(client.post(address(quarter, "remind"), {"chosen": chosen("ssa-oo")}, follow=True))
    assert "Nobody was left to remind: no mail was sent." in again
    assert Mail.objects.count() == 1


def test_who_owes_nothing_is_passed_over_by_name(client, quarter):
    query = {"chosen": chosen("ssa-oo", "sba-fo")}
    shown = text(signed_in(client, people.administrator()).get(address(quarter, "remind"), query))
    assert "You also selected Provider sba-fo: nothing is owed there now" in shown


def test_the_button_counts_those_whom_its_page_can_remind(client, quarter):
    factories.expectation("dos-ca", quarter)  # without a reporter
    nameless = people.reporter(factories.expectation("usda-fsa", quarter).hisp)
    assert not nameless.email
    signed_in(client, people.administrator())

    def counted_and_listed():
        [on_the_button] = re.findall(r"Remind who owes figures \((\d+)\)", text(client.get(address(quarter))))
        return int(on_the_button), len(client.get(address(quarter, "remind")).context["going"])

    assert counted_and_listed() == (2, 2)
    client.post(address(quarter, "remind"), {"chosen": chosen("ssa-oo")})
    assert counted_and_listed() == (1, 1)
    with time_machine.travel(AFTER_DUE + timedelta(days=1)):
        client.force_login(people.administrator())
        assert counted_and_listed() == (2, 2)


def test_all_are_unticked_and_ticked_again_with_a_link(client, quarter):
    signed_in(client, people.administrator())
    place = address(quarter, "remind")

    def ticks(query):
        return len(re.findall(r'name="chosen" value="\d+" checked', text(client.get(f"{place}{query}"))))

    both = client.get(place).context
    assert [ticks(""), ticks(both["untick_all"]), ticks(both["tick_all"])] == [2, 0, 2]
    one = client.get(place, {"chosen": chosen("ssa-oo")}).context
    assert [ticks(one["tick_all"]), ticks(one["untick_all"])] == [1, 0]
    assert "SSA-OO" in text(client.get(f"{place}{one['untick_all']}"))


def test_a_closed_quarter_is_not_reminded_of(client, quarter):
    Quarter.objects.update(closed_at=timezone.now())
    client = signed_in(client, people.administrator())
    assert "FY2021 Q2 is not open" in text(client.get(address(quarter, "remind")))
    shown = text(client.post(address(quarter, "remind"), {"chosen": chosen("ssa-oo")}, follow=True))
    assert "FY2021 Q2 is not open, so nobody was reminded of it." in shown
    assert not Mail.objects.exists()


def test_closing_names_who_will_be_shut_out(client, quarter):
    factories.expectation(factories.hisp("dos-ca", name="DOS-CA"), quarter)
    shown = text(signed_in(client, people.administrator()).get(address(quarter, "close")))
    assert "2 HISPs could then send nothing more: DOS-CA, SSA-OO." in shown


def test_closing_names_what_waits_and_what_can_still_come(client, quarter):
    for slug, state in (("va-one", "submitted"), ("va-two", "approved"), ("va-three", "returned")):
        factories.expectation(slug, quarter)
        factories.submission(slug, quarter, state=state)
    shown = text(signed_in(client, people.administrator()).get(address(quarter, "close")))
    assert "1 submission waits for review: Provider va-one. It can still be approved, returned and published." in shown
    assert "1 approved submission is not published yet: Provider va-two." in shown
    assert "2 submissions are returned: Provider va-three, VA-VHA. They can still come back." in shown
    assert "1 HISP could then send nothing more: SSA-OO." in shown


def test_nobody_is_asked_how_long_where_more_time_is_refused(client, quarter):
    signed_in(client, people.administrator())
    expected = quarter.expectations.get(hisp__slug="ssa-oo")
    place = reverse("admin:reporting_quarter_extend", args=[expected.pk])
    chosen = f"{address(quarter, 'extend_chosen')}?chosen={expected.pk}"
    quarters.close_quarter(quarter, by=people.administrator())
    for answer in (
        client.get(place),
        client.post(place, {"to": "2021-05-14", "reason": "Storm."}),
        client.get(chosen),
    ):
        assert answer.status_code == 409
        assert "FY2021 Q2 is closed, so SSA-OO cannot get more time for it. Reopen the quarter first." in text(answer)
        assert 'name="reason"' not in text(answer)
    assert ">Extend<" not in text(client.get(address(quarter)))


def test_opening_says_what_it_will_mean_and_what_it_did(client):
    factories.designation("va-vha")
    client = signed_in(client, people.administrator())
    asked = text(client.get(reverse("admin:reporting_quarter_add")))
    assert "<strong>FY2021 Q2</strong> runs from January 1, 2021, to March 31, 2021" in asked
    assert "1 HISP is designated in it." in asked
    done = client.post(reverse("admin:reporting_quarter_add"), {"fiscal_year": 2021, "number": 2}, follow=True)
    assert "FY2021 Q2 is open, due April 30, 2021, 11:59 PM Eastern; 1 HISP was added to it." in text(done)


def test_every_row_of_the_list_keeps_its_counts_apart(client, quarter):
    for number in range(3):
        factories.submission("va-vha" if number else "ssa-oo", f"2020-q{number + 1}", state="published")
    listed = signed_in(client, people.reviewer()).get(reverse("admin:reporting_quarter_changelist"))
    found = {each.slug: each for each in listed.context["cl"].result_list}
    assert (found["2021-q2"].expected_count, found["2021-q2"].missing_count) == (3, 2)
    assert [found[f"2020-q{n}"].published_count for n in (1, 2, 3)] == [1, 1, 1]


def test_the_front_page_counts_open_quarters_and_leads_to_their_boards(client, quarter):
    factories.quarter("2020-q1")
    shown = text(signed_in(client, people.reviewer()).get("/admin/"))
    assert f'<a href="{address(quarter)}">FY2021 Q2</a>' in shown
    assert f'<a href="{address(quarter)}?show=missing"><strong>1</strong> Nothing yet</a>' in shown
    assert "FY2020 Q1" not in shown
    assert "Open a quarter" not in shown
    assert "Open a quarter" in text(signed_in(client, people.administrator()).get("/admin/"))


def test_the_front_page_without_an_open_quarter_says_so(client):
    assert "No quarter is open for reporting." in text(signed_in(client, people.reviewer()).get("/admin/"))


@pytest.mark.parametrize("hisps", [40, 400])
def test_the_page_takes_15_queries_at_most(client, hisps, django_assert_max_num_queries):
    quarter = factories.quarter("2021-q2", opened_at=timezone.now())
    for number in range(hisps):
        factories.expectation(f"va-h{number}", quarter)
        if number % 2:
            surveys = [factories.survey(satisfaction=(1, 2, 3, 4, 5))]
            factories.submission(
                f"va-h{number}", quarter, state="submitted", surveys=surveys, at=AFTER_DUE - timedelta(days=number % 9)
            )
    for make in (people.administrator, people.reviewer):
        signed_in(client, make())
        for page in (address(quarter), address(quarter) + "?show=submitted&sort=-due&q=va", "/admin/"):
            with django_assert_max_num_queries(15):
                assert client.get(page).status_code == 200
