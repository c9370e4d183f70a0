"""The chain by itself: what a walk finds when something was changed, removed, slipped in or reordered."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from reporting import chain


@dataclass(frozen=True)
class Link:
    words: str
    previous_hash: str
    hash: str = ""

    def facts(self) -> dict[str, Any]:
        return {"words": self.words}


def links(*words: str) -> list[Link]:
    made, last = [], chain.START
    for each in words:
        link = Link(each, last, chain.seal(last, {"words": each}))
        made.append(link)
        last = link.hash
    return made


def test_a_whole_chain_says_how_long_it_is_and_how_it_ends():
    made = links("one", "two", "three")
    verdict = chain.walk(made)
    assert (verdict.is_whole, verdict.count, verdict.head) == (True, 3, made[-1].hash)


def test_nothing_is_whole():
    assert chain.walk([]) == chain.Verdict(0, chain.START)


def test_a_seal_is_what_anybody_can_compute():
    """printf '%s' '{"previous_hash":"","words":"one"}' | sha256sum"""
    assert links("one")[0].hash == "fdc90bd864da78dd18c4035aac901430434c16e870bb0579591c7af45bd428a7"


@pytest.mark.parametrize(
    ("tampered", "at", "fault"),
    [
        (lambda a, b, c: [a, replace(b, words="2"), c], 1, "changed afterwards"),
        (lambda a, b, c: [a, replace(b, words="2", hash=chain.seal(a.hash, {"words": "2"})), c], 2, "does not follow"),
        (lambda a, b, c: [a, c], 1, "does not follow"),
        (lambda a, b, c: [b, c], 0, "does not follow"),
        (lambda a, b, c: [a, c, b], 1, "does not follow"),
        (lambda a, b, c: [a, *links("x"), b, c], 1, "does not follow"),
        (lambda a, b, c: [a, b, b, c], 2, "does not follow"),
        (lambda a, b, c: [a, replace(b, previous_hash=c.hash), c], 1, "changed afterwards"),
    ],
)
def test_the_first_broken_link_is_named(tampered, at, fault):
    chained = tampered(*links("one", "two", "three"))
    verdict = chain.walk(chained)
    assert not verdict.is_whole
    assert (verdict.broken, verdict.count) == (chained[at], at)
    assert fault in verdict.fault


def test_a_cut_off_end_shows_to_whoever_noted_the_head():
    made = links("one", "two", "three")
    assert chain.walk(made[:2]).is_whole
    assert not chain.walk(made[:2], made[2].hash).is_whole
    assert chain.walk(made, made[1].hash).is_whole
