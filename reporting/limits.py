"""How often one person may do what costs us much, or what is guessed at: counted in rows, so that all workers and
machines count together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from reporting.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `most` within `period`."""

    kind: str
    most: int
    period: timedelta


def uploads() -> Limit:
    """Of one person. Each is read by a process of its own, for up to 10 seconds of CPU."""
    return Limit("upload", settings.UPLOADS_PER_HOUR, timedelta(hours=1))


def sign_ins() -> Limit:
    """With one username from one network. Both, so that few guesses from elsewhere lock nobody out."""
    return Limit("sign_in", settings.BAD_SIGN_INS, timedelta(minutes=15))


def sign_ins_from_anywhere() -> Limit:
    """With one username: against guessing from many addresses. So many lock out the person herself, for an hour."""
    return Limit("sign_in_from_anywhere", settings.BAD_SIGN_INS * 10, timedelta(hours=1))


def requests_for_access() -> Limit:
    """From one network, far below what a department's HISPs may be asked for: nobody uses that up alone."""
    return Limit("ask_for_access", 5, timedelta(hours=1))


def take(limit: Limit, *who: str) -> datetime | None:
    """Counts one attempt; when that is one too many, the moment from which the next may be made.

    The row comes first and is counted after: of attempts made at the same time no more than `most` get through.
    """
    now = timezone.now()
    Attempt.objects.filter(kind=limit.kind, at__lte=now - limit.period).delete()
    made = Attempt.objects.create(kind=limit.kind, key=_key(who), at=now)
    counted = Attempt.objects.filter(kind=limit.kind, key=made.key, at__gt=now - limit.period, pk__lt=made.pk)
    earlier = list(counted.order_by("-pk").values_list("at", flat=True)[: limit.most])
    if len(earlier) < limit.most:
        return None
    made.delete()  # who asks again and again does not wait longer for it
    return earlier[-1] + limit.period


def in_words(again_at: datetime) -> str:
    """“at 3:42 PM Eastern”, rounded up: whoever tries then is not refused again."""
    return f"at {timezone.localtime(again_at + timedelta(seconds=59)):%-I:%M %p} Eastern"


def forget(limit: Limit, *who: str) -> None:
    Attempt.objects.filter(kind=limit.kind, key=_key(who)).delete()


def _key(who: tuple[str, ...]) -> str:
    return sha256("\0".join(who).encode()).hexdigest()
