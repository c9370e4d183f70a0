"""What the Nu HTML checker says of every public page and every page of an error: of a full site, and of one that
is empty. One Java process reads them all."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.public.walk import one_of_each

# Markup is the same on every database: like the browser's tests this one runs on one.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
JAR = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html", "503.html")


def told(folder: Path, pages: Iterable[tuple[str, str]]) -> list[str]:
    """What the checker finds, with the beginning of what it finds it in."""
    if shutil.which("java") is None:
        pytest.fail("No Java was found. `.ci/machine` installs it.")
    names = {}
    for number, (name, html) in enumerate(pages):
        path = folder / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        names[path.as_uri()] = name
    command = ["java", "-Xss2m", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        f"{names[each['url'].replace('file:/', 'file:///', 1).replace('file://///', 'file:///')]}, "
        f"line {each.get('lastLine')}: {each['message']} {each.get('extract', '')[:120]!r}"
        for each in said["messages"]
    ]


def test_nu_html_checker_finds_nothing_on_any_page(full, empty, tmp_path):
    answers = [*one_of_each(empty), *one_of_each(full[0])]
    pages = [(f"{each.address} ({each.template})", each.body.decode()) for each in answers]
    pages += [(name, render_to_string(name, {"exception": "A sentence that says why."})) for name in ERRORS]
    assert len(pages) > 50
    found = told(tmp_path, pages)
    assert not found, "\n".join([f"{len(found)} faults", *found[:: max(len(found) // 30, 1)]])
