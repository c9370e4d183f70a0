"""Every page that a reviewer, an administrator or a reporter opens: without anything that axe finds, and no wider than
a phone. The pages come from the URL resolver, so a new one is walked without being named here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, Route

from reporting.models import Expectation
from tests import people
from tests.journeys import axe
from tests.permissions import world as worlds
from tests.permissions.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = 1280, 390
# Of what axe looks for, only this can differ on a phone: the rest is the same page.
ON_A_PHONE = ["target-size", "color-contrast", "scrollable-region-focusable", "label", "link-name", "button-name"]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SEND_EMPTY = """form => {
  for (const field of form.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea")) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else field.value = "";
  }
  form.noValidate = true;
  form.requestSubmit();
}"""
FIELDS = "input:not([type=hidden]):not([type=submit]), select, textarea"
FORMS = "#content form[method=post i]:not(#changelist-form), main form[method=post i]:not(#content *)"
COMPLAINTS = ".errornote, .errorlist, .ask-error, .usa-error-message, .usa-alert--error, main [role=alert]"
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html", "503.html"]


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address, as it is written, with what it leaves open."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def rows(world: World, route: str) -> list[Any]:
    """What the address may be of: rows of the model that the admin names in it, or the reporter’s own."""
    if "/expectations/" in route:
        return list(Expectation.objects.filter(quarter=world.quarter))
    if route.startswith("/admin/"):
        app, model = route.split("/")[2:4]
        return (
            [world.submission, world.published] if model == "submission" else [world.one(apps.get_model(app, model))]
        )
    if "/uploads/" in route:
        return [world.submission.upload, world.upload]
    return [world.draft, world.submission, world.published]


def opened(world: World, route: str, entry: URLPattern) -> Iterator[list[Any]]:
    """The arguments with which the address is opened; none for one that cannot be."""
    regex = entry.pattern.regex
    names = list(entry.pattern.converters) or list(regex.groupindex) or ["object_id", "version"][: regex.groups]
    if not names:
        yield []
    elif names == ["app_label"]:
        yield from (["hisps"], ["reporting"], ["auth"])
    elif names[0] == "hisp":
        yield [world.hisp.slug, *([world.quarter.fiscal] if "quarter" in names else [])]
    elif set(names) <= {"object_id", "pk", "id", "version"}:
        for row in rows(world, route):
            yield [row.pk, row.history.first().pk] if "version" in names else [row.pk]


def pages(client: Client, world: World, begin: str) -> list[str]:
    """The addresses below `begin` that answer this person with a page of HTML."""
    space = {"/admin/": "admin:", "/reporting/": "reporting:"}.get(begin, "")
    entries = [(route, entry) for route, entry in patterns(get_resolver()) if route.startswith(begin) and entry.name]
    paths = [
        reverse(space + entry.name, args=args) for route, entry in entries for args in opened(world, route, entry)
    ]
    return [path for path in dict.fromkeys(paths) if is_page(client, path)]


def is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is now, at both widths, and whether it is wider than that."""
    found = []
    for width, rules in ((WIDE, None), (NARROW, ON_A_PHONE)):
        page.set_viewport_size({"width": width, "height": 900})
        told = axe.found(page, rules)
        told += [f"wider than the screen by {wider}" for wider in [page.evaluate(WIDER)] if wider > 0]
        found += [f"{page.url.split('/', 3)[3]} at {width}: {each}" for each in told]
    return found


def walked(page: Page, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += faults(page)
    return found


def walked_and_sent(page: Page, paths: list[str]) -> tuple[list[str], set[str]]:
    """The faults of the pages as they come and after their form was sent empty, and which of them complained then."""
    found, complained = [], set()
    for path in paths:
        page.goto(path)
        found += faults(page)
        form = page.locator(FORMS).last
        if form.count() and form.locator(FIELDS).count():
            with page.expect_navigation():
                form.evaluate(SEND_EMPTY)
            if page.locator(COMPLAINTS).count():
                complained.add(path)
                found += faults(page)
    return found, complained


@pytest.fixture
def world(db) -> World:
    return worlds.made()


def signed_in(someone: Any, world: World, actor: str) -> Page:
    return someone(world.people[actor].username)


@pytest.mark.parametrize(("actor", "begin", "least"), [("AD", "/admin/", 60), ("RV", "/admin/", 35), ("RA", "/", 15)])
def test_axe_finds_nothing_on_any_page_nor_where_it_complains(someone, world, actor, begin, least):
    parts = [begin] if begin != "/" else ["/reporting/", "/accounts/"]
    paths = [path for part in parts for path in pages(world.client(actor), world, part)]
    assert len(paths) >= least
    found, complained = walked_and_sent(signed_in(someone, world, actor), paths)
    assert found == []
    asking = {path for path in paths if path.endswith(("/add/", "/import/", "/password/"))}
    assert asking <= complained


def test_axe_finds_nothing_on_lists_that_are_empty_or_find_nothing(someone):
    """Nobody is there but the administrator, and nothing happened but that she signed in."""
    client, lists = Client(), []
    person = people.administrator()
    client.force_login(person)
    for route, entry in patterns(get_resolver()):
        if route.startswith("/admin/") and (entry.name or "").endswith("_changelist"):
            lists.append(reverse(f"admin:{entry.name}"))
    shown = [path for path in lists if is_page(client, path)]
    assert len(shown) >= 12
    queue = reverse("admin:reporting_submission_changelist")
    looked_for = [f"{queue}?q=nothing", f"{queue}?state__exact=submitted", f"{queue}?submitted=7&due=past"]
    assert walked(someone(person.username), [reverse("admin:index"), *shown, *looked_for]) == []


def answer(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html")


def test_axe_finds_nothing_on_pages_of_visitors_and_of_errors(someone, world):
    page = someone()
    paths = pages(Client(), world, "/accounts/")
    assert len(paths) >= 5
    found, complained = walked_and_sent(page, paths)
    assert found + walked(page, ["/accounts/invitation/none/", "/accounts/reset/x/none/"]) == []
    assert {reverse("login"), reverse("ask_for_access"), reverse("password_reset")} <= complained
    for template in ERRORS:
        page.route(f"**/{template}", answer(render_to_string(template, {"exception": "A sentence that says why."})))
    assert walked(page, [f"/{template}" for template in ERRORS]) == []


def test_axe_finds_nothing_where_an_import_is_looked_at(someone, world):
    page = signed_in(someone, world, "AD")
    files = [
        "slug,abbreviation,name\nva,VA,Veterans\nnew,NEW,New\n",
        "slug,abbreviation,name\nnew,,\n",
        "name\nOnly\n",
    ]
    for file in files:
        page.goto(reverse("admin:hisps_department_import"))
        csv = {"name": "departments.csv", "mimeType": "text/csv", "buffer": file.encode()}
        page.get_by_label("CSV file").set_input_files(csv)
        page.get_by_role("button", name="Look at the changes").click()
        page.get_by_role("heading", level=2).first.wait_for()
        assert faults(page) == []


def test_reporter_without_a_task_and_one_who_sent_a_bad_file(someone, world):
    assert walked(signed_in(someone, world, "RB"), [reverse("reporting:home")]) == []
    page = signed_in(someone, world, "RA")
    page.goto(reverse("reporting:quarter", args=[world.hisp.slug, world.draft.quarter.fiscal]))
    page.locator("input[type=file]").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": b"none"})
    page.locator("form[enctype] button").click()
    page.get_by_role("heading", level=1).wait_for()
    assert faults(page) == []
