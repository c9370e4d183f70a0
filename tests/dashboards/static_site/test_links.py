"""Where every address lies among the files, and where every link of a written page leads."""

import pytest

from dashboards.static_site import file_of, link_to, rewritten


@pytest.fixture(autouse=True)
def _live(settings):
    settings.SITE_URL = "https://hisp.example"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/?method=by-customers", "method=by-customers/index.html"),
        ("/?method=pooled", "index.html"),
        ("/hisps/va-vha/", "hisps/va-vha/index.html"),
        ("/data/scores.csv", "data/scores.csv"),
        ("/data/scores.csv?quarter=2021-q2&hisp=va-vha", "data/quarter=2021-q2&hisp=va-vha/scores.csv"),
        ("/data.json", "data.json"),
    ],
)
def test_every_address_has_its_file(address, file):
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("#main-content", "#main-content"),
        ("?page=2", "/corrections/page=2/"),
        ("/domains/trust/?method=by-customers#trend", "/domains/trust/method=by-customers/#trend"),
        ("/compare/?of=va-vha", "https://hisp.example/compare/?of=va-vha"),
        ("/hisps/?sort=-score&method=by-customers", "/hisps/sort=-score&method=by-customers/"),
        ("/hisps/?department=va", "https://hisp.example/hisps/?department=va"),
        ("/search/", "/search/"),
        ("/search/?q=passport", "https://hisp.example/search/?q=passport"),
        ("/admin/", "https://hisp.example/admin/"),
        ("https://www.gsa.gov/", "https://www.gsa.gov/"),
        ("/static/css/hisp.css", "/static/css/hisp.css"),
    ],
)
def test_every_link_leads_to_a_file_or_to_the_application(link, written):
    assert link_to(link, "/corrections/") == written


def test_in_the_place_of_a_form_stands_where_it_is_answered():
    html = '<h1>Search</h1><form action="/search/"><input name="q">\n</form><p>For example: passport.</p>'
    written = rewritten(html, "/search/")
    assert written.startswith('<h1>Search</h1><p class="panel">This copy of the site is made of files')
    assert written.endswith("</p><p>For example: passport.</p>")
    assert '<a href="https://hisp.example/search/">Use the form on this page at hisp.example</a>' in written


def test_nothing_but_links_and_forms_is_another():
    html = '<p title="/hisps/?page=2">“/hisps/?page=2” &amp; <a href="/hisps/">HISPs</a></p>'
    assert rewritten(html, "/") == html
