"""A question as asked beside the official statement of its domain: the same, or which words differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reporting.domains import DOMAIN_BY_SLUG

_TOKENS = re.compile(r"\[[^\]]*\]\S*|\S+")  # words, and [Program/Service name] as one
_BLANK = "[]"  # to be filled in: any words stand for it
_MOST_WORDS = 120  # what is longer is no wording of a statement; comparing it word by word would only take time


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class Wording:
    """Both texts in pieces. `is_official`: nothing differs but case, punctuation and the name filled in."""

    official: tuple[Piece, ...]
    asked: tuple[Piece, ...]

    @property
    def is_official(self) -> bool:
        return not any(piece.differs for piece in (*self.official, *self.asked))


def compared(domain: str, asked: str) -> Wording | None:
    """Beside the closest of the domain's official statements; None for an agency's own question or without words."""
    official = DOMAIN_BY_SLUG.get(domain)
    if official is None or not asked.strip():
        return None
    found = [_wording(statement, asked) for statement in (official.statement, *official.also)]
    return min(found, key=_distance)


def _wording(official: str, asked: str) -> Wording:
    left, right = _TOKENS.findall(official), _TOKENS.findall(asked)
    if len(right) > _MOST_WORDS:
        return Wording((Piece(official, True),), (Piece(asked, True),))
    matcher = SequenceMatcher(None, [_key(word) for word in left], [_key(word) for word in right], autojunk=False)
    before, after = [], []
    for kind, i, j, k, m in matcher.get_opcodes():
        differs = kind != "equal" and not (kind == "replace" and [_key(word) for word in left[i:j]] == [_BLANK])
        before += _piece(left[i:j], differs)
        after += _piece(right[k:m], differs)
    return Wording(tuple(before), tuple(after))


def _piece(words: Sequence[str], differs: bool) -> list[Piece]:
    return [Piece(" ".join(words), differs)] if words else []


def _key(word: str) -> str:
    return _BLANK if word.startswith("[") else re.sub(r"[\W_]+", "", word.casefold()) or word


def _distance(wording: Wording) -> int:
    return sum(len(piece.text) for piece in (*wording.official, *wording.asked) if piece.differs)
