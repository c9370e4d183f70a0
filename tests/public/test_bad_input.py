"""Whatever is asked of a public address, the answer is a page with a way out: 400, 404 or 405, never an error."""

import re
from itertools import cycle

import pytest
from django.test import Client

from tests.factories import published_submission, survey
from tests.public.walk import Answer, ask, instances, public_patterns

pytestmark = pytest.mark.django_db
NONSENSE = (
    "%00",
    "%ED%A0%80",  # a lone surrogate
    "%FF%FE",
    "%25%32%46",
    "x" * 10_000,
    "%F0%9F%98%80",
    "-1",
    "99999999999999999999",
    "0x1F",
    "1e9",
    "None",
    "[]",
    "../../etc/passwd",
    "..%2F..%2Fmanage.py",
    "%2e%2e/",
    "%0d%0aSet-Cookie:x=1",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "٣",
)
PARAMETERS = (
    *("method", "page", "quarter", "hisp", "service", "domain", "department", "fiscal_year", "of", "q", "sort"),
    *("figures", "limit", "offset", "page_size", "format", "publication", "no-such-parameter"),
)
METHODS = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
_WAY_OUT = re.compile(r'<a [^>]*href="(?:https?://[^/"]+)?/')
QUIET = ("/healthz",)  # says “ok” and no more


@pytest.fixture
def visitor() -> Client:
    published_submission("va-vha", "2021-q2", surveys=[survey(trust=(1, 2, 3, 4, 5))])
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def public_addresses() -> list[str]:
    found = [address for route in public_patterns() for address in instances(route)[:2]]
    return [address for address in found if address not in QUIET]


def faults(answer: Answer, asked: str) -> list[str]:
    """An error of the server, a bare page, or what was sent coming back as markup."""
    said = f"{asked[:120]} answered {answer.status}"
    if answer.status not in (200, 204, 301, 302, 304, 400, 404, 405, 412, 414):
        return [said]
    text = answer.body.decode(errors="replace") if answer.kind.startswith("text/html") else ""
    if answer.status >= 400 and not (re.search("<h1", text) and re.search(_WAY_OUT, text)):
        return [f"{said} without a heading and a way out"]
    return [f"{said} with a script of the visitor"] if "<script>alert" in text or "\0" in text else []


def test_no_parameter_of_any_address_is_an_error(visitor):
    found, parameters = [], cycle(PARAMETERS)
    for address in public_addresses():
        for nonsense in NONSENSE:
            one, other = next(parameters), next(parameters)
            asked = f"{address}?{one}={nonsense}&{other}={nonsense}&{one}=again"
            found += faults(ask(visitor, asked), asked)
    assert found == []


def test_no_part_of_any_address_is_an_error(visitor):
    found = []
    for address in public_addresses():
        parts = [part for part in address.split("/") if part]
        for number, nonsense in enumerate(NONSENSE):
            place = number % max(len(parts), 1)
            asked = "/" + "/".join([*parts[:place], nonsense, *parts[place + 1 :], ""])
            found += faults(ask(visitor, asked), asked)
        for asked in (f"/{address}", f"{address}//", f"{address}./", f"{address}../", f"{address}%2e/"):
            found += faults(ask(visitor, asked), asked)
    assert found == []


def test_every_address_is_only_read(visitor):
    """And says so; HEAD is GET without its body."""
    found = []
    for address in public_addresses():
        for method in METHODS:
            answer = ask(visitor, address, method)
            found += faults(answer, f"{method} {address}")
            if answer.status not in (404, 405):
                found.append(f"{method} {address} answered {answer.status}")
        options, head, got = (ask(visitor, address, method) for method in ("OPTIONS", "HEAD", "GET"))
        if (options.status, dict(options.headers).get("Allow")) != (204, "GET, HEAD, OPTIONS"):
            found.append(f"OPTIONS {address} answered {options.status}")
        if head.status != got.status or head.body:
            found.append(f"HEAD {address} answered {head.status}, GET {got.status}")
    assert found == []
