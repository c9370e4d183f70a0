"""docs/data.md against the code."""

import re

import pytest
from django.conf import settings

from dashboards.datasets import DATASETS
from dashboards.exports import workbooks
from reporting.models import Submission
from tests.dashboards.acts import publish, withdraw
from tests.dashboards.downloads import objects

TEXT = (settings.BASE_DIR / "docs/data.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| .+ \| (.+) \| (yes|no) \|$", re.MULTILINE)


def test_table_of_datasets_is_the_code_s():
    told = [(slug, filters, versions) for slug, filters, versions in ROW.findall(TEXT)]
    assert told == [
        (one.slug, ", ".join(one.filters) or "none", "yes" if one.is_versioned else "no") for one in DATASETS.values()
    ]


def test_most_rows_of_a_workbook_are_told():
    assert f"at most {workbooks.MOST_ROWS:,} rows" in TEXT


@pytest.mark.django_db
def test_worked_example_of_versions_is_what_the_addresses_give():
    publish("gsa-pep", "2020-q1")
    publish("gsa-pep", "2020-q2")
    publish()  # publication 3
    publish("gsa-pep", "2020-q3")
    second = publish(revision=2)  # 5
    publish("gsa-pep", "2020-q4")
    publish("gsa-pep", "2021-q1")
    before = {number: _revisions(number) for number in (3, 5)}
    withdraw(second)  # 8
    assert Submission.objects.get(pk=second.pk).ended_in.number == 8
    assert before == {3: {1}, 5: {2}}
    assert {number: _revisions(number) for number in (3, 5, 8)} == {3: {1}, 5: set(), 8: set()}


def _revisions(publication: int) -> set[int]:
    return {one["revision"] for one in objects(f"/data/v/{publication}/2021-q2/responses.json")}
