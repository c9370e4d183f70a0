"""The page of the Veterans Health Administration, from OMB's own file where it is at hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from reporting.domains import SEVEN_DOMAINS
from tests.factories import published_submission, survey

FILE = Path(settings.BASE_DIR).parent / "shared/data/omb-cx-reporting-collections-fy2021q1-fy2022q2.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="OMB’s published file is not here (../shared/data).")


def rows() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name.removeprefix("attributes_"): value for name, value in row.items()}


@pytest.mark.django_db
def test_vha_in_fy2021_q2_shows_its_seven_published_scores(client):
    [row] = [
        row
        for row in rows()
        if (row["collection_year"], row["collection_quarter"]) == ("2021", "2")
        and row["service_provider_name"] == "Veterans Health Administration"
    ]
    counts = {
        domain.slug: tuple(int(float(row[f"q{domain.number}_{n}"])) for n in range(1, 6)) for domain in SEVEN_DOMAINS
    }
    published_submission("va-vha", "2021-q2", surveys=[survey(**counts)])
    page = client.get("/hisps/va-vha/2021-q2/").content.decode()
    cards = page.split('class="domain__score">')[1:]
    assert [card[:4] for card in cards] == ["4.70", "4.52", "4.69", "4.52", "4.70", "4.70", "4.74"]
