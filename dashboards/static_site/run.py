"""One run over everything public: what is known, and what its pages lead to."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client

from dashboards import addresses
from dashboards.static_site import assets, links
from dashboards.static_site.folder import Folder, Written

NOT_FOUND = "404.html"
_NOT_THERE = "/there-is-no-such-page/"
_PASSES = 3

Tell = Callable[[int, int], None]  # how many addresses are done, and how many are known by then


def passes(folder: Path, stamp: Callable[[], str], tell: Tell) -> Iterator[Written]:
    """Writes until nothing changed meanwhile, so that no two pages tell of different publications. Raises Refused."""
    for _ in range(_PASSES):
        before = stamp()
        yield _Run(Folder(folder), tell).write()
        if stamp() == before:
            return


class _Run:
    def __init__(self, folder: Folder, tell: Tell) -> None:
        self.folder, self.tell = folder, tell
        self._client = Client(headers={"host": urlsplit(settings.SITE_URL).hostname or "localhost"})
        self._assets: set[str] = set()

    def write(self) -> Written:
        waiting = addresses.known()
        seen = {links.file_of(one) for one in waiting}
        for done, address in enumerate(waiting, start=1):
            for found in self._written(address):
                if links.file_of(found) not in seen:
                    seen.add(links.file_of(found))
                    waiting.append(found)
            self.tell(done, len(waiting))
        self._page(NOT_FOUND, _NOT_THERE, _text(self._get(_NOT_THERE)))
        self.folder.close()
        return self.folder.written

    def _written(self, address: str) -> list[str]:
        """The public addresses that it refers to."""
        answer = self._get(address)
        if answer.status_code != 200:
            self.folder.written.missing.append(address)
            return []
        if answer.headers["Content-Type"].startswith("text/html"):
            return self._page(links.file_of(address), address, _text(answer))
        self.folder.save(links.file_of(address), _blocks(answer))
        return []

    def _page(self, file: str, address: str, text: str) -> list[str]:
        self.folder.save(file, [links.rewritten(text, address).encode()])
        return [found for link in addresses.links(text) if (found := self._followed(address, link))]

    def _followed(self, address: str, link: str) -> str:
        """The address of a link, to be written too; empty for what is none of ours."""
        parts = urlsplit(links.absolute(link, address))
        if parts.scheme or parts.netloc:
            return ""
        if parts.path.startswith(links.static_url()):
            self._asset(parts.path.removeprefix(links.static_url()))
            return ""
        return "" if links.leads_away(parts.path, parts.query) else parts._replace(fragment="").geturl()

    def _get(self, address: str) -> HttpResponseBase:
        answer: object = self._client.get(address, secure=True)  # its stubs tell of a class that there is not
        assert isinstance(answer, HttpResponseBase)
        return answer

    def _asset(self, name: str) -> None:
        """And what it uses itself."""
        if name in self._assets:
            return
        self._assets.add(name)
        content = assets.content(name)
        self.folder.save(f"{links.static_url().strip('/')}/{name}", [content])
        for used in assets.used(name, content):
            self._asset(used)


def _text(answer: HttpResponseBase) -> str:
    return b"".join(_blocks(answer)).decode()


def _blocks(answer: HttpResponseBase) -> Iterable[bytes]:
    if isinstance(answer, StreamingHttpResponse):
        return answer
    assert isinstance(answer, HttpResponse)
    return [answer.content]
