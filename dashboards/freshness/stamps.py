"""The stamp of all pages and the edition of all files."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from dashboards.freshness import facts
from dashboards.freshness.code import code

# Kept by everybody and asked about each time: a publication shows at once, and a 304 costs next to nothing.
ALWAYS_ASK = "public, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Stamp:
    """Two equal stamps: the same address gives the same page. `at`: when something last changed."""

    text: str
    at: datetime

    def tag(self, address: str) -> str:
        """The ETag of the page at an address. Weak: compressed or not, it is the same page."""
        told = hashlib.blake2b(f"{self.text}\n{address}".encode(), key=_key(), digest_size=15)
        return f'W/"{told.hexdigest()}"'


@dataclass(frozen=True)
class Edition:
    """Two equal editions: the same file has the same bytes. `publication` is 0 before the first, `changed_at` None
    while there is nothing."""

    text: str
    publication: int
    changed_at: datetime | None

    def tag(self, *parts: str) -> str:
        """The ETag of the file that these parts tell. Strong: a download may be resumed."""
        told = "\n".join((self.text, *parts))
        return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def read() -> Stamp:
    """As of now. 1 query."""
    now = timezone.now()
    found = facts.of_pages(now)
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    changed = max([*facts.moments(found), today, code().at])
    return Stamp(_told(*found, today.date()), changed.astimezone(UTC))


def edition() -> Edition:
    """As of now. 1 query."""
    found = facts.of_files()
    return Edition(_told(*found), found[0] or 0, max(facts.moments(found), default=None))


def _told(*found: object) -> str:
    return "|".join(str(one) for one in (*found, code().text))


def _key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode()).digest()
