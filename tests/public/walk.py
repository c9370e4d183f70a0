"""Walks everything that an anonymous visitor can reach: what links lead to, and every address that the resolver knows,
with all that could stand in its open places. A page that lands later is walked without being named here."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from hisps.models import Department, Hisp, Service
from reporting.domains import SEVEN_DOMAINS
from reporting.models import Quarter, Submission, Upload

SITE = "http://testserver"
LINK = re.compile(r"""(?:href|src|action|formaction)=["']([^"'#]+)""")
ADDRESS = re.compile(r"http://testserver(/[^\s\"'<>,\\]*)")  # in feeds, catalogs and descriptions
_OPEN = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Answer:
    address: str
    status: int
    kind: str  # of content
    headers: tuple[tuple[str, str], ...]
    body: bytes
    template: str = ""

    @property
    def text(self) -> str:
        """All that can be read in it: of a workbook, of each of its parts."""
        if not self.body.startswith(b"PK"):
            return self.body.decode()
        with zipfile.ZipFile(io.BytesIO(self.body)) as parts:
            return "\n".join([*parts.namelist(), *(parts.read(name).decode() for name in parts.namelist())])


def patterns(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every route, as it is written, with what it leaves open."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def public_patterns() -> list[str]:
    return [route for route in patterns() if not route.startswith(("/admin/", "/reporting/", "/accounts/"))]


def candidates(name: str, kind: str) -> list[str]:
    """What may stand in an open place, by its name; every slug there is where the name tells nothing."""
    own = {
        "quarter": lambda: [quarter.fiscal.slug for quarter in Quarter.objects.all()],
        "hisp": lambda: list(Hisp.objects.values_list("slug", flat=True)),
        "service": lambda: list(Service.objects.values_list("slug", flat=True)),
        "department": lambda: list(Department.objects.values_list("slug", flat=True)),
        "domain": lambda: [domain.slug for domain in SEVEN_DOMAINS],
        "kind": lambda: ["csv"],  # links lead to the others
        "name": lambda: ["scores"],
        "token": lambda: ["no-token"],
        "uidb64": lambda: ["MQ"],
    }
    if name in own:
        return own[name]()
    if kind == "int":
        rows = [*Submission.objects.values_list("pk", flat=True), *Upload.objects.values_list("pk", flat=True)]
        return [str(number) for number in sorted({1, 2, 3, *rows})[:8]]
    return [slug for every in ("hisp", "service", "department", "domain") for slug in own[every]()]


def instances(route: str) -> list[str]:
    """The route with every combination of what may stand in its open places; a few, where one has to sign in."""
    places = [(match[2] or match[3], match[1] or "str") for match in _OPEN.finditer(route)]
    shape = _OPEN.sub("{}", route.removesuffix("$"))
    combined = product(*(candidates(name, kind) for name, kind in places))
    most = 3 if route.startswith(("/admin/", "/reporting/")) else 150
    return [shape.format(*values) for values in islice(combined, most)]


def ask(client: Client, address: str, method: str = "GET") -> Answer:
    found = client.generic(method, address)
    body = b"".join(found.streaming_content) if found.streaming else found.content
    kind, used = found.headers.get("Content-Type", ""), getattr(found, "templates", None)
    return Answer(address, found.status_code, kind, tuple(found.items()), body, str(used[0].name) if used else "")


def one_of_each(found: dict[str, Answer]) -> list[Answer]:
    """Of the pages: the longest that each template made, by status and by what was asked for."""
    longest: dict[tuple[object, ...], Answer] = {}
    for answer in found.values():
        if answer.kind.startswith("text/html") and answer.status != 302:
            kind = (answer.template, answer.status, *_asked(urlsplit(answer.address).query))
            longest[kind] = max(longest.get(kind, answer), answer, key=lambda each: len(each.body))
    return list(longest.values())


def links(answer: Answer) -> Iterator[str]:
    """Addresses of ours that the answer leads to, without their fragments."""
    if answer.status in (301, 302):
        yield dict(answer.headers)["Location"]
    if answer.kind.startswith("text/html"):
        found = LINK.findall(answer.body.decode())
    elif ("xml" in answer.kind or "json" in answer.kind) and not answer.body.startswith(b"PK"):
        found = ADDRESS.findall(answer.body.decode())
    else:
        found = []
    for link in found:
        address = urlsplit(urljoin(SITE + answer.address, link.replace("&amp;", "&")))
        if address.netloc == "testserver" and address.scheme == "http" and not address.path.startswith("/static/"):
            came_from = "next=" in address.query  # the sign-in page is one page, wherever one comes from
            yield address.path + (f"?{address.query}" if address.query and not came_from else "")


def walk(client: Client, start: Iterable[str] = ("/",), most: int = 30) -> dict[str, Answer]:
    """All of `start`, and what links lead to from there: `most` of a kind, as that is what differs. Forms are not
    sent."""
    found: dict[str, Answer] = {}
    waiting, kinds = deque(start), Counter[Any]()
    while waiting:
        address = waiting.popleft()
        if address not in found:
            found[address] = ask(client, address)
            for link in dict.fromkeys(links(found[address])):
                kind = _kind(link)
                if link not in found and kinds[kind] < most:
                    kinds[kind] += 1
                    waiting.append(link)
    return found


def _kind(address: str) -> tuple[str, ...]:
    """Route, kind of file, and what is asked for after the question mark."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return (parts.path,)
    return (match.route, str(match.kwargs.get("name")), str(match.kwargs.get("kind")), *_asked(parts.query))


def _asked(query: str) -> list[str]:
    return sorted(set(re.findall(r"(?:^|[&;])([^=&;]+)", query)))


def everything(client: Client) -> dict[str, Answer]:
    """From the home page, and from every address that the resolver knows."""
    known = [address for route in patterns() for address in instances(route)]
    return walk(client, ["/", *(address for address in known if "\\" not in address)])
