"""Each link of a chain seals what it says together with the link before, so that nothing between two links can be
changed, removed or slipped in unseen. What is sealed here are events (reporting/events.py).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

START = ""  # what the first link has before it


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found. `broken`: the first link that does not hold, with a sentence that says why.

    `has_head`: whether the head that was asked for was met on the way; None when none was asked for.
    """

    count: int
    head: str
    broken: Any = None
    fault: str = ""
    has_head: bool | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken is None and self.has_head is not False


def seal(previous_hash: str, facts: dict[str, Any]) -> str:
    """SHA-256, in hex, over the facts as JSON with sorted keys, together with the hash before."""
    text = json.dumps({**facts, "previous_hash": previous_hash}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def walk(links: Iterable[Any], head: str = "") -> Verdict:
    """From the first link to the last, or to the first that is broken; keeps one at a time. A link has a
    `previous_hash`, a `hash`, and `facts()`."""
    count, last, met = 0, START, not head
    for link in links:
        fault = _fault(link, last)
        if fault:
            return Verdict(count, last, link, fault, met if head else None)
        count, last = count + 1, link.hash
        met = met or last == head
    return Verdict(count, last, has_head=met if head else None)


def _fault(link: Any, last: str) -> str:
    if link.hash != seal(link.previous_hash, link.facts()):
        return "What it says is not what was written: it was changed afterwards."
    if link.previous_hash != last:
        return "It does not follow the one before it: events between them were removed, put in or reordered."
    return ""
