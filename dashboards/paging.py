"""A list that may be long, newest first, so many at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet

from dashboards import formats

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
    """`page` as it stands in the address; what is no page leads to the first or the last. 2 queries, and what `made`
    asks for the rows of the page."""
    found = Paginator(stored, ON_A_PAGE).get_page(page)
    return Paged(
        rows=tuple(made(list(found))),
        number=formats.counted(found.paginator.count, noun),
        page=found.number,
        pages=found.paginator.num_pages,
        newer=found.number - 1,
        older=found.number + 1 if found.has_next() else 0,
    )
