"""Where an address lies among the files, and how a written page refers to it.

A file server knows no query: `/domains/trust/?method=by-customers` becomes `/domains/trust/method=by-customers/`, and
links say so. What has no end (comparisons, searches) or asks for a sign-in is at the live site, SITE_URL: a link leads
there, and in the place of a form stands where it is answered.
"""

from html import escape, unescape
from re import DOTALL, Match
from re import compile as pattern
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from dashboards import addresses
from reporting.scoring import DEFAULT_METHOD

# Parameters of which each value that is linked has its file.
_KEPT = {"method", "sort", "page", "fiscal_year", "quarter", "hisp", "service", "domain"}
_USUAL = ("method", DEFAULT_METHOD)  # goes without saying
_LINK = pattern(r'\b(href|src)="([^"]*)"')
_FORM = pattern(r"<form\b.*?</form>", DOTALL)


def file_of(address: str) -> str:
    """The file of an address, by its path in the folder."""
    found = _place(address)
    return f"{found}index.html" if not found or found.endswith("/") else found


def link_to(link: str, page: str) -> str:
    """How a written page refers to what it refers to as `link` at its own address."""
    target = urlsplit(absolute(link, page))
    if target.scheme or target.netloc or not link or link.startswith("#") or target.path.startswith(static_url()):
        return link
    if leads_away(target.path, target.query):
        return f"{settings.SITE_URL}{target.geturl()}"
    anchor = f"#{target.fragment}" if target.fragment else ""
    return f"/{quote(_place(target.geturl()), safe='/=&:,~')}{anchor}"


def rewritten(html: str, page: str) -> str:
    """A page with its links and forms as files have them; nothing else of it changes."""

    def link(found: Match[str]) -> str:
        name, value = found[1], unescape(found[2])
        target = link_to(value, page)
        return found[0] if target == value else f'{name}="{escape(target)}"'

    return _LINK.sub(link, _FORM.sub(lambda _: _instead_of_form(page), html))


def absolute(link: str, page: str) -> str:
    return f"{urlsplit(page).path}{link}" if link.startswith("?") else urljoin(page, link)


def leads_away(path: str, query: str) -> bool:
    """To the live site: what asks for a sign-in, and what somebody chose, which has no end."""
    return not addresses.is_public(path) or any(name not in _KEPT for name, _ in parse_qsl(query))


def static_url() -> str:
    return f"/{settings.STATIC_URL.lstrip('/')}"


def _place(address: str) -> str:
    """A path without its first slash, in which the query is a folder; what ends with a slash is a folder."""
    parts = urlsplit(address)
    query = "&".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if (name, value) != _USUAL)
    folder, _, name = parts.path.rpartition("/")
    return "".join(f"{part}/" for part in (folder.strip("/"), query) if part) + name


def _instead_of_form(page: str) -> str:
    live = {"address": f"{settings.SITE_URL}{page}", "host": urlsplit(settings.SITE_URL).netloc}
    return render_to_string("dashboards/_only_live.html", {"live": live}).strip()
