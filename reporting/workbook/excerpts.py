"""Two versions of a text side by side: where they differ, with a little of what is the same around it."""

import re
from dataclasses import dataclass
from itertools import takewhile

SHORT = 60  # characters up to which both texts are told whole
AROUND, MOST = 80, 600  # characters of what is the same on each side, and of what differs


@dataclass(frozen=True)
class Part:
    """One version. `start` and `end` are the same in both, and "" where the texts are short or all different."""

    start: str
    differs: str
    end: str = ""


def parts(before: str, after: str) -> tuple[Part, Part]:
    """Cut between words, so that a changed word is told whole."""
    if max(len(before), len(after)) <= SHORT:
        return Part("", before), Part("", after)
    olds, news = (re.findall(r"\s*\S+", text) for text in (before, after))
    first = _common(olds, news)
    last = _common(olds[first:][::-1], news[first:][::-1])
    return _part(olds, first, last), _part(news, first, last)


def _common(olds: list[str], news: list[str]) -> int:
    """How many words are the same from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))


def _part(words: list[str], first: int, last: int) -> Part:
    until = len(words) - last
    start, differs, end = ("".join(each) for each in (words[:first], words[first:until], words[until:]))
    return Part(
        start if len(start) <= AROUND else f"…{start[-AROUND:].partition(' ')[2]}",
        differs if len(differs) <= MOST else f"{differs[:MOST]}…",
        end if len(end) <= AROUND else f"{end[:AROUND].rpartition(' ')[0]}…",
    )
