"""The house stands as drawn: imports run one way, migrations are complete, every address says who may use it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
FORGOTTEN = {"password_reset", "password_reset_done", "password_reset_confirm"}
COMING_IN = {"invitation", "ask_for_access", "asked_for_access", "confirm_address"}
PUBLIC = {"login", "healthz", *FORGOTTEN, *COMING_IN}


def test_imports_run_in_one_direction():
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def _patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _patterns(entry, namespace)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry.callback


def test_only_dashboards_and_sign_in_are_open_to_everybody():
    """LoginRequiredMiddleware denies by default; this holds the list of exceptions."""
    open_to_all = {name for name, view in _patterns(get_resolver()) if not getattr(view, "login_required", True)}
    others = {name for name in open_to_all if not name.startswith("dashboards:")}
    assert others == PUBLIC | {"admin:login"}


def test_no_html_is_written_in_python():
    """Templates write it, and their escaping decides what is safe. (A workbook’s parts are XML, no page.)"""
    html = re.compile(r"\bformat_html\(|\bmark_safe\(|</(a|b|p|div|span|li|ul|td|tr|del|ins)>")
    ours = [path for room in ("config", "hisps", "reporting", "dashboards") for path in (ROOT / room).rglob("*.py")]
    assert [str(path) for path in ours if "workbook" not in path.parts and html.search(path.read_text())] == []


def test_no_view_of_ours_answers_trace():
    undeclared = [
        name
        for name, view in _patterns(get_resolver())
        if name.startswith(("dashboards:", "reporting:")) and _answers_trace(view)
    ]
    assert undeclared == []


def _answers_trace(view):
    from django.test import RequestFactory

    try:
        return view(RequestFactory().generic("TRACE", "/")).status_code != 405
    except TypeError:
        return True


def test_the_map_of_rooms_names_every_room_of_reporting_and_none_that_is_gone():
    """In `reporting/board/ anchors.py` each name is below the first one's folder."""
    rooms = (ROOT / "README.md").read_text().partition("## The rooms")[2].partition("## ")[0]
    named = set()
    for row in re.findall(r"^\| (`[^|]*`) \|", rooms, re.MULTILINE):
        for together in re.findall(r"`([^`]+)`", row):
            first, *others = together.split()
            folder = first.rstrip("/").rpartition("/")[0]
            named |= {first.rstrip("/"), *(f"{folder}/{other}".strip("/").rstrip("/") for other in others)}
    assert [room for room in sorted(named) if not (ROOT / room).exists()] == []
    plain = {"__init__.py", "apps.py", "urls.py", "migrations", "templatetags", "__pycache__"}
    there = {f"reporting/{path.name}" for path in (ROOT / "reporting").iterdir() if path.name not in plain}
    assert there - named == set()
