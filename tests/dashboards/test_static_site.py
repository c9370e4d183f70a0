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


def crawl(folder: Path) -> dict[str, int]:
    """The status of everything that the files link to among themselves, from the first page on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    found: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        try:
            with urlopen(f"{home}{address}") as answer:
                found[address] = answer.status
                body = answer.read().decode() if answer.headers["Content-Type"] == "text/html" else ""
        except HTTPError as error:
            found[address], body = error.code, ""
        for link in _own(body, address):
            if link not in found and link not in waiting:
                waiting.append(link)
    server.shutdown()
    server.server_close()
    return found


def _own(body: str, page: str) -> Iterator[str]:
    for link in addresses.links(body):
        parts = urlsplit(urljoin(page, link))
        if not parts.scheme and not parts.netloc:
            yield parts.geturl()


def test_every_link_leads_somewhere_on_a_plain_file_server(site):
    found = crawl(site)
    assert [address for address, status in found.items() if status != 200] == []
    assert {"/hisps/va-vha/2021-q2/", "/domains/trust/method=by-customers/", "/data/collections.csv"} <= set(found)
    assert [address for address in found if "?" in address] == []


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


def test_everything_known_is_there(site):
    known = addresses.known()
    assert {"/", "/hisps/opm-rs/2021-q2/", "/quarters/2021-q1/", "/methods/", "/data.json"} <= set(known)
    assert [address for address in known if not (site / static_site.file_of(address)).exists()] == []
    assert "There is nothing at this address" in (site / "404.html").read_text()


def test_style_sheets_and_what_they_use_come_along(site):
    assert (site / "static/css/hisp.css").exists()
    assert [path for path in (site / "static").rglob("*") if "scss" in path.suffix] == []


def test_sign_in_and_forms_lead_to_the_application(site):
    assert 'href="https://hisp.example/accounts/login/"' in (site / "index.html").read_text()
    assert 'action="https://hisp.example/data/choose/"' in (site / "data/index.html").read_text()


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


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/?method=by-customers", "method=by-customers/index.html"),
        ("/?method=pooled", "index.html"),
        ("/hisps/va-vha/", "hisps/va-vha/index.html"),
        ("/data/scores.csv", "data/scores.csv"),
        ("/data/scores.csv?quarter=2021-q2&hisp=va-vha", "data/quarter=2021-q2&hisp=va-vha/scores.csv"),
        ("/data.json", "data.json"),
    ],
)
def test_every_address_has_its_file(address, file):
    assert static_site.file_of(address) == file


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("#main-content", "#main-content"),
        ("?page=2", "/corrections/page=2/"),
        ("/domains/trust/?method=by-customers#trend", "/domains/trust/method=by-customers/#trend"),
        ("/compare/?of=va-vha", "https://hisp.example/compare/?of=va-vha"),
        ("/admin/", "https://hisp.example/admin/"),
        ("https://www.gsa.gov/", "https://www.gsa.gov/"),
        ("/static/css/hisp.css", "/static/css/hisp.css"),
    ],
)
def test_every_link_leads_to_a_file_or_to_the_application(link, written):
    assert static_site.link_to(link, "/corrections/") == written
