"""The quarter that can be opened next, and what opening it will mean."""

from dataclasses import dataclass

from django.utils import timezone

from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter


@dataclass(frozen=True)
class Upcoming:
    """`hisps`: how many will be expected; `has_begun`: whether it can be opened today."""

    fiscal: FiscalQuarter
    hisps: int
    has_begun: bool


def upcoming() -> Upcoming:
    """The quarter after the newest that was opened; else the one that has ended last."""
    newest = Quarter.objects.filter(opened_at__isnull=False).first()
    fiscal = newest.fiscal.next if newest else FiscalQuarter.containing(timezone.localdate()).previous
    designated = Hisp.objects.designated(fiscal.first_day, fiscal.last_day).count()
    return Upcoming(fiscal, designated, fiscal.first_day <= timezone.localdate())
