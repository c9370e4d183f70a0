"""What takes seconds to make: made once for all workers that share a cache, and all that ask while it is still so."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.core.cache import cache

_SECONDS = 7 * 24 * 60 * 60
Made = TypeVar("Made", bytes, dict[str, str])


def kept(what: str, tag: str, make: Callable[[], Made]) -> Made:
    """`tag`: the ETag of all that it depends on. A folder that cannot be read or written only costs time."""
    key = "-".join((what, tag.strip('"')))
    try:
        found: Made | None = cache.get(key)
    except OSError:
        return make()
    return _kept(key, make()) if found is None else found


def _kept(key: str, made: Made) -> Made:
    with suppress(OSError):
        cache.set(key, made, timeout=_SECONDS)
    return made
