"""Public pages kept in the process and answered before Django sees the request.

A page is kept with its headers, its bytes and their gzip, under the stamp that it was made under
(dashboards.freshness). Each worker has its own pages; that they agree is held by the stamp, which each reads again
from the database `CHECK_SECONDS` after it last did. Answers from here have no request id: nothing is logged or
written under it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from gzip import compress
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest

from dashboards import freshness
from dashboards.views.keeping import KNOWN_QUERIES, PRIVATE_COOKIES, WISH, Wish
from reporting.origin import HEADER as REQUEST_ID

CHECK_SECONDS = 0.25
_OF_A_PAGE = 1000  # bytes beside its bodies: key and headers

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Answer:
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Page:
    plain: Answer
    zipped: Answer
    known: Headers  # of a 304
    tag: str
    modified: str
    size: int


class Pages:
    """Up to so many bytes of pages, all of one stamp; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.stamp = ""
        self._kept: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()
        self._look_at = 0.0

    def get(self, key: Key) -> Page | None:
        """Reads the stamp first, where that is due and there is a page to answer with."""
        if key not in self._kept:
            return None
        now = monotonic()
        if now >= self._look_at:
            self._look_at = now + CHECK_SECONDS
            self.renew(freshness.read().text)
        with self._lock:
            page = self._kept.get(key)
            if page is not None:
                self._kept.move_to_end(key)
        return page

    def renew(self, stamp: str) -> None:
        """Drops everything when the stamp is another."""
        with self._lock:
            if stamp != self.stamp:
                self._kept.clear()
                self.stamp, self.size = stamp, 0

    def keep(self, key: Key, page: Page, stamp: str) -> None:
        """A page made under another stamp than the last is news: of something that changed since."""
        self.renew(stamp)
        if page.size > self.most:
            return
        with self._lock:
            former = self._kept.pop(key, None)
            self._kept[key] = page
            self.size += page.size - (former.size if former else 0)
            while self.size > self.most:
                self.size -= self._kept.popitem(last=False)[1].size


def kept(application: Application) -> Application:
    """The application with pages kept in front of it; as it is, when the settings leave no room for any."""
    if settings.PAGE_CACHE_BYTES <= 0:
        return application
    pages = Pages(settings.PAGE_CACHE_BYTES)

    def answer(environ: Environ, start: Start) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return application(environ, start)
        try:
            page = pages.get(key)
        except DatabaseError:
            connection.close()
            return application(environ, start)  # says what it can
        if page is not None:
            return _answered(page, environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return application(environ, start)
        return _asked(application, pages, key, environ, start)

    return answer


def _key(environ: Environ) -> Key | None:
    """None for what is never kept."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING", "") not in KNOWN_QUERIES:
        return None
    cookies = environ.get("HTTP_COOKIE")
    if cookies and any(name in cookies for name in PRIVATE_COOKIES):
        return None
    query = environ.get("QUERY_STRING", "")
    return (environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), query, _is_secure(environ))


def _is_secure(environ: Environ) -> bool:
    """As Django will find: over plain HTTP it answers with a redirect."""
    header = settings.SECURE_PROXY_SSL_HEADER
    if header and header[0] in environ:
        return bool(environ[header[0]].split(",")[0].strip() == header[1])
    return bool(environ.get("wsgi.url_scheme") == "https")


def _answered(page: Page, environ: Environ, start: Start) -> Iterable[bytes]:
    if _is_known(page, environ):
        start("304 Not Modified", list(page.known))
        return []
    answer = page.zipped if _takes_gzip(environ) else page.plain
    start("200 OK", list(answer.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _is_known(page: Page, environ: Environ) -> bool:
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return page.tag.removeprefix("W/") in tags or tags.strip() == "*"
    return environ.get("HTTP_IF_MODIFIED_SINCE") == page.modified


def _takes_gzip(environ: Environ) -> bool:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "").replace("q=0.", "q=.")


def _asked(application: Application, pages: Pages, key: Key, environ: Environ, start: Start) -> Iterable[bytes]:
    """The application's answer, which is kept when it may be. It alone grants that."""
    told: list[tuple[Any, ...]] = []
    wish = Wish()
    found = application({**environ, WISH: wish}, lambda *said: told.append(said))
    status, headers, *_ = told[0]
    if wish.stamp is None or not status.startswith("200") or any(name.lower() == "set-cookie" for name, _ in headers):
        start(*told[0])
        return found
    page = made(headers, _whole(found))
    pages.keep(key, page, wish.stamp.text)
    return _answered(page, environ, start)


def _whole(found: Iterable[bytes]) -> bytes:
    """An answer of Django wants to be closed, as a server would: then it lets go of the database."""
    with ExitStack() as after:
        if close := getattr(found, "close", None):
            after.callback(close)
        return b"".join(found)


def made(headers: Headers, body: bytes) -> Page:
    common = [(name, value) for name, value in headers if name.lower() not in ("content-length", REQUEST_ID.lower())]
    named = {name.lower(): value for name, value in common}
    zipped = compress(body, 6, mtime=0)
    if settings.PROXIES:  # nginx takes it for itself: seconds. Before Cache-Control, or nginx keeps nothing.
        common.insert(0, ("X-Accel-Expires", "1"))
    return Page(
        plain=Answer([*common, ("Content-Length", str(len(body)))], body),
        zipped=Answer([*common, ("Content-Encoding", "gzip"), ("Content-Length", str(len(zipped)))], zipped),
        known=_of_304(common),
        tag=named["etag"],
        modified=named["last-modified"],
        size=len(body) + len(zipped) + _OF_A_PAGE,
    )


def _of_304(headers: Headers) -> Headers:
    wanted = ("cache-control", "etag", "last-modified", "vary", "x-accel-expires", "content-security-policy")
    return [(name, value) for name, value in headers if name.lower() in wanted]


def will_be_kept(request: HttpRequest) -> bool:
    """Then it is compressed here, once, and without the random bytes that hide secrets: it has none."""
    wish = request.META.get(WISH)
    return isinstance(wish, Wish) and wish.stamp is not None
