"""The public side as files that any web server or object store can serve: every page, file and chart, as the
application answers it, and the style sheets and pictures they use.

A file server knows no query: `/domains/trust/?method=by-customers` becomes `/domains/trust/method=by-customers/`, and
links say so. What is behind a sign-in, and what readers choose in a form, leads to the application at SITE_URL.
"""

import filecmp
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from re import Match
from re import compile as pattern
from tempfile import NamedTemporaryFile
from urllib.parse import parse_qsl, quote, urljoin, urlsplit
from zipfile import ZipFile

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponseBase
from django.test import Client

from dashboards import addresses
from reporting.scoring import DEFAULT_METHOD

MARK = ".hisp-quarterly.json"  # tells that a folder is ours, and which files are
NOT_FOUND = "404.html"
_NOT_THERE = "/there-is-no-such-page/"
_KEPT = {"method", "page", "quarter", "hisp", "service"}  # parameters of which each value that is linked has its file
_USUAL = ("method", DEFAULT_METHOD)  # goes without saying
_LINK = pattern(r'\b(href|src|action)="([^"]*)"')
_USED = pattern(r"url\(\s*[\"']?([^\"')]+)")
_PASSES = 3
_WHEN_MADE = "docProps/core.xml"


class Refused(Exception):
    """The folder cannot be written into; the message is a sentence for people."""


@dataclass
class Written:
    """What became of the files. `missing`: addresses that a page refers to and that answered otherwise than 200."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def files(self) -> int:
        return self.new + self.changed + self.unchanged


def file_of(address: str) -> str:
    """The file of an address, by its path in the folder."""
    found = _place(address)
    return f"{found}index.html" if not found or found.endswith("/") else found


def link_to(link: str, page: str) -> str:
    """How a written page refers to what it refers to as `link` at its own address."""
    target = urlsplit(_absolute(link, page))
    if target.scheme or target.netloc or not link or link.startswith("#") or target.path.startswith(_static_url()):
        return link
    if _leads_away(target.path, target.query):
        return f"{settings.SITE_URL}{target.geturl()}"
    anchor = f"#{target.fragment}" if target.fragment else ""
    return f"/{quote(_place(target.geturl()), safe='/=&:,~')}{anchor}"


def rewritten(html: str, page: str) -> str:
    """A page with its links as files have them; nothing else of it changes. Its forms are the application's."""

    def link(found: Match[str]) -> str:
        name, value = found[1], unescape(found[2])
        target = f"{settings.SITE_URL}{value}" if name == "action" else link_to(value, page)
        return found[0] if target == value else f'{name}="{escape(target)}"'

    return _LINK.sub(link, html)


def _absolute(link: str, page: str) -> str:
    return f"{urlsplit(page).path}{link}" if link.startswith("?") else urljoin(page, link)


def _leads_away(path: str, query: str) -> bool:
    """To the application: what asks for a sign-in, and what somebody chose, which has no end."""
    return not addresses.is_public(path) or any(name not in _KEPT for name, _ in parse_qsl(query))


def _place(address: str) -> str:
    """A path without its first slash, in which the query is a folder; what ends with a slash is a folder."""
    parts = urlsplit(address)
    query = "&".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if (name, value) != _USUAL)
    folder, _, name = parts.path.rpartition("/")
    return "".join(f"{part}/" for part in (folder.strip("/"), query) if part) + name


class Site:
    """One run over everything public."""

    def __init__(self, folder: Path, tell: Callable[[int, int], None]) -> None:
        """`tell`: how many addresses are done, and how many are known by then."""
        self.folder, self.tell, self.written = folder, tell, Written()
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        self._client = Client(headers={"host": host})
        self._former = _former(folder)
        self._files: set[str] = set()
        self._assets: set[str] = set()

    def write(self) -> Written:
        self._mark(self._former)
        waiting = addresses.known()
        seen = {file_of(one) for one in waiting}
        for done, address in enumerate(waiting, start=1):
            for found in self._page(address):
                if file_of(found) not in seen:
                    seen.add(file_of(found))
                    waiting.append(found)
            self.tell(done, len(waiting))
        missing = self._get(_NOT_THERE).content.decode()  # type: ignore[attr-defined]
        self._save(NOT_FOUND, [rewritten(missing, _NOT_THERE).encode()])
        self._remove(self._former - self._files)
        self._mark(self._files)
        return self.written

    def _page(self, address: str) -> list[str]:
        """Writes it; the public addresses that it refers to."""
        answer = self._get(address)
        if answer.status_code != 200:
            self.written.missing.append(address)
            return []
        if not answer.headers["Content-Type"].startswith("text/html"):
            self._save(file_of(address), answer)  # type: ignore[arg-type]
            return []
        text = answer.content.decode()  # type: ignore[attr-defined]
        self._save(file_of(address), [rewritten(text, address).encode()])
        return [found for link in addresses.links(text) if (found := self._followed(address, link))]

    def _followed(self, address: str, link: str) -> str:
        """The address of a link, to be written too; empty for what is none of ours."""
        parts = urlsplit(_absolute(link, address))
        if parts.scheme or parts.netloc:
            return ""
        if parts.path.startswith(_static_url()):
            self._asset(parts.path.removeprefix(_static_url()))
            return ""
        return "" if _leads_away(parts.path, parts.query) else parts._replace(fragment="").geturl()

    def _get(self, address: str) -> HttpResponseBase:
        return self._client.get(address, secure=True)  # type: ignore[return-value]

    def _asset(self, name: str) -> None:
        """A style sheet, picture or script, and what it uses itself."""
        if name in self._assets:
            return
        self._assets.add(name)
        content = _asset_content(name)
        self._save(f"{_static_url().strip('/')}/{name}", [content])
        if name.endswith(".css"):
            for used in _USED.findall(content.decode()):
                if not used.startswith(("data:", "#", "http:", "https:")):
                    self._asset(urlsplit(urljoin(name, used)).path)

    def _save(self, file: str, blocks: Iterable[bytes]) -> None:
        """A block at a time: a file may be larger than memory."""
        self._files.add(file)
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".writing-", delete=False) as new:
            for block in blocks:
                new.write(block)
        if path.exists() and _same(Path(new.name), path):
            os.unlink(new.name)
            self.written.unchanged += 1
            return
        self.written.changed += path.exists()
        self.written.new += not path.exists()
        os.chmod(new.name, 0o644)
        os.replace(new.name, path)

    def _remove(self, gone: Iterable[str]) -> None:
        for file in gone:
            path = self.folder / file
            path.unlink(missing_ok=True)
            self.written.removed += 1
            for parent in path.parents:
                if parent == self.folder or any(parent.iterdir()):
                    break
                parent.rmdir()

    def _mark(self, files: Iterable[str]) -> None:
        (self.folder / MARK).write_text(json.dumps({"files": sorted(files)}, indent=0) + "\n")


def _former(folder: Path) -> set[str]:
    """The files that the last run wrote. Raises Refused for a folder that holds something else."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if mark.exists():
        return set(json.loads(mark.read_text())["files"])
    if any(folder.iterdir()):
        raise Refused(
            f"{folder} holds files that this command did not write, so it was left alone. Name an empty folder, or "
            "one that this command wrote."
        )
    return set()


def _same(one: Path, other: Path) -> bool:
    """A workbook also tells when it was made, which does not make it another."""
    if other.suffix != ".xlsx":
        return filecmp.cmp(one, other, shallow=False)
    return _parts(one) == _parts(other)


def _parts(workbook: Path) -> dict[str, int]:
    with ZipFile(workbook) as archive:
        return {part.filename: part.CRC for part in archive.infolist() if part.filename != _WHEN_MADE}


def _static_url() -> str:
    return f"/{settings.STATIC_URL.lstrip('/')}"


def _asset_content(name: str) -> bytes:
    """As collected, where static files are collected; else from where they lie."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    return Path(str(finders.find(name))).read_bytes()


def passes(folder: Path, stamp: Callable[[], str], tell: Callable[[int, int], None]) -> Iterator[Written]:
    """Writes until nothing changed meanwhile, so that no two pages tell of different publications."""
    for _ in range(_PASSES):
        before = stamp()
        yield Site(folder, tell).write()
        if stamp() == before:
            return
