from hashlib import sha256

import pytest

from dashboards.datasets import DATASETS
from dashboards.exports import checksums
from tests.dashboards.downloads import body, shared
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
ADDRESS = "/data/checksums.txt"


@pytest.fixture(autouse=True)
def vha(settings, tmp_path):
    settings.CACHES = shared(tmp_path)
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 5))])


def listed() -> dict[str, str]:
    lines = body(ADDRESS).decode().splitlines()
    return {name: told for told, name in (line.split("  ") for line in lines)}


def test_every_whole_file_has_the_sum_of_its_bytes():
    expected = {
        f"hisp-{name}.{kind}": sha256(body(f"/data/{name}.{kind}")).hexdigest()
        for name in DATASETS
        for kind in ("csv", "json")
    }
    assert listed() == expected


def test_files_are_worked_through_once_for_each_publication(monkeypatch):
    made = []
    sums = checksums.sums
    monkeypatch.setattr(checksums, "sums", lambda *given: made.append(given) or sums(*given))
    first = listed()
    assert listed() == first
    assert len(made) == len(DATASETS)
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert listed() != first
    assert len(made) == 2 * len(DATASETS)


def test_empty_file_has_a_sum_too():
    assert listed()["hisp-metrics.json"] == sha256(b"[]\n").hexdigest()
