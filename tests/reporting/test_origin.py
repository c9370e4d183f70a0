"""Which request an act belongs to, and whose address counts."""

import logging
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from reporting import origin


def asked(**meta: str) -> origin.Origin:
    """What an act sees that a request with these headers makes."""
    seen: list[origin.Origin] = []

    def view(request):
        seen.append(origin.current())
        return HttpResponse()

    origin.remember(view)(RequestFactory().get("/", **meta))
    return seen[0]


@pytest.fixture
def behind(monkeypatch):
    return lambda proxies: monkeypatch.setattr(settings, "PROXIES", proxies)


def test_each_request_has_an_id_of_its_own_and_says_so(client):
    first, second = (client.get("/healthz")[origin.HEADER] for _ in range(2))
    assert len(first) == 32
    assert first != second


def test_an_id_that_a_client_sends_is_not_taken(client):
    assert client.get("/healthz", headers={"X-Request-ID": "forged"})[origin.HEADER] != "forged"


def test_an_error_page_has_the_id_too(client, db):
    assert client.get("/nothing-here/").headers[origin.HEADER]


def test_after_the_request_nothing_is_left_of_it():
    asked()
    assert origin.current() == origin.Origin()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, "", "192.0.2.1"),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "<script>", None),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(behind, proxies, forwarded, address):
    behind(proxies)
    assert asked(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded).address == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_limits_count_a_subscriber_not_each_of_her_addresses(address, network):
    assert origin.client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_socket_has_no_address():
    assert asked(REMOTE_ADDR="").address is None


def test_a_command_is_named_in_place_of_a_request(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/somewhere/manage.py", "open_quarter", "2021-q3"])
    assert origin.current() == origin.Origin("manage.py open_quarter")


def test_a_line_of_the_log_names_its_request():
    def line(**extra: object) -> str:
        record = logging.makeLogRecord(extra)
        origin.RequestId().filter(record)
        return record.request_id

    request = RequestFactory().get("/")
    response = origin.remember(lambda request: HttpResponse())(request)
    assert line() == "-"
    assert line(request=request) == response[origin.HEADER]
