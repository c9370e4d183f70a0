"""Which pages there are, for search engines. What is of use only beside another page is left out."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.template.loader import render_to_string
from django.urls import reverse

from dashboards import addresses

_LEFT_OUT = re.compile("/embed/|/search/|/hisps/.*/revisions/")


if TYPE_CHECKING:
    _Sitemap = Sitemap[str]
else:
    _Sitemap = Sitemap


class _Pages(_Sitemap):
    def items(self) -> list[str]:
        found = addresses.known()
        return [one for one in found if one.endswith("/") and not _LEFT_OUT.match(one)]

    def location(self, item: str) -> str:
        return f"{urlsplit(settings.SITE_URL).path}{item}"

    def get_domain(self, site: object = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)


def xml() -> str:
    """As sitemaps.org wants it. 5 queries."""
    pages = _Pages()
    pages.protocol = urlsplit(settings.SITE_URL).scheme
    return render_to_string("sitemap.xml", {"urlset": pages.get_urls()})


def robots() -> str:
    closed = ("/admin/", "/accounts/", "/reporting/", reverse("dashboards:search"))
    told = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return "\n".join([*told, "", f"Sitemap: {settings.SITE_URL}{reverse('dashboards:sitemap')}", ""])
