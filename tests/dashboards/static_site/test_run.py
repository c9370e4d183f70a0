"""The public side as files: complete, as the application answers it, and usable from any file server."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from dashboards import addresses, static_site
from hisps.models import Hisp
from reporting.models import Submission
from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_hisps(settings):
    settings.SITE_URL = "https://hisp.example"
    for slug, quarter in (("va-vha", "2021-q1"), ("va-vha", "2021-q2"), ("ssa-oo", "2021-q2")):
        published_submission(slug, quarter, surveys=[survey(trust=(1, 2, 3, 4, 5), satisfaction=(9, 9, 9, 9, 9))])
    factories.submission("opm-rs", "2021-q2", state=Submission.State.WITHDRAWN)


def export(folder: Path) -> str:
    told = StringIO()
    call_command("export_site", str(folder), stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A folder, and what was told while it was written: by the first test that looks, for all that only look."""
    return tmp_path_factory.mktemp("site"), []


@pytest.fixture
def site(once) -> Path:
    folder, told = once
    if not told:
        told.append(export(folder))
    return folder


@pytest.fixture
def few(monkeypatch):
    """Some pages stand for all."""
    pages = ("/", "/hisps/ssa-oo/", "/methods/", "/data/scores.xlsx")
    monkeypatch.setattr(addresses, "known", lambda: list(pages))
    monkeypatch.setattr(addresses, "is_public", lambda path: path in pages)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


def references(folder: Path) -> Iterator[tuple[str, str]]:
    """Every reference of every page, style sheet apart: the page, and where it leads from there."""
    for path in folder.rglob("*.html"):
        page = f"/{path.relative_to(folder).as_posix().removesuffix('index.html')}"
        for link in addresses.links(path.read_text()):
            yield page, urljoin(page, link)


def crawl(folder: Path, waiting: set[str]) -> dict[str, int]:
    """The status of each of these on a server that knows of files only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    found: dict[str, int] = {}
    for address in waiting:
        try:
            with urlopen(f"http://127.0.0.1:{server.server_port}{address}") as answer:
                found[address] = answer.status
        except HTTPError as error:
            found[address] = error.code
    server.shutdown()
    server.server_close()
    return found


def test_every_link_of_every_page_leads_to_a_file(site):
    own = {link for _, link in references(site) if not urlsplit(link).scheme}
    found = crawl(site, own)
    assert [address for address, status in found.items() if status != 200] == []
    assert {"/hisps/va-vha/2021-q2/", "/domains/trust/method=by-customers/", "/data/collections.csv"} <= set(found)
    assert {"/compare/", "/search/", "/hisps/sort=-score/", "/hisps/sort=name&method=by-customers/"} <= set(found)
    assert [address for address in found if "?" in address] == []


def test_only_what_cannot_be_a_file_leads_to_the_live_site(site):
    live = "https://hisp.example"
    away = {link.removeprefix(live) for _, link in references(site) if link.startswith(f"{live}/")}
    beyond = {link for link in away if not (site / static_site.file_of(link)).exists()}
    subjects = [f"{kind}{slug}" for slug in ("va-vha", "ssa-oo") for kind in ("", "service:")]
    compared = {f"/compare/?of={one}{'-outpatient-care' if ':' in one else ''}" for one in subjects}
    assert beyond == {"/accounts/login/", *compared}


def test_no_page_has_a_form(site):
    pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}
    assert [name for name, text in pages.items() if "<form" in text or "<input" in text] == []
    assert "https://hisp.example/compare/" in pages["compare/index.html"]
    assert "Use the form on this page at hisp.example" in pages["search/index.html"]


def test_files_are_what_the_application_answers(tmp_path, monkeypatch, client):
    pages = ("/", "/quarters/2021-q2/", "/methods/", "/domains/trust/?method=by-customers")
    files = ("/data/scores.csv", "/data/dictionary.csv", "/data/scores.csv?quarter=2021-q2")
    monkeypatch.setattr(addresses, "known", lambda: [*pages, *files])
    monkeypatch.setattr(addresses, "is_public", lambda path: path in {*pages, *files})
    export(tmp_path)
    for address in pages:
        live = client.get(address).content.decode()
        assert (tmp_path / static_site.file_of(address)).read_text() == static_site.rewritten(live, address)
    for address in files:
        answer = client.get(address)
        live = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (tmp_path / static_site.file_of(address)).read_bytes() == live


def test_everything_known_is_there(tmp_path):
    export(tmp_path)  # not by another test: PostgreSQL numbers surveys anew for each
    known = addresses.known()
    assert {"/", "/hisps/opm-rs/2021-q2/", "/quarters/2021-q1/", "/methods/", "/data.json"} <= set(known)
    assert [address for address in known if not (tmp_path / static_site.file_of(address)).exists()] == []
    assert "There is nothing at this address" in (tmp_path / "404.html").read_text()


def test_style_sheets_and_what_they_use_come_along(site):
    assert (site / "static/css/hisp.css").exists()
    assert [path for path in (site / "static").rglob("*") if "scss" in path.suffix] == []


def test_second_run_writes_only_what_changed(tmp_path, few):
    export(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    assert "0 new, 0 changed" in export(tmp_path)
    Hisp.objects.filter(slug="ssa-oo").update(name="Online help")
    assert "0 changed" not in export(tmp_path)
    assert "Online help" in (tmp_path / "hisps/ssa-oo/index.html").read_text()
    untouched = tmp_path / "methods/index.html"
    assert untouched.stat().st_mtime_ns == before[untouched]


def test_what_is_gone_is_removed_with_its_folder(tmp_path, few):
    export(tmp_path)
    former = json.loads((tmp_path / static_site.MARK).read_text())
    (tmp_path / "hisps/former").mkdir()
    (tmp_path / "hisps/former/index.html").write_text("Once there was a HISP.")
    (tmp_path / static_site.MARK).write_text(json.dumps({"files": [*former["files"], "hisps/former/index.html"]}))
    assert "1 removed" in export(tmp_path)
    assert not (tmp_path / "hisps/former").exists()


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "index.html").write_text("My own page.")
    with pytest.raises(CommandError, match="holds files that this command did not write"):
        call_command("export_site", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_progress_is_told(site, once):
    told = once[1][0]
    assert "100 of" in told
    assert told.splitlines()[-1].endswith("0 changed, 0 as they were, 0 removed.")
