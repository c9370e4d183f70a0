"""The export of the queue."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories, people
from tests.reporting.admin.desk import signed_in, text

pytestmark = pytest.mark.django_db


def export(client, number):
    return client.post(reverse("admin:reporting_submission_export"), {"format": number, "resource": "0"})


def test_export_has_a_row_per_submission_with_its_scores(client, submitted):
    response = export(signed_in(client, people.reviewer()), "1")
    header, row = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    exported = dict(zip(header, row, strict=True))
    assert exported["hisp"] == "va-vha"
    assert exported["satisfaction_score"] == pytest.approx(4.70)
    assert exported["satisfaction_answers"] == 320979
    assert exported["respondents"] == 1000
    assert exported["ease_score"] is None


def test_formulas_from_reporters_are_text_in_both_formats(client, hisp):
    evil = '=HYPERLINK("http://example.com","x")'
    factories.submission(hisp, state="submitted", reflection=evil, contact_name="@SUM(A1)")
    signed_in(client, people.reviewer())
    assert f",\"'{evil[:10]}" in text(export(client, "0"))
    cells = [c for row in load_workbook(BytesIO(export(client, "1").content)).active.iter_rows() for c in row]
    assert {"'@SUM(A1)", f"'{evil}"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_control_characters_do_not_break_the_export(client, hisp):
    factories.submission(hisp, state="submitted", reflection="one\x0btwo")
    assert export(signed_in(client, people.reviewer()), "1").content.startswith(b"PK")


def test_submissions_are_not_imported():
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse("admin:reporting_submission_import")


def test_reporter_exports_nothing(client, submitted, reporter):
    assert export(signed_in(client, reporter), "0").status_code == 403
