"""The review desk through one whole quarter, FY2021 Q3: opened in one act, 25 workbooks, returns, publication, and a
correction; with what each submission costs the reviewer in clicks. The figures are those that were published.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from hisps.models import Hisp, Membership
from reporting.demo import read
from reporting.fiscal import EASTERN
from reporting.history.publish import Batch, File, publish
from reporting.models import Mail
from tests import people
from tests.journeys.clicks import Cost
from tests.journeys.offices import (
    IN_TIME,
    LATE,
    QUARTER,
    Office,
    address,
    satisfaction,
)
from tests.journeys.quarter.administrator import (
    the_correction_replaces_what_was_public,
    the_quarter_is_opened_in_one_act,
    the_quarter_is_published_in_one_act,
    those_who_sent_nothing_are_reminded,
)
from tests.journeys.quarter.reporters import (
    late_ones_and_a_correction_come,
    returned_ones_come_back,
    three_come_in_by_browser,
    workbooks_come_in_over_http,
)
from tests.journeys.quarter.reviewer import (
    the_desk_tells_the_reviewer_what_waits,
    the_reviewer_approves_them_together,
    the_reviewer_sees_what_changed,
    the_reviewer_settles_what_came,
)
from tests.journeys.quarter.words import ADMINISTRATOR, REVIEWER, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_ALL_IN_TIME = {"pooled": "4.35", "mean-of-surveys": "4.02", "mean-of-hisps": "4.14", "by-customers": "3.62"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The day after the quarter has ended; it goes on from there."""
    with time_machine.travel(eastern(2021, 7, 1), tick=True) as traveller:
        yield traveller


@pytest.fixture
def registry(clock) -> None:
    """The HISPs with what was public of the quarter before, a reporter of each, and two people at OMB."""
    call_command("load_registry", verbosity=0)
    known = {hisp.slug: hisp for hisp in Hisp.objects.all()}
    publish([*published_before(known)], File("surveys.csv", b"all"))
    for hisp in known.values():
        Membership.objects.create(user=people.person(username=hisp.slug, email=address(hisp.slug)), hisp=hisp)
    for role, username in ((people.reviewer(), "reviewer"), (people.administrator(), "administrator")):
        role.username, role.email = username, f"{username}@omb.example"
        role.save()


def published_before(known: dict[str, Hisp]) -> Iterator[Batch]:
    for (slug, quarter), contents in read.surveys().items():
        if quarter.next == QUARTER:
            yield Batch(known[slug], quarter, contents, "the table")


def eastern(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=EASTERN).astimezone(UTC)


def test_two_people_at_omb_run_a_whole_quarter(someone, registry, clock) -> None:
    opening = the_quarter_is_opened_in_one_act(someone("administrator"))

    clock.move_to(eastern(2021, 7, 16))
    everybody_else_is_told_that_figures_are_due()
    offices = {slug: Office(Hisp.objects.get(slug=slug)) for slug in (*IN_TIME, *LATE)}
    workbooks_come_in_over_http(offices)
    three_come_in_by_browser(someone, offices)

    clock.move_to(eastern(2021, 7, 27))
    those_who_sent_nothing_are_reminded(someone("administrator"))

    clock.move_to(eastern(2021, 8, 2))
    the_desk_tells_the_reviewer_what_waits()
    first_time = the_reviewer_settles_what_came(someone("reviewer"))

    clock.move_to(eastern(2021, 8, 5))
    returned_ones_come_back(someone, offices)
    second_time = the_reviewer_sees_what_changed(someone("reviewer"))

    clock.move_to(eastern(2021, 8, 10))
    publishing = the_quarter_is_published_in_one_act(someone("administrator"))
    visitor = someone()
    everybody_sees_the_scores(visitor, {slug: offices[slug].contents for slug in IN_TIME}, OF_ALL_IN_TIME)

    clock.move_to(eastern(2021, 8, 20))
    late_ones_and_a_correction_come(offices)
    the_reviewer_approves_them_together(someone("reviewer"))
    the_correction_replaces_what_was_public(someone("administrator"), visitor)
    everybody_sees_the_scores(visitor, {slug: office.contents for slug, office in offices.items()})

    every_mail_went_to_whom_it_concerns()
    call_command("verify_audit", verbosity=0)
    nothing_costs_more_than_it_did(opening, publishing, first_time, second_time)


def nothing_costs_more_than_it_did(
    opening: Cost, publishing: Cost, first_time: dict[str, list[Cost]], second_time: dict[str, Cost]
) -> None:
    """Printed with `pytest -s`. A clean submission is to cost at most 4 clicks."""
    first_clean, *clean = first_time["clean"]
    with_comment = first_time["ssa-oo"][0]
    print(f"\nOpening the quarter: {opening}. Publishing it: {publishing}.")
    print(f"A clean submission, from the front page of the desk: {first_clean}; each next one: {clean[0]}.")
    print(f"Returning one: {first_time['opm-rs'][0]}; with a comment at a cell: {with_comment}.")
    print(f"What came back, from the front page, a comment to settle: {second_time['ssa-oo']};", end=" ")
    print(f"without one, the next in the queue: {second_time['opm-rs']}.")
    assert (opening, publishing) == (Cost(2, 2), Cost(3, 3))
    assert first_clean == Cost(3, 3)
    assert {str(cost) for cost in clean} == {"1 click, 1 page load"}
    assert (with_comment, second_time["ssa-oo"]) == (Cost(5, 3), Cost(4, 4))


def everybody_else_is_told_that_figures_are_due() -> None:
    call_command("remind", verbosity=0)
    assert told("due_14") == {*IN_TIME, *LATE}
    assert Mail.objects.filter(kind="digest").count() == 0


def everybody_sees_the_scores(visitor: Page, reports: dict, published: dict[str, str] | None = None) -> None:
    by_hand = satisfaction(reports)
    assert by_hand == (published or by_hand)
    shown = {}
    for method in by_hand:
        visitor.goto(f"/quarters/2021-q3/?method={method}")
        row = visitor.locator("details tr").filter(has=visitor.locator("th[scope=row]", has_text="Satisfaction"))
        shown[method] = row.locator(".lead-col").text_content()
    assert shown == by_hand
    expect(visitor.locator("main")).to_contain_text("Fish and Wildlife Service")


def every_mail_went_to_whom_it_concerns() -> None:
    call_command("send_mail", verbosity=0)
    assert len(mail.outbox) == Mail.objects.count()
    assert {each.to for each in Mail.objects.filter(hisp=None)} == {REVIEWER, ADMINISTRATOR}
    about = Mail.objects.exclude(hisp=None).select_related("hisp")
    assert [each for each in about if each.to != address(each.hisp.slug) or each.hisp.name not in each.body] == []
