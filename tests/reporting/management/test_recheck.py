"""`manage.py recheck`: reports, and changes nothing."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from reporting.intake import receive
from reporting.models import Upload
from reporting.workbook import reader, spec
from reporting.workbook.rules.version import rules_version
from tests import factories, people
from tests.reporting.workbook.workbooks import QUARTER, SECRET, SERVICES, cell_of, complete, typed

pytestmark = pytest.mark.django_db
CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")


@pytest.fixture(autouse=True)
def _templates_of_the_tests_are_genuine(monkeypatch):
    monkeypatch.setattr(settings, "SECRET_KEY", SECRET)


@pytest.fixture
def uploads():
    """Of VHA: one that stands, one that was refused after it; of Online Services: one without its file."""
    hisp, quarter = factories.hisp("va-vha"), factories.quarter(QUARTER.slug, opened_at=timezone.now())
    for number, service in enumerate(SERVICES):
        hisp.services.create(name=service, slug=f"va-vha-{number}")
    factories.expectation(hisp, quarter)
    by = people.reporter(hisp)
    files = {"good.xlsx": complete(), "bad.xlsx": typed(complete(), {CUSTOMERS: "48 million"})}
    sent = [receive(data, name, hisp=hisp, quarter=quarter, by=by).upload for name, data in files.items()]
    return [*sent, factories.upload(factories.hisp("ssa-oo"), quarter)]


def told(capsys, *options):
    call_command("recheck", QUARTER.slug, *options)
    return capsys.readouterr()


def everything():
    """All rows of all tables, and all files in storage."""
    rows = {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}
    stored = Path(default_storage.path("")).rglob("*")
    return rows, {str(path): path.read_bytes() for path in stored if path.is_file()}


def test_each_upload_that_stands_gets_a_line_and_all_a_summary(uploads, capsys):
    first, second, summary = told(capsys).out.splitlines()
    assert first.startswith("[1/2] ssa-oo: “ssa-oo-2021-q3.xlsx”")
    assert first.endswith("The file is no longer in storage.")
    assert second.startswith("[2/2] va-vha: “good.xlsx”")
    assert f"then accepted, rules {rules_version()}): same" in second
    assert summary == (
        f"2 uploads of FY2021 Q3 checked with rules {rules_version()}: 1 not read, 1 same. Nothing was changed."
    )


def test_findings_that_are_new_and_gone_are_told_with_their_cells(uploads, capsys):
    uploads[0].hisp.services.all().update(last_day=timezone.localdate())
    lines = told(capsys, "--hisp", "va-vha").out.splitlines()
    assert "would now be refused" in lines[0]
    assert [line for line in lines if line.startswith("    + [Must be fixed] Touchpoints!B5: ")]


def test_every_upload_is_checked_when_asked(uploads, capsys):
    assert "[3/3]" in told(capsys, "--all").out
    assert "3 uploads" in told(capsys, "--all").out


def test_history_is_left_out_with_a_count(uploads, capsys):
    quarter = uploads[0].quarter
    history = factories.upload(factories.hisp("dhs-tsa"), quarter, name="history.csv", kind=Upload.Kind.HISTORY)
    factories.published_submission("dhs-tsa", quarter, upload=history)
    assert "1 of published history left out." in told(capsys).out


def test_json_stands_alone_and_progress_beside_it(uploads, capsys):
    output = told(capsys, "--all", "--json")
    result = json.loads(output.out)
    assert [each["verdict"] for each in result["uploads"]][1:] == ["same", "same"]
    assert [each["is_accepted"] for each in result["uploads"]] == [None, True, False]
    assert result["summary"] == {"uploads": 3, "not_read": 1, "same": 2, "history_left_out": 0}
    assert (result["quarter"], result["rules_version"]) == ("2021-q3", rules_version())
    assert "[3/3] va-vha" in output.err


def test_nothing_is_changed(uploads, capsys):
    before = everything()
    told(capsys, "--all")
    told(capsys, "--json")
    assert everything() == before
    assert before[1]


@pytest.mark.parametrize("words", [["2021-q9"], ["soon"], ["2019-q1"], [QUARTER.slug, "--hisp", "nobody"]])
def test_unknown_quarter_or_hisp_has_exit_status_2(uploads, words):
    with pytest.raises(CommandError) as error:
        call_command("recheck", *words)
    assert error.value.returncode == 2


def test_without_a_process_to_read_in_the_command_says_so(uploads, monkeypatch):
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    with pytest.raises(CommandError, match="cannot be read right now"):
        call_command("recheck", QUARTER.slug)


def test_quarter_without_uploads_is_done_at_once(uploads, capsys):
    factories.quarter("2021-q2")
    call_command("recheck", "2021-q2")
    assert capsys.readouterr().out.startswith("0 uploads of FY2021 Q2 checked with rules ")
