"""What a public page tells of its age, and who may keep it: browsers ask each time, and hear when nothing changed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags

from dashboards import freshness
from dashboards.freshness import ALWAYS_ASK, Stamp
from reporting.scoring import METHODS

PRIVATE_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")  # who has one may see a header of their own
# Only these are kept in the process, so that nobody fills it with addresses of their own making.
KNOWN_QUERIES = frozenset(["", *(f"method={slug}" for slug in METHODS)])
WISH = "hisp.pages"  # in the environment of a request: a Wish


@dataclass
class Wish:
    """To keep the answer to a request. Granted, it holds the stamp under which the page may be kept."""

    stamp: Stamp | None = None


def answer(request: HttpRequest, page: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page, made of what was public at one moment; or 304, without making it, for whoever has it already. Grants
    a wish to keep it, where it may be kept."""
    with freshness.snapshot():
        if any(name in request.COOKIES for name in PRIVATE_COOKIES):
            return _private(page())
        stamp = freshness.read()
        tag, modified = stamp.tag(f"{request.get_host()}{request.get_full_path()}"), int(stamp.at.timestamp())
        # The tag proves that we gave it out for this address; “*” and a date do not, so these wait for the page.
        if request.method in ("GET", "HEAD") and tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return _marked(HttpResponseNotModified(), tag, modified)
        return _kept(request, page(), stamp, tag, modified)


def _kept(request: HttpRequest, found: HttpResponseBase, stamp: Stamp, tag: str, modified: int) -> HttpResponseBase:
    """What has a tag of its own, such as a file, looks after itself."""
    if found.status_code != 200 or found.has_header("ETag"):
        return found
    if not isinstance(found, HttpResponse):  # a stream
        return _marked(found, tag, modified)
    if request.META.get("QUERY_STRING", "") in KNOWN_QUERIES:
        _grant(request, stamp)
    return _marked(get_conditional_response(request, tag, modified, found) or found, tag, modified)


def _grant(request: HttpRequest, stamp: Stamp) -> None:
    wish = request.META.get(WISH)
    if isinstance(wish, Wish):
        wish.stamp = stamp


def _marked(found: HttpResponseBase, tag: str, modified: int) -> HttpResponseBase:
    found["ETag"], found["Last-Modified"] = tag, http_date(modified)
    found["Cache-Control"] = ALWAYS_ASK
    patch_vary_headers(found, ["Accept-Encoding", "Cookie"])
    return found


def _private(found: HttpResponseBase) -> HttpResponseBase:
    if not found.has_header("Cache-Control"):
        found["Cache-Control"] = "private, max-age=0, must-revalidate"
    return found
