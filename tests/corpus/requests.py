"""K: requests that are no upload or no submission, or come at the wrong moment. Each is sent by a reporter who is
signed in, and has a draft with one finding to explain.
"""

import json
import os
import signal
import subprocess
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from hisps.models import Hisp
from reporting import quarters, review
from reporting.forms import field_name
from reporting.models import (
    Comment,
    DomainResult,
    Event,
    Finding,
    Quarter,
    Submission,
    TouchpointReport,
    Upload,
)
from reporting.workbook import reader
from tests import factories, people
from tests.corpus.making import with_contents
from tests.reporting.workbook.workbooks import contents, survey

to_explain = with_contents(contents((survey(1, customers=30_000),)))
REFUSALS = ("upload_rejected", "sign_in_failed")  # events that say that nothing came of it
EXPLANATION = "The offer went out twice."
MB = 2**20


@dataclass
class Place:
    """Where requests arrive: the reporter’s client, which brings a right CSRF token, and her draft."""

    hisp: Hisp
    quarter: Quarter
    reporter: Any
    monkeypatch: pytest.MonkeyPatch
    client: Client = field(init=False)
    draft: Submission = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.signed_in(Client(enforce_csrf_checks=True, raise_request_exception=False))
        self.client.get(self.page)
        self.client.defaults["HTTP_X_CSRFTOKEN"] = self.client.cookies["csrftoken"].value
        self.send({"workbook": workbook(to_explain())})
        self.draft = Submission.objects.get()

    def signed_in(self, client: Client) -> Client:
        client.force_login(self.reporter)
        return client

    @property
    def page(self) -> str:
        return reverse("reporting:quarter", args=[self.hisp.slug, self.quarter.fiscal])

    @property
    def upload(self) -> str:
        return reverse("reporting:upload", args=[self.hisp.slug, self.quarter.fiscal])

    @property
    def submit(self) -> str:
        return reverse("reporting:submit", args=[self.draft.pk])

    def send(self, data: Any, content_type: str = "") -> Any:
        if content_type:
            return self.client.generic("POST", self.upload, data, content_type)
        return self.client.post(self.upload, data)

    def form(self, **fields: Any) -> dict[str, Any]:
        """What the browser would send now."""
        explained = {field_name(finding): EXPLANATION for finding in self.draft.findings.all()}
        return {"lock_version": self.draft.lock_version, **explained, **fields}

    def send_form(self, **fields: Any) -> Any:
        return self.client.post(self.submit, self.form(**fields))

    def rows(self) -> list[Any]:
        """Everything that a refused request must leave as it was."""
        models = (Submission, TouchpointReport, DomainResult, Comment)
        return [
            *(model.objects.count() for model in models),
            *Submission.objects.order_by("pk").values_list("state", "lock_version", "upload"),
            *Finding.objects.order_by("pk").values_list("rule", "explanation"),
            *Event.objects.exclude(transition__in=REFUSALS).order_by("pk").values_list("transition", flat=True),
        ]


Act = Callable[[Place], Any]


@dataclass(frozen=True)
class Request:
    """What is sent, and what must come of it: the status, and a sentence (or an address to go to). `meanwhile` happens
    between the page and the request.
    """

    id: str
    send: Act
    status: int
    says: str = ""
    meanwhile: Act | None = None

    def __str__(self) -> str:
        return f"K-{self.id}"


def workbook(data: bytes = b"no workbook", name: str = "report.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _post(data: Any, content_type: str = "") -> Act:
    return lambda place: place.send(data() if callable(data) else data, content_type)


def _with_name(raw: bytes) -> Act:
    """A file whose name stands in the body as it is, past every check of the client."""

    def send(place: Place) -> Any:
        body = encode_multipart(BOUNDARY, {"workbook": workbook(name="NAME.xlsx")}).replace(b"NAME.xlsx", raw)
        return place.send(body, content_type=MULTIPART_CONTENT)

    return send


def _without_token(token: str = "") -> Act:
    def send(place: Place) -> Any:
        del place.client.defaults["HTTP_X_CSRFTOKEN"]
        return place.send({"workbook": workbook(to_explain()), "csrfmiddlewaretoken": token})

    return send


class Endless:
    """The head of an upload and `size` zeros, made while they are read. No line of it ends."""

    def __init__(self, size: int) -> None:
        head = encode_multipart(BOUNDARY, {"workbook": workbook(b"")})
        self.head = head[: head.rindex(b"\r\n--")]
        self.left = size

    def read(self, size: int) -> bytes:
        head, self.head = self.head[:size], self.head[size:]
        zeros = min(size - len(head), self.left)
        self.left -= zeros
        return head + bytes(zeros)

    def readline(self, size: int) -> bytes:
        return self.read(size)


def _200_mb(place: Place) -> Any:
    stream = Endless(200 * MB)
    length = len(stream.head) + stream.left
    tracemalloc.start()
    try:
        response = place.client.generic(
            "POST",
            place.upload,
            **{"wsgi.input": stream, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": MULTIPART_CONTENT},
        )
        assert tracemalloc.get_traced_memory()[1] < 20 * MB
    finally:
        tracemalloc.stop()
    assert stream.left == 0  # read and thrown away: the browser listens only when it has sent everything
    return response


class CutOff:
    def read(self, size: int) -> bytes:
        raise ConnectionResetError

    readline = read


def _cut_off(place: Place) -> Any:
    extra = {"wsgi.input": CutOff(), "CONTENT_LENGTH": "100", "CONTENT_TYPE": MULTIPART_CONTENT}
    return place.client.generic("POST", place.upload, **extra)


def _method(name: str) -> Act:
    return lambda place: place.client.generic(name, place.upload)


def _signed_out(send: Act) -> Act:
    def act(place: Place) -> Any:
        place.client.session.delete()
        return send(place)

    return act


def _close(place: Place) -> None:
    quarters.close_quarter(place.quarter, by=people.administrator())


def _submitted(place: Place) -> None:
    explanations = {finding.pk: EXPLANATION for finding in place.draft.findings.all()}
    review.submit(Submission.objects.get(pk=place.draft.pk), by=place.reporter, explanations=explanations)


def _approved(place: Place) -> None:
    _submitted(place)
    review.approve(Submission.objects.get(), by=people.reviewer())


def _recalled(place: Place) -> None:
    _submitted(place)
    review.recall(Submission.objects.get(), by=place.reporter)


def sent_again(place: Place) -> None:
    place.send({"workbook": workbook(with_contents(contents((survey(1, customers=30_001),)))())})


def _of_another_hisp(name: str) -> Act:
    def send(place: Place) -> Any:
        other = factories.submission("ssa-oo", place.quarter, state="draft")
        args = {"upload_page": [other.upload_id], "upload": ["ssa-oo", place.quarter.fiscal]}.get(name, [other.pk])
        address = reverse(f"reporting:{name}", args=args)
        response = place.client.get(address) if name == "upload_page" else place.client.post(address, place.form())
        Submission.objects.filter(pk=other.pk).delete()
        return response

    return send


def _while_the_child_is_killed(place: Place) -> Any:
    ask = reader._ask

    def killed(*arguments: Any) -> Any:
        """The fork waits for its file; it is killed as the kernel does when memory runs out."""
        assert reader._server.process is not None
        forks = subprocess.run(["pgrep", "-P", str(reader._server.process.pid)], capture_output=True, text=True)
        assert forks.stdout.split()
        for pid in forks.stdout.split():
            os.kill(int(pid), signal.SIGKILL)
        return ask(*arguments)

    place.monkeypatch.setattr(reader, "_ask", killed)
    return place.send({"workbook": workbook(to_explain())})


def _one_too_many(place: Place) -> Any:
    sent = Upload.objects.count()
    place.monkeypatch.setattr("django.conf.settings.UPLOADS_PER_HOUR", sent + 2)
    for number in range(2):
        assert place.send({"workbook": workbook(b"%d" % number)}).status_code == 422
    response = place.send({"workbook": workbook(to_explain())})
    assert 0 < int(response["Retry-After"]) <= 3600
    assert Upload.objects.count() == sent + 2
    return response


def _wrong_password(place: Place, password: str = "a guess") -> Any:
    return place.client.post(reverse("login"), {"username": place.reporter.username, "password": password})


def _sixth_password(place: Place) -> Any:
    assert [_wrong_password(place).status_code for _ in range(5)] == [200] * 5
    return _wrong_password(place, "a long passphrase")


def _words(place: Place, words: str) -> dict[str, str]:
    return {name: words for name in place.form() if name != "lock_version"}


def _many_fields(number: int) -> dict[str, Any]:
    return {"workbook": workbook(), **{f"field_{n}": "x" for n in range(number)}}


NO_FILE = "Choose the workbook you filled in"
REQUESTS = [
    Request("no file", _post({}), 400, NO_FILE),
    Request("a text where the file belongs", _post({"workbook": "report.xlsx"}), 400, NO_FILE),
    Request("file under another name", _post(lambda: {"file": workbook()}), 400, NO_FILE),
    Request("two files", _post(lambda: {"workbook": [workbook(), workbook()]}), 400, "Choose one file only."),
    Request("two fields with a file", _post(lambda: {"workbook": workbook(), "b": workbook()}), 400, "one file only"),
    Request("six files", _post(lambda: {"workbook": [workbook() for _ in range(6)]}), 400, "more files"),
    Request("5 MB and 1 byte", _post(lambda: {"workbook": workbook(bytes(5 * MB + 1))}), 413, "larger than 5 MB"),
    Request("200 MB", _200_mb, 413, "larger than 5 MB"),
    Request("plain text", _post("a,b,c", content_type="text/plain"), 400, NO_FILE),
    Request("JSON", _post(json.dumps({"workbook": "x"}), content_type="application/json"), 400, NO_FILE),
    Request("a form without a file part", _post("workbook=x", content_type="application/x-www-form-urlencoded"), 400),
    Request("multipart without a boundary", _post(b"x", content_type="multipart/form-data"), 400, "request"),
    Request("multipart that is none", _post(b"x", content_type=MULTIPART_CONTENT), 400, NO_FILE),
    Request("name of 300 characters", _with_name(b"a" * 295 + b".xlsx"), 422),
    Request("path in the name", _with_name(b"../../etc/passwd.xlsx"), 422),
    Request("path of Windows in the name", _with_name(rb"C:\Users\pat\report.xlsx"), 422),
    Request("CRLF in the name", _with_name(b"a\r\nSet-Cookie: x.xlsx"), 422),
    Request("CRLF in the name, encoded", _with_name(b"a%0D%0ASet-Cookie: x.xlsx"), 422),
    Request("RTL in the name", _with_name("\u202exslx.exe".encode()), 422),
    Request("NUL in the name", _with_name(b"a\0b.xlsx"), 422),
    Request("name that is no UTF-8", _with_name(b"\xff\xfe.xlsx"), 400, NO_FILE),
    Request("connection cut while it is read", _cut_off, 400, NO_FILE),
    Request("no CSRF token", _without_token(), 403, "Your form has expired"),
    Request("wrong CSRF token", _without_token("x" * 64), 403, "Your form has expired"),
    Request("GET", _method("GET"), 405, "cannot be opened by itself"),
    Request("HEAD", _method("HEAD"), 405),
    Request("TRACE", _method("TRACE"), 405),
    Request("PUT", _method("PUT"), 405, "Nothing was changed"),
    Request("DELETE", _method("DELETE"), 405, "Nothing was changed"),
    Request("600 fields", _post(partial(_many_fields, 600)), 422),
    Request("2,001 fields", _post(partial(_many_fields, 2001)), 400, "more fields than any form of ours"),
    Request("another host", lambda place: place.client.get(place.page, HTTP_HOST="evil.example"), 400, "request"),
    Request("session ended before an upload", _signed_out(_post({})), 302, "/accounts/login/?next=/reporting/va-vha/"),
    Request("session ended before submitting", _signed_out(Place.send_form), 302, "/accounts/login/?next=/reporting/"),
    Request("explanation of 3 MB", lambda place: place.send_form(revision_note="x" * 3 * MB), 413, "longer than any"),
    Request(
        "NUL in an explanation",
        lambda place: place.send_form(**_words(place, "a\0b")),
        422,
        "This holds a character that cannot be kept.",
    ),
    Request(
        "no explanation", lambda place: place.client.post(place.submit, {"lock_version": 1}), 422, "in a sentence"
    ),
    Request("version that is no number", lambda place: place.send_form(lock_version="x"), 422),
    Request("version that never was", lambda place: place.send_form(lock_version=10**30), 409, "Somebody changed"),
    Request("another file meanwhile", Place.send_form, 409, "You changed this submission", sent_again),
    Request("quarter closed meanwhile, submit", Place.send_form, 409, "is closed and takes no more figures", _close),
    Request("quarter closed meanwhile, upload", _post(lambda: {"workbook": workbook()}), 409, "is closed", _close),
    Request("approved meanwhile, submit", Place.send_form, 409, "already approved. Nothing changed.", _approved),
    Request("approved meanwhile, upload", _post(lambda: {"workbook": workbook()}), 409, "already with OMB", _approved),
    Request(
        "approved meanwhile, recall",
        lambda place: place.client.post(reverse("reporting:recall", args=[place.draft.pk])),
        409,
        "is approved now, so it cannot be recalled",
        _approved,
    ),
    Request("back button after submitting", Place.send_form, 409, "already submitted. Nothing changed.", _submitted),
    Request(
        "same key, other words",
        lambda place: place.send_form(**_words(place, "Other.")),
        409,
        "already submitted. Nothing changed.",
        _submitted,
    ),
    Request("back button after a recall", Place.send_form, 409, "(recalled), so nothing was submitted", _recalled),
    Request("submission of another HISP", _of_another_hisp("submit"), 404),
    Request("upload of another HISP", _of_another_hisp("upload_page"), 404),
    Request("upload to another HISP", _of_another_hisp("upload"), 404),
    Request("id past every integer", lambda place: place.client.get(f"/reporting/uploads/{10**30}/"), 404),
    Request("child killed while it reads", _while_the_child_is_killed, 422, "takes too long, or too much memory"),
    Request("one upload too many in an hour", _one_too_many, 429, "as many as one person may"),
    Request("sixth password", _sixth_password, 429, "Too many attempts to sign in"),
]
