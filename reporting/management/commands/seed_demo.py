"""Makes the demonstration: registry, published figures, an open quarter with work in it, people to sign in as."""

from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from reporting.demo import people, seed, work
from reporting.fiscal import FiscalQuarter
from reporting.quarters import open_quarter


class Command(BaseCommand):
    help = "Fills the database for a demonstration. Safe to repeat. Refused unless DEBUG is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="Where it is served, for the addresses.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demonstration has known passwords, so it is refused unless DEBUG=true is set.")
        for command in ("load_registry", "sync_roles"):
            call_command(command, stdout=StringIO())
        made = seed.published_figures()
        fiscal = FiscalQuarter.containing(timezone.localdate()).previous
        quarter, _ = open_quarter(fiscal, by=None)
        accounts = people.accounts()
        work.in_progress(quarter, accounts)
        self.stdout.write(f"Published figures: {made} submissions added. Open quarter: {quarter}.\n\n")
        self.stdout.write(people.sheet(options["site"]))
