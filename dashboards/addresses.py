"""Every public address, as far as the address table and the database tell; the rest is found by following links.

Who walks the public side, to write it as files or to look for leaks, begins here.
"""

from collections.abc import Iterable, Iterator
from html import unescape
from re import compile as pattern

from django.db.models import QuerySet
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from hisps.models import Department, Hisp, Service
from reporting.domains import SEVEN_DOMAINS
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission, TouchpointReport

_APP = "dashboards"
_LINK = pattern(r'\b(?:href|src|action)="([^"]*)"')
_ANSWERS_FORMS = {"choose"}  # leads on to what a form asked for


def known() -> list[str]:
    """Without repetition, in a lasting order. 5 queries."""
    return list(dict.fromkeys([*_alone(), *_of_rows()]))


def is_public(path: str) -> bool:
    """Whether a path (without a query) is an address of the public side."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return _APP in found.app_names and found.url_name not in _ANSWERS_FORMS


def links(html: str) -> Iterator[str]:
    """Whatever a page refers to, as it stands there, without what follows a number sign."""
    for found in _LINK.findall(html):
        yield unescape(found).partition("#")[0]


def _alone() -> Iterator[str]:
    """Addresses without a part that varies."""
    included = (one for one in get_resolver().url_patterns if isinstance(one, URLResolver))
    ours = next(one for one in included if one.app_name == _APP)
    for entry in ours.url_patterns:
        if isinstance(entry, URLPattern) and entry.name not in _ANSWERS_FORMS and not entry.pattern.converters:
            yield from _address(str(entry.name))


def _of_rows() -> Iterator[str]:
    hisps = list(Hisp.objects.order_by("pk").values_list("slug", flat=True))
    for name in ("hisp", "embed_hisp"):
        yield from _each(name, hisps)
    yield from _each("service", Service.objects.order_by("pk").values_list("slug", flat=True))
    yield from _each("department", Department.objects.order_by("pk").values_list("slug", flat=True))
    yield from _each("domain", [domain.slug for domain in SEVEN_DOMAINS])
    for touchpoint, channel in _surveys():
        yield from _address("survey", f"{touchpoint}-{channel}" if channel else str(touchpoint))
    for hisp, year, number, revision in _once_public():
        quarter = FiscalQuarter(year, number)
        yield from _address("quarter", quarter)
        yield from _address("hisp_quarter", hisp, quarter)
        yield from _address("revision", hisp, quarter, revision)


def _once_public() -> "QuerySet[Submission, tuple[str, int, int, int]]":
    columns = ("hisp__slug", "quarter__fiscal_year", "quarter__number", "revision")
    return Submission.objects.filter(state__in=Submission.FROZEN_STATES).order_by("pk").values_list(*columns)


def _surveys() -> "QuerySet[TouchpointReport, tuple[int, str]]":
    public = TouchpointReport.objects.filter(submission__state=Submission.State.PUBLISHED)
    return public.order_by("touchpoint", "channel").values_list("touchpoint", "channel").distinct()


def _each(name: str, parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        yield from _address(name, part)


def _address(name: str, *parts: object) -> Iterator[str]:
    try:
        yield reverse(f"{_APP}:{name}", args=parts)
    except NoReverseMatch:  # it varies in another way; links lead there
        return
