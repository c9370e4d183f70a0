"""Where an act comes from: the request that is being answered, with its id and its client's address, or a command.

The id is our own, new for each request; it stands in the response, in every line of the log and in every event.
"""

import logging
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"


@dataclass(frozen=True)
class Origin:
    """`address`: None for commands, and where the server names none."""

    request_id: str = ""
    address: str | None = None


_current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current() -> Origin:
    return _current.get() or Origin(_command())


def remember(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; the first, so that whatever is logged or refused has the id."""

    def respond(request: HttpRequest) -> HttpResponse:
        origin = Origin(uuid4().hex, client_address(request))
        request.origin = origin  # type: ignore[attr-defined]  # for lines logged after the answer
        token = _current.set(origin)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = origin.request_id
        return response

    return respond


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever asks. Each of our own proxies appends to X-Forwarded-For who spoke to it, so the one that
    counts stands settings.PROXIES from the right; what stands before it was sent by the client and proves nothing."""
    spoke = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        spoke = [part.strip() for part in forwarded if part.strip()][-settings.PROXIES :] or spoke
    return _address(spoke[0])


def client_network(request: HttpRequest) -> str:
    """What limits count: the address, or of IPv6 the 64 bits that one subscriber gets, who has all addresses below.
    Empty where no address is known."""
    address = client_address(request) or ""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _address(text: str) -> str | None:
    """Without what is no address: a socket's path, a zone, a port."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def _command() -> str:
    """Such as “manage.py open_quarter”; empty where no command runs."""
    program, *arguments = sys.argv or [""]
    name = Path(program).name
    return " ".join([name, *arguments[:1]])[:64] if name in ("manage.py", "django-admin") else ""


class RequestId(logging.Filter):
    """Gives each line of the log its request's id."""

    def filter(self, record: logging.LogRecord) -> bool:
        origin = getattr(getattr(record, "request", None), "origin", None) or current()
        record.request_id = origin.request_id or "-"
        return True
