"""What a workbook is filled in with before the reporter sees it."""

from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from reporting.prefill import workbook_for
from tests import factories

pytestmark = pytest.mark.django_db
COUNTS = (101, 102, 103, 104, 105)


def survey(provided="Outpatient survey"):
    return factories.survey(provided=provided, satisfaction=COUNTS, wordings={"satisfaction": "How satisfied?"})


@pytest.fixture
def quarter():
    opened = factories.quarter("2021-q3", opened_at=timezone.now())
    factories.expectation("va-vha", opened)
    return opened


def cells_of(hisp, quarter):
    book = load_workbook(BytesIO(workbook_for(hisp, quarter)))
    return [cell for sheet in ("Touchpoints", "Responses") for row in book[sheet].values for cell in row]


def test_last_quarters_survey_is_carried_over_with_its_total_beside(quarter):
    hisp = factories.published_submission("va-vha", "2021-q2", surveys=[survey()]).hisp
    cells = cells_of(hisp, quarter)
    assert {"Outpatient survey", "How satisfied?", sum(COUNTS)} <= set(cells)
    assert not set(COUNTS) & set(cells)


def test_after_a_missed_quarter_the_survey_is_still_there_but_no_old_total(quarter):
    hisp = factories.published_submission("va-vha", "2020-q4", surveys=[survey("Older survey")]).hisp
    factories.published_submission("va-vha", "2021-q1", surveys=[survey()])
    cells = cells_of(hisp, quarter)
    assert {"Outpatient survey", "How satisfied?"} <= set(cells)
    assert sum(COUNTS) not in cells
    assert "Older survey" not in cells


def test_a_draft_of_last_quarter_is_not_carried_over(quarter):
    hisp = factories.submission("va-vha", "2021-q2", state="submitted", surveys=[survey()]).hisp
    assert "Outpatient survey" not in cells_of(hisp, quarter)


def test_the_command_writes_the_file_and_names_what_is_missing(quarter, tmp_path, capsys):
    path = tmp_path / "vha.xlsx"
    call_command("build_template", "va-vha", "2021-q3", "-o", str(path))
    assert load_workbook(path)["Cover"]
    for arguments, sentence in [
        (["va-xyz", "2021-q3"], "no HISP “va-xyz”"),
        (["va-vha", "2021-q4"], "not open"),
        (["va-vha", "soon"], "2024-q2"),
    ]:
        with pytest.raises(CommandError, match=sentence):
            call_command("build_template", *arguments)
    factories.hisp("ssa-oo")
    with pytest.raises(CommandError, match="not expected"):
        call_command("build_template", "ssa-oo", "2021-q3")
