"""Every HISP in one table, and what a search finds."""

from html import unescape

import pytest

from dashboards.scorecards import Missing, hisps_page, search_page
from dashboards.scorecards.hisps import SORTS, Asked
from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
LOW, HIGH = (20, 20, 20, 20, 20), (0, 0, 0, 10, 10)


@pytest.fixture(autouse=True)
def _three():
    published_submission("va-low", "2021-q2", surveys=[survey(trust=LOW)])
    published_submission("ssa-high", "2021-q1", surveys=[survey("Benefits", trust=HIGH)])
    factories.hisp("va-none")


def slugs(**asked):
    return [row.slug for row in hisps_page(Asked(**asked)).rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("department", ["ssa-high", "va-low", "va-none"]),
        ("-department", ["va-none", "va-low", "ssa-high"]),
        ("name", ["ssa-high", "va-low", "va-none"]),
        ("-score", ["ssa-high", "va-low", "va-none"]),
        ("score", ["va-low", "ssa-high", "va-none"]),
        ("-answers", ["va-low", "ssa-high", "va-none"]),
        ("answers", ["ssa-high", "va-low", "va-none"]),
        ("-quarter", ["va-low", "ssa-high", "va-none"]),
        ("quarter", ["ssa-high", "va-low", "va-none"]),
    ],
)
def test_table_is_sorted_and_what_has_no_figures_comes_last(sort, order):
    assert slugs(sort=sort) == order


def test_heading_sorts_and_a_second_click_turns_it_and_the_filters_stay():
    asked = Asked(sort="-score", department="va", words="provider", method="mean-of-hisps")
    headings = {one.name: one for one in hisps_page(asked).headings}
    assert headings["Combined"].order == "descending"
    assert headings["Combined"].query == "?q=provider&department=va&sort=score&method=mean-of-hisps"
    assert headings["Answers"].order == ""
    assert headings["Answers"].query.endswith("sort=-answers&method=mean-of-hisps")


def test_methods_keep_sort_and_filters():
    page = hisps_page(Asked(sort="-score", department="va"))
    assert page.methods[1].query == "?department=va&sort=-score&method=mean-of-surveys"


def test_filters_narrow_it_down():
    assert slugs(department="va") == ["va-low", "va-none"]
    assert slugs(with_figures=True) == ["ssa-high", "va-low"]
    assert slugs(department="va", with_figures=True) == ["va-low"]


def test_words_find_hisps_by_their_services_too():
    assert slugs(words="benefits") == ["ssa-high"]
    assert slugs(words="nothing") == []


def test_unknown_department_is_missing():
    with pytest.raises(Missing, match="no department “nowhere”"):
        hisps_page(Asked(department="nowhere"))


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?sort=shoe", 400, "“sort” cannot be “shoe”. It may be name, -name, department"),
        ("?figures=maybe", 400, "“figures” cannot be “maybe”"),
        ("?department=nowhere", 404, "There is no department “nowhere”"),
        ("?method=magic", 400, "There is no method “magic”"),
        ("?q=zebra", 200, "No provider has “zebra” in its name"),
        ("?q=%3Cb%3E%00", 200, "No provider has “<b>�” in its name"),
        (f"?q={'x' * 5000}", 200, "No provider has"),
        ("?department=ssa&figures=yes&q=", 200, "1 of 3 providers shown"),
    ],
)
def test_odd_addresses_are_pages_with_help(client, query, status, sentence):
    answer = client.get(f"/hisps/{query}")
    assert answer.status_code == status
    assert sentence in unescape(answer.content.decode()).replace("\xa0", " ")


def test_page_says_how_it_is_sorted(client):
    page = client.get("/hisps/?sort=-score").content.decode()
    assert 'class="num" aria-sort="descending"><a class="sort" href="?sort=score"' in page


def test_every_sort_is_answered(client):
    assert {client.get(f"/hisps/?sort={sort}").status_code for sort in SORTS} == {200}


def test_search_finds_hisps_services_and_departments_apart():
    page = search_page("ssa")
    assert [one.slug for one in page.hisps] == ["ssa-high"]
    assert [one.slug for one in page.services] == ["ssa-high-benefits"]
    assert [one.slug for one in page.departments] == ["ssa"]
    assert page.number == "3\xa0results"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "For example"),
        ("?q=", "For example"),
        ("?q=benefits", "/services/ssa-high-benefits/"),
        ("?q=zebra", "Try fewer or shorter words"),
        ("?q=%00%ff", "Try fewer or shorter words"),
    ],
)
def test_search_page_has_results_or_a_way_on(client, query, words):
    answer = client.get(f"/search/{query}")
    assert answer.status_code == 200
    assert words in unescape(answer.content.decode())
