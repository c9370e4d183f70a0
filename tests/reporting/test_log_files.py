"""The log as a file: what its page promises about checking it elsewhere holds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reporting import chain, events, log_files
from reporting.models import Event
from tests import factories, people

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "log.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_has_its_hash():
    example = chain.seal(chain.START, {"words": "one"})
    assert f"`{example}`" in PAGE
    assert '{"previous_hash":"","words":"one"}' in PAGE


@pytest.mark.django_db
@pytest.mark.parametrize("tampered", [False, True])
def test_the_program_of_the_page_checks_an_export(tmp_path, tampered):
    events.record("reopen_quarter", quarter=factories.quarter(), by=people.person(), note="“Größe”")
    events.record("extend", hisp=factories.hisp(), after={"extended_to": "2021-08-15"})
    lines = "".join(log_files.json_lines(Event.objects.all()))
    log, program = tmp_path / "log.jsonl", tmp_path / "check.py"
    log.write_text(lines.replace("Größe", "Grösse") if tampered else lines, encoding="utf-8")
    program.write_text(re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1], encoding="utf-8")
    run = subprocess.run([sys.executable, program, log], capture_output=True, text=True)
    first = Event.objects.first()
    expected = (1, "", f"Event {first.pk} is broken.\n") if tampered else (0, f"{events.head()}\n", "")
    assert (run.returncode, run.stdout, run.stderr) == expected
