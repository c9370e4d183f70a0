"""What an address asks of the board: which HISPs, in which order, which page. What it asks in vain is said, not
refused: the address may be an old one that somebody kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from reporting.board.standing import PILES

SORTS: dict[str, str] = {"turn": "Next step", "name": "HISP", "state": "State", "due": "Due"}
DEFAULT_SORT = "turn"
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Asked:
    """`show`: a pile, or "" for every HISP; `sort`: a key of SORTS, backwards with a leading "-"; `page` from 1.
    `in_vain`: sentences on what the address asked that there is not."""

    show: str = ""
    words: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1
    in_vain: tuple[str, ...] = field(default=(), compare=False)

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_backwards(self) -> bool:
        return self.sort.startswith("-")

    @property
    def narrows(self) -> bool:
        return bool(self.show or self.words)

    def address(self, **changes: Any) -> str:
        """The same question with changes, from the first page; what is usual is left out."""
        other = replace(self, **{"page": 1, **changes})
        sent = {"show": other.show, "q": other.words, "sort": other.sort, "p": other.page}
        usual = {"show": "", "q": "", "sort": DEFAULT_SORT, "p": 1}
        return f"?{urlencode({name: value for name, value in sent.items() if value != usual[name]})}"


def read(query: Mapping[str, str]) -> Asked:
    in_vain: list[str] = []
    show, sort, page = query.get("show", ""), query.get("sort", "") or DEFAULT_SORT, query.get("p", "") or "1"
    if show and show not in PILES:
        in_vain.append(f"There is no filter “{_short(show)}”, so every HISP is listed.")
        show = ""
    if sort.removeprefix("-") not in SORTS:
        in_vain.append(f"The list cannot be sorted by “{_short(sort)}”, so it is in its usual order.")
        sort = DEFAULT_SORT
    if not (page.isascii() and page.isdigit() and len(page) < 6 and int(page)):
        in_vain.append(f"There is no page “{_short(page)}”, so this is the first.")
        page = "1"
    words = " ".join(query.get("q", "").split())[:LONGEST_SEARCH]
    return Asked(show, words, sort, int(page), tuple(in_vain))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
