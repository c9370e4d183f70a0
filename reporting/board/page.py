"""The board as a page: counts that filter, headings that sort, the rows that were asked for, and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from reporting.board.acts import Made, publications
from reporting.board.asked import DEFAULT_SORT, SORTS, Asked
from reporting.board.rows import Row, rows
from reporting.board.standing import MISSING, PILES, Standing, counts, standings
from reporting.board.turns import Turn, Viewer, place_in_line, turn
from reporting.models import Quarter, Submission

State = Submission.State
ROWS_ON_A_PAGE = 50  # all 38 HISPs of today on one
_QUIET = (State.WITHDRAWN.value,)  # piles that are shown only when something is in them
_STATES = ("submitted", "approved", "returned", "draft", MISSING, "published", "withdrawn", "superseded")
Placed = tuple[Standing, Turn]


@dataclass(frozen=True)
class Pile:
    """A count that filters the list."""

    slug: str
    label: str
    number: int
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Heading:
    """A column; `sorted` is the value of aria-sort, "" where the list is sorted by another."""

    label: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Board:
    """`found`: how many HISPs the filter and the search leave; `rows` are those of the page, the first of them with
    the number `first`; `owing`: how many HISPs owe figures, `remindable`: to how many of them a reminder can go."""

    quarter: Quarter
    viewer: Viewer
    asked: Asked
    piles: tuple[Pile, ...]
    headings: dict[str, Heading]
    rows: tuple[Row, ...]
    found: int
    total: int
    missing: tuple[str, ...]
    pages: tuple[tuple[int, str], ...]
    first: int
    owing: int
    remindable: int
    publications: tuple[Made, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def approved(self) -> int:
        return next((pile.number for pile in self.piles if pile.slug == State.APPROVED), 0)

    @property
    def page(self) -> int:
        return self.first // ROWS_ON_A_PAGE + 1


def board(quarter: Quarter, user: Any, asked: Asked) -> Board:
    viewer = Viewer.of(user)
    everybody = standings([quarter])[quarter.pk]
    placed = [(each, turn(each, quarter, viewer)) for each in everybody if _is_asked_for(each, asked)]
    placed.sort(key=_order(asked), reverse=asked.is_backwards)
    first = _first(asked, len(placed))
    here = placed[first : first + ROWS_ON_A_PAGE]
    return Board(
        quarter=quarter,
        viewer=viewer,
        asked=asked,
        piles=_piles(everybody, asked) if quarter.opened_at else _piles_of_history(everybody, asked),
        headings={column: _heading(column, asked) for column in SORTS},
        rows=tuple(rows(quarter, here)),
        found=len(placed),
        total=len(everybody),
        missing=tuple(each.name for each in everybody if each.state == MISSING),
        pages=_pages(asked, len(placed)),
        first=first + 1,
        owing=sum(each.owes for each in everybody),
        remindable=sum(each.owes and each.can_be_reminded for each in everybody),
        publications=publications(everybody),
    )


@dataclass(frozen=True)
class Summary:
    """A quarter in short, for the front page."""

    quarter: Quarter
    url: str
    piles: tuple[Pile, ...]


def summaries(quarters: Iterable[Quarter]) -> list[Summary]:
    """Two queries, however many quarters are open."""
    all_quarters = list(quarters)
    found = standings(all_quarters)
    return [_summary(quarter, found[quarter.pk]) for quarter in all_quarters]


def _summary(quarter: Quarter, everybody: list[Standing]) -> Summary:
    url = reverse("admin:reporting_quarter_change", args=[quarter.pk])
    return Summary(quarter, url, _piles(everybody, Asked(), url))


def _is_asked_for(standing: Standing, asked: Asked) -> bool:
    if asked.show and asked.show not in standing.piles:
        return False
    searched = f"{standing.name} {standing.abbreviation} {standing.slug} {standing.department}".casefold()
    return all(word in searched for word in asked.words.casefold().split())


def _order(asked: Asked) -> Any:
    """The key to sort by; names settle what is equal."""
    return {
        "turn": lambda placed: place_in_line(*placed),
        "name": lambda placed: placed[0].name.casefold(),
        "state": lambda placed: (_state_order(placed[0].state), placed[0].name.casefold()),
        "due": lambda placed: (placed[0].due_at, placed[0].name.casefold()),
    }[asked.column]


def _state_order(state: str) -> int:
    return _STATES.index(state) if state in _STATES else len(_STATES)


def _piles(everybody: list[Standing], asked: Asked, url: str = "") -> tuple[Pile, ...]:
    return tuple(
        Pile(slug, PILES[slug], number, url + asked.address(show=slug), slug == asked.show)
        for slug, number in counts(everybody).items()
        if number or slug not in _QUIET or slug == asked.show
    )


def _piles_of_history(everybody: list[Standing], asked: Asked) -> tuple[Pile, ...]:
    """Nobody was expected, so nobody is late or missing: only what there is."""
    return tuple(pile for pile in _piles(everybody, asked) if pile.number or pile.is_current)


def _heading(column: str, asked: Asked) -> Heading:
    """Sorts by the column, and the other way round when it is sorted by already; the usual order has one way."""
    if column != asked.column:
        return Heading(SORTS[column], asked.address(sort=column), "")
    if column == DEFAULT_SORT:
        return Heading(SORTS[column], asked.address(), "other")
    other_way = column if asked.is_backwards else f"-{column}"
    return Heading(SORTS[column], asked.address(sort=other_way), "descending" if asked.is_backwards else "ascending")


def _first(asked: Asked, found: int) -> int:
    """Index of the page's first row; of the last page, when there are not so many."""
    last_page = max((found - 1) // ROWS_ON_A_PAGE, 0)
    return min(asked.page - 1, last_page) * ROWS_ON_A_PAGE


def _pages(asked: Asked, found: int) -> tuple[tuple[int, str], ...]:
    """Number and address of every page; empty when there is one only."""
    pages = -(-found // ROWS_ON_A_PAGE)
    return tuple((page, asked.address(page=page)) for page in range(1, pages + 1)) if pages > 1 else ()
