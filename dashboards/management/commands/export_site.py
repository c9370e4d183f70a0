"""`manage.py export_site DIR`: the public side as files, for any web server or object store (docs/static-site.md)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboards import freshness, static_site

_TOLD_EACH = 100


class Command(BaseCommand):
    help = "Write every public page, file and chart into a folder. Run again, it writes only what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="An empty folder, or that of the last run.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        settings.ALLOWED_HOSTS = ["*"]  # what is asked here, we ask ourselves
        try:
            for written in static_site.passes(folder, lambda: freshness.read().text, self._tell):
                self._report(folder, written)
        except static_site.Refused as refused:
            raise CommandError(str(refused)) from refused
        if written.missing:
            raise CommandError(f"{len(written.missing)} addresses did not answer: {', '.join(written.missing[:5])}")

    def _tell(self, done: int, known: int) -> None:
        if done % _TOLD_EACH == 0 or done == known:
            self.stdout.write(f"{done:,} of {known:,} addresses")

    def _report(self, folder: Path, written: static_site.Written) -> None:
        self.stdout.write(
            f"{folder}: {written.files:,} files; {written.new:,} new, {written.changed:,} changed, "
            f"{written.unchanged:,} as they were, {written.removed:,} removed."
        )
