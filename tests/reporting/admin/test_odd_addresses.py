"""No address of the desk, however odd its ids and its query, ends in an error of ours."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reporting import events
from reporting.models import Comment
from tests import factories, people

pytestmark = pytest.mark.django_db

OURS = [model._meta for model in admin.site._registry if model._meta.app_label in ("hisps", "reporting", "auth")]
ODD_IDS = ["²", "\0", "0", "-1", "9" * 30, "_5Fx", "1/2", "x" * 300]
ODD_VALUES = ["\0", "²", "abc", "9" * 10, "10000", "-1", ""]
PARAMETERS = ["q", "p", "o", "all", "e", "_to_field", "_popup", "_changelist_filters", "_facets", "nonsense", "id__in"]


@pytest.fixture
def desk(client):
    """A superuser’s client, with a row or two of everything."""
    submission = factories.submission(state="submitted", surveys=[factories.survey(trust=(1, 2, 3, 4, 5))])
    factories.expectation(submission.hisp, submission.quarter)
    factories.designation(submission.hisp)
    user = people.superuser()
    Comment.objects.create(submission=submission, text="A word.", by=user)
    events.record("submit", submission=submission, by=user)
    client.force_login(user)
    client.raise_request_exception = False
    return client


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern) and route.startswith("admin/"):
            yield route


PART = re.compile(r"\(\[\^/\]\+\)|\(\?P<\w+>.*\)|<(\w+:)?\w+>")  # what an address leaves open
WITH_ID = sorted({route for route in patterns(get_resolver()) if PART.search(route)})


def filters(opts) -> list[str]:
    """The parameters that the list's own filters and dates read."""
    desk = admin.site._registry[opts.model]
    found = [f"{desk.date_hierarchy}__{part}" for part in ("year", "month", "day") if desk.date_hierarchy]
    for each in desk.list_filter:
        name = each if isinstance(each, str) else each[0] if isinstance(each, tuple) else each.parameter_name
        found += [name, f"{name}__exact"] if isinstance(each, str) else [name, f"{name}__isempty"]
    return found


def test_there_are_addresses_to_try():
    assert len(OURS) > 10
    assert len(WITH_ID) > 40


@pytest.mark.parametrize("odd", ODD_IDS, ids=ascii)
def test_an_odd_id_is_no_error(desk, odd):
    addresses = [
        f"/{PART.sub(lambda _: quote(odd, safe=''), route).replace('^', '').rstrip('$')}" for route in WITH_ID
    ]
    methods = (desk.get, desk.post)
    assert [address for address in addresses for ask in methods if ask(address).status_code >= 500] == []


@pytest.mark.parametrize("opts", OURS, ids=str)
def test_an_odd_query_is_no_error(desk, opts):
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    names = [*filters(opts), *(PARAMETERS if opts.model_name == "submission" else [])]
    queries = [f"?{name}={quote(value)}" for name in names for value in ODD_VALUES]
    assert [query for query in queries if desk.get(address + query).status_code >= 500] == []


@pytest.mark.parametrize("make", [people.reviewer, people.administrator, people.superuser])
@pytest.mark.parametrize("chosen", ["\0", "²", "abc", "9" * 30, ""])
def test_an_odd_choice_for_an_action_is_no_error(desk, make, chosen):
    desk.force_login(make())
    for action in ("approve_selected", "publish_selected", "delete_selected", "\0", chosen):
        for fields in ({"_selected_action": chosen}, {"_selected_action": "1", "index": chosen, "select_across": "1"}):
            response = desk.post(reverse("admin:reporting_submission_changelist"), {"action": action, **fields})
            assert response.status_code < 500, (action, fields)


@pytest.mark.parametrize("value", ODD_VALUES, ids=ascii)
def test_an_odd_word_in_autocomplete_and_history_is_no_error(desk, value):
    word = quote(value)
    for query in (f"term={word}", f"term=a&app_label={word}&model_name=touchpoint&field_name=service"):
        for field in ("hisps&model_name=touchpoint&field_name=service", "hisps&model_name=membership&field_name=user"):
            assert desk.get(f"/admin/autocomplete/?app_label={field}&{query}&page={word}").status_code < 500
    hisp = factories.hisp()
    assert desk.get(f"/admin/hisps/hisp/{hisp.pk}/history/?p={word}").status_code < 500
