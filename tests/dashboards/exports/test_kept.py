"""What takes seconds to make is made once for all workers."""

import pytest
from django.core.cache import caches

from dashboards.exports import workbooks
from dashboards.exports.kept import kept
from tests.dashboards.downloads import body, shared, sheet
from tests.factories import published_submission, survey

ADDRESS = "/data/scores.xlsx"


@pytest.fixture(autouse=True)
def cached(settings, tmp_path):
    settings.CACHES = shared(tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def vha(db):
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])


@pytest.fixture
def written(monkeypatch):
    """How often a workbook was written."""
    found = []
    write = workbooks.written
    monkeypatch.setattr(workbooks, "written", lambda *given: found.append(given) or write(*given))
    return found


def test_workbook_is_written_once_for_all_that_ask_and_is_the_same_to_the_byte(vha, written):
    first = body(ADDRESS)
    caches.close_all()
    del caches["default"]  # as another worker would
    assert body(ADDRESS) == first
    assert len(written) == 1


def test_publication_and_other_filters_are_another_workbook(vha, written):
    before = sheet(ADDRESS)
    sheet(f"{ADDRESS}?quarter=2021-q2")
    assert len(written) == 2
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert len(sheet(ADDRESS)) > len(before)
    assert len(written) == 3


def test_another_address_of_the_site_is_another_workbook(vha, settings):
    body(ADDRESS)
    settings.SITE_URL = "https://another.example"
    assert "https://another.example/methods/" in dict(sheet(ADDRESS, workbooks.ABOUT)).values()


def test_folder_that_cannot_be_written_or_read_only_costs_time(cached):
    cached.parent.mkdir(exist_ok=True)
    cached.write_text("This is no folder.")
    assert [kept("workbook", '"tag"', lambda: b"made") for _ in range(2)] == [b"made", b"made"]


def test_damaged_file_of_the_cache_is_made_anew_and_kept_again(vha, written, cached):
    first = sheet(ADDRESS)
    for file in cached.iterdir():
        file.write_bytes(file.read_bytes()[:40])
    assert [sheet(ADDRESS), sheet(ADDRESS)] == [first, first]
    assert len(written) == 2


def test_what_visitors_choose_is_not_kept(vha, written):
    for _ in range(2):
        sheet(f"{ADDRESS}?hisp=va-vha")
        sheet("/data/v/1/2021-q2/scores.xlsx")
    assert len(written) == 3
