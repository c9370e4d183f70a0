"""A list that may be long, newest first, so many at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet

from dashboards import formats
from dashboards.scorecards.parts import Missing

ON_A_PAGE = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """`number`: how many there are in all, in words. `newer` and `older` are numbers of pages, 0 for none."""

    rows: tuple[T, ...]
    number: str
    page: int
    pages: int
    newer: int
    older: int


def paged(
    stored: "QuerySet[Any, Any]", page: str, noun: str, made: Callable[[Sequence[Any]], Iterable[T]]
) -> Paged[T]:
    """`page` as it stands in the address. Raises Missing for what is none. 2 queries, and what `made` asks for its
    rows."""
    paginator = Paginator(stored, ON_A_PAGE)
    try:
        found = paginator.page(page or 1)
    except InvalidPage:
        pages = formats.counted(paginator.num_pages, "page")
        raise Missing(f"There is no page “{page[:20]}” of this list. It has {pages}.") from None
    return Paged(
        rows=tuple(made(list(found))),
        number=formats.counted(found.paginator.count, noun),
        page=found.number,
        pages=found.paginator.num_pages,
        newer=found.number - 1,
        older=found.number + 1 if found.has_next() else 0,
    )
