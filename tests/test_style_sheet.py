"""The part of USWDS that pages are served with has all that they use, and little else."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

CLASS = re.compile(r"usa-[a-z0-9_-]*[a-z0-9]")
FILE = re.compile(r"url\(\"\.\./([^\"]+)\"\)")
OURS = settings.BASE_DIR / "static" / "css"
SHEETS = settings.USWDS_DIR / "css"


def classes(text: str) -> set[str]:
    return set(CLASS.findall(text))


def test_every_class_of_uswds_that_a_template_names_is_served():
    named = set().union(*(classes(path.read_text()) for path in Path(settings.BASE_DIR, "templates").rglob("*.html")))
    whole = classes((SHEETS / "uswds.min.css").read_text())
    assert (named & whole) - classes((SHEETS / "used.css").read_text()) == set()


def test_little_else_is_served():
    assert (SHEETS / "used.css").stat().st_size < (SHEETS / "uswds.min.css").stat().st_size / 10


def test_every_font_and_picture_that_a_sheet_of_ours_names_is_there():
    named = [name for sheet in OURS.glob("*.css") for name in FILE.findall(sheet.read_text())]
    assert len(named) >= 4
    assert [name for name in named if not finders.find(name)] == []
