"""K, over a real connection to the server of production: bodies that come in pieces, slowly, or not whole."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from time import sleep
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.http import urlencode

from hisps.models import Hisp
from reporting.models import Quarter, Upload
from tests.corpus.requests import Place, to_explain, workbook

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "application/x-www-form-urlencoded"
GUNICORN = ("-m", "gunicorn", "config.wsgi", "--workers=2", "--preload", "--no-control-socket", "--log-level=critical")


@pytest.fixture(autouse=True)
def _is_of_this_family(record_property: Callable[[str, object], None]) -> None:
    record_property("family", "K")


@pytest.fixture
def place(hisp: Hisp, quarter: Quarter, reporter: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(hisp, quarter, reporter, monkeypatch)


@pytest.fixture
def server(place: Place) -> Iterator[Path]:
    """The socket of gunicorn with two workers, on the database of the tests."""
    with _running("--timeout=30") as there:
        yield there


@pytest.fixture
def impatient_server(place: Place) -> Iterator[Path]:
    """It gives a worker 4 seconds for one request."""
    with _running("--timeout=4") as there:
        yield there


@contextmanager
def _running(timeout: str) -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="hisp-"))  # not pytest’s: the path of a socket is short
    there = folder / "socket"
    run = subprocess.Popen(
        [sys.executable, *GUNICORN, f"--bind=unix:{there}", timeout],
        cwd=settings.BASE_DIR,
        env=os.environ | _environment(folder),
        stderr=subprocess.DEVNULL,
    )
    try:
        while not there.exists():
            assert run.poll() is None, "gunicorn ended before it listened."
            sleep(0.05)
        yield there
    finally:
        run.terminate()
        run.wait()
        shutil.rmtree(folder)


def _environment(folder: Path) -> dict[str, str]:
    database = connection.settings_dict
    at = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    url = f"sqlite:///{database['NAME']}" if connection.vendor == "sqlite" else f"postgres://{at}/{database['NAME']}"
    return {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "DEBUG": "true", "MEDIA_ROOT": str(folder)}


def connected(server: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(60)
    made.connect(str(server))
    return made


def head(place: Place, path: str, method: str = "POST", **headers: Any) -> bytes:
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in place.client.cookies.items())
    given = {"Host": "localhost", "Connection": "close", "Cookie": cookies} | headers
    lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def token(place: Place) -> dict[str, str]:
    return {"csrfmiddlewaretoken": place.client.cookies["csrftoken"].value}


def answer(client: socket.socket) -> str:
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts).decode()


def upload(place: Place) -> tuple[bytes, bytes]:
    """Its head and its body."""
    body = encode_multipart(BOUNDARY, token(place) | {"workbook": workbook(to_explain()[:-1])})
    return head(place, place.upload, Content_Type=MULTIPART_CONTENT, Content_Length=len(body)), body


def test_body_in_chunks_without_a_length_is_no_file(server: Path, place: Place) -> None:
    rows, (_, body) = place.rows(), upload(place)
    allow = {"X-CSRFToken": token(place)["csrfmiddlewaretoken"]}
    with closing(connected(server)) as client:
        client.sendall(head(place, place.upload, Content_Type=MULTIPART_CONTENT, Transfer_Encoding="chunked", **allow))
        client.sendall(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
        told = answer(client)

    assert told.startswith("HTTP/1.1 400 ")
    assert "Choose the workbook you filled in" in told
    assert place.rows() == rows


def test_upload_that_is_cut_off_is_no_upload(server: Path, place: Place) -> None:
    rows, (first, body), uploads = place.rows(), upload(place), Upload.objects.count()
    with closing(connected(server)) as client:
        client.sendall(first + body[: len(body) // 2])
        client.shutdown(socket.SHUT_WR)
        told = answer(client)

    assert told.startswith("HTTP/1.1 403 ")
    assert (place.rows(), Upload.objects.count()) == (rows, uploads)


def test_form_that_is_cut_off_submits_no_half_of_a_sentence(server: Path, place: Place) -> None:
    rows, body = place.rows(), urlencode(token(place) | place.form()).encode()
    with closing(connected(server)) as client:
        client.sendall(head(place, place.submit, Content_Type=FORM, Content_Length=len(body)) + body[:-5])
        client.shutdown(socket.SHUT_WR)
        told = answer(client)

    assert told.startswith("HTTP/1.1 403 ")
    assert place.rows() == rows


def test_slow_body_is_waited_for_while_others_are_served(server: Path, place: Place) -> None:
    first, body = upload(place)
    with closing(connected(server)) as slow, closing(connected(server)) as quick:
        slow.sendall(first + body[:100])
        quick.sendall(head(place, "/healthz", "GET"))
        assert answer(quick).startswith("HTTP/1.1 200 ")
        slow.sendall(body[100:])
        told = answer(slow)

    assert told.startswith("HTTP/1.1 422 ")


def test_body_that_never_ends_costs_a_worker_and_nothing_else(impatient_server: Path, place: Place) -> None:
    """Its worker is killed when the time is over, and another takes its place. What the server then says it says to
    somebody who has stopped speaking; behind nginx such a body never gets here."""
    rows, (first, body) = place.rows(), upload(place)
    with closing(connected(impatient_server)) as silent:
        silent.sendall(first + body[:100])
        told = answer(silent)
    with closing(connected(impatient_server)) as next_:
        next_.sendall(head(place, "/healthz", "GET"))
        assert answer(next_).startswith("HTTP/1.1 200 ")

    assert "Traceback" not in told
    assert place.rows() == rows
