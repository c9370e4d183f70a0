"""What a search finds, and how much it says that this is, equals a search of the tables that installations begin
with."""

import pytest
from django.test import Client

from hisps import names
from tests.dashboards.recomputed import registry, words
from tests.dashboards.recomputed.checks import History, Page
from tests.dashboards.recomputed.page import table

pytestmark = pytest.mark.django_db

QUERIES = (
    "veterans",
    "VHA",
    "treasury",
    "passport",
    "contact center",
    "u.s.",
    "dol",
    "applying for",
    "zzz",
    "office of",
)


def matches(query: str, *texts: str) -> bool:
    """Each word of the query begins a word."""
    known = [word for text in texts for word in (*names.key(text).split(), *names.key(text).replace("-", " ").split())]
    return all(any(each.startswith(word) for each in known) for word in names.key(query).split())


def right(query: str) -> set[str]:
    departments = {one["slug"]: one for one in registry.table("departments")}
    hisps = {one["slug"]: one for one in registry.table("hisps")}
    found = set()
    for slug, one in departments.items():
        if matches(query, one["name"], one["abbreviation"], slug):
            found.add(f"/departments/{slug}/")
    for slug, one in hisps.items():
        own, former = departments[one["department"]], registry.table("other_names")
        other = [each["name"] for each in former if each["hisp"] == slug]
        if matches(query, one["name"], one["abbreviation"], slug, own["name"], own["abbreviation"], *other):
            found.add(f"/hisps/{slug}/")
    for one in registry.table("services"):
        of = hisps[one["hisp"]]
        if matches(query, one["name"], of["name"], of["abbreviation"]):
            found.add(f"/services/{one['slug']}/")
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_what_the_registry_holds_and_counts_it(past, query):
    page = Page(
        "/search/", Client().get("/search/", {"q": query}).content.decode().replace("\xa0", " "), past, "pooled"
    )
    found = [each.attributes["href"] for box in page.main.every("ul", "found") for each in box.every("a")]
    assert sorted(found) == sorted(right(query))
    [told] = page.main.every("p", "shown")
    assert told.text.startswith(words.counted(len(found), "result"))


def shown(past: History, **asked: str) -> tuple[str, list[str]]:
    """How many are said to be shown, and which are."""
    page = Page("/hisps/", Client().get("/hisps/", asked).content.decode().replace("\xa0", " "), past, "pooled")
    [told] = page.main.every("p", "shown")
    links = [heading.first("a") for each in page.main.every("table") for heading, _ in table(each).lines]
    return told.text, sorted(link.attributes["href"].split("/")[2] for link in links if link)


def test_the_list_of_hisps_counts_what_it_shows(past):
    every = registry.table("hisps")
    known = {
        "": sorted(past.names),
        "department=va": sorted(one["slug"] for one in every if one["department"] == "va"),
        "figures=yes": sorted({row.hisp for row in past.rows}),
    }
    for asked, right in known.items():
        name, _, value = asked.partition("=")
        text, found = shown(past, **({name: value} if name else {}))
        assert found == right
        assert text.startswith(f"{len(right)} of {len(every)} providers shown.")
