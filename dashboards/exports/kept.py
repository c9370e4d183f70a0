"""What takes seconds to make: made once for all workers that share a cache, and all that ask while it is still so."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

_log = logging.getLogger(__name__)
_SECONDS = 7 * 24 * 60 * 60
Made = TypeVar("Made", bytes, dict[str, str])


def kept(what: str, tag: str, make: Callable[[], Made]) -> Made:
    """`tag`: the ETag of all that it depends on. A cache that is away or damaged only costs time: what it raises is a
    matter of its kind."""
    key = "-".join((what, tag.strip('"')))
    found: Made | None = None
    try:
        found = cache.get(key)
    except Exception:
        _log.exception("The cache could not be read.")
    return _kept(key, make()) if found is None else found


def _kept(key: str, made: Made) -> Made:
    try:
        cache.set(key, made, timeout=_SECONDS)
    except Exception:
        _log.exception("The cache could not be written.")
    return made
