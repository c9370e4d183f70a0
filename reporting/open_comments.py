"""How much is still talked about: open threads, counted where submissions are listed, and told before a decision."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from reporting.models import Comment


def count() -> Coalesce:
    """Open threads about the HISP and quarter of the submission that a queryset is at."""
    place = {"submission__hisp": OuterRef("hisp"), "submission__quarter": OuterRef("quarter")}
    opened = Comment.objects.filter(settled_at=None, **place).order_by().values("submission__quarter")
    return Coalesce(Subquery(opened.annotate(number=Count("cell", distinct=True)).values("number")), 0)


def warning(number: int) -> str:
    """A sentence; blank where nothing is open."""
    words = {0: "", 1: "1 comment is still open."}
    return words.get(number, f"{number} comments are still open.")
