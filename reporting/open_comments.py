"""How much is still talked about: open threads, counted where submissions are listed, and told before a decision."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reporting.models import Comment


def count() -> Coalesce:
    """Open threads about the HISP and quarter of the submission that a queryset is at."""
    opened = _opened().order_by().values("submission__quarter")
    return Coalesce(Subquery(opened.annotate(number=Count("cell", distinct=True)).values("number")), 0)


def exist() -> Exists:
    return Exists(_opened())


def _opened() -> QuerySet[Comment]:
    place = {"submission__hisp": OuterRef("hisp"), "submission__quarter": OuterRef("quarter")}
    return Comment.objects.filter(settled_at=None, **place)


def warning(number: int) -> str:
    """A sentence; blank where nothing is open."""
    words = {0: "", 1: "1 comment is still open."}
    return words.get(number, f"{number} comments are still open.")
