from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reporting.models import Submission
from tests.reporting.history.files import RATING, collections, row, said

pytestmark = pytest.mark.django_db


def run(folder: Path, *rows: dict[str, Any], ratings: bytes | None = None) -> tuple[str, str]:
    """What the command says and what it complains about."""
    path, out, err = folder / "published.csv", StringIO(), StringIO()
    path.write_bytes(collections(*rows).data)
    options = []
    if ratings is not None:
        (folder / "ratings.csv").write_bytes(ratings)
        options = ["--ratings", str(folder / "ratings.csv")]
    try:
        call_command("import_history", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_it_tells_what_it_read_kept_normalized_and_made(tmp_path: Path):
    said_by_it, _ = run(tmp_path, row(q2_text="NONE"))
    for sentence in (
        "Read 1 row for 1 quarter, FY2021 Q2 to FY2021 Q2.",
        "Created in the registry: HISP Example Provider",
        "Normalized: 1 × placeholder wording read as not asked.",
        "Compared 1 published score: 1 are exactly what the counts give.",
        "1 submission published, 0 restated; 0 submissions unchanged.",
    ):
        assert sentence in said_by_it


def test_it_names_a_published_score_that_the_counts_do_not_give(tmp_path: Path):
    said_by_it, _ = run(tmp_path, row(q1_point_scale="4.00"))
    assert "OMB published 4.00; the counts give 3.67." in said_by_it
    assert "line 2, q1_1" in said_by_it


def test_it_says_when_nothing_changed(tmp_path: Path):
    run(tmp_path)
    assert "0 submissions published, 0 restated; 1 submission unchanged." in run(tmp_path)[0]


def test_it_says_what_was_restated(tmp_path: Path):
    run(tmp_path)
    said_by_it, _ = run(tmp_path, row(volume_of_customers=9001))
    assert "Restated: Example Provider, FY2021 Q2: number of customers of Applying for an example" in said_by_it


def test_it_names_a_rating_without_a_row(tmp_path: Path):
    said_by_it, _ = run(tmp_path, ratings=said(RATING, {**RATING, "service_provided": "Letter"}).data)
    assert "No row for the rating on line 3:" in said_by_it


def test_it_tells_every_problem_and_saves_nothing(tmp_path: Path):
    _, complaint = run(tmp_path, row(q1_1="20%"), row(service_provided="B", volume_of_customers=-1))
    assert "published.csv line 2, q1_1: “20%” stands here." in complaint
    assert "published.csv line 3, volume_of_customers: “-1” stands here." in complaint
    assert complaint.endswith("Nothing was saved: 2 problems.")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, path: str):
    with pytest.raises(CommandError, match="could not be read"):
        call_command("import_history", str(tmp_path / path))
