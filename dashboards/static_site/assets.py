"""Style sheets, fonts and pictures that pages use."""

from collections.abc import Iterator
from pathlib import Path
from re import compile as pattern
from urllib.parse import urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_USED = pattern(r"url\(\s*[\"']?([^\"')]+)")
_ELSEWHERE = ("data:", "#", "http:", "https:")


def content(name: str) -> bytes:
    """As collected, where static files are collected; else from where they lie."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    return Path(str(finders.find(name))).read_bytes()


def used(name: str, content: bytes) -> Iterator[str]:
    """The names of what a style sheet refers to."""
    if name.endswith(".css"):
        for found in _USED.findall(content.decode()):
            if not found.startswith(_ELSEWHERE):
                yield urlsplit(urljoin(name, found)).path
