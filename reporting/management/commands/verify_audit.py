"""Walks the log from its first event to its last, and says whether anything was changed, removed or slipped in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting import events


class Command(BaseCommand):
    help = "Checks the chain of events. Prints its length and last hash, or the first fault and exits with 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="A last hash that was noted earlier; it must still be there.")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        verdict = events.verify(head.strip().lower())
        if not verdict.is_whole:
            raise CommandError(events.sentence(verdict))
        self.stdout.write(f"{events.sentence(verdict)} Last hash: {verdict.head or 'none'}")
