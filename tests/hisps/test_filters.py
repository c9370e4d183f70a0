"""The lists of the registry and of people, narrowed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hisps import registry
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(people.administrator())
    return client


def listed(desk, name, query):
    return {str(each) for each in desk.get(f"{reverse(f'admin:{name}_changelist')}?{query}").context["cl"].result_list}


def test_services_are_lasting_through_their_last_day(desk):
    hisp, today = factories.hisp(), timezone.localdate()
    for name, days in (("Ends today", 0), ("Ended", -1), ("Lasts", None)):
        service = registry.create_service(hisp, name)
        service.last_day = None if days is None else today + timedelta(days=days)
        service.save()
    assert listed(desk, "hisps_service", "lasts=yes") == {"Ends today", "Lasts"}
    assert listed(desk, "hisps_service", "lasts=no") == {"Ended"}
    assert len(listed(desk, "hisps_service", "lasts=perhaps")) == 3


def test_people_are_listed_by_their_task(desk):
    reporter, reviewer, idle = people.reporter(factories.hisp()), people.reviewer(), people.person()
    assert listed(desk, "auth_user", "task=reports") == {reporter.username}
    assert listed(desk, "auth_user", "task=Reviewer") == {reviewer.username}
    assert listed(desk, "auth_user", "task=none") == {idle.username}
    shown = desk.get(reverse("admin:auth_user_changelist")).content.decode()
    assert "Reports for Provider va-vha" in shown


def test_people_take_as_many_queries_for_many(desk, django_assert_max_num_queries):
    for number in range(40):
        people.reporter(factories.hisp(f"va-h{number}"))
    with django_assert_max_num_queries(12):
        desk.get(reverse("admin:auth_user_changelist"))
