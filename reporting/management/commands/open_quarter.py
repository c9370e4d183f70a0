"""Opens a quarter: one act that creates what is expected from every designated HISP."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reporting.fiscal import FiscalQuarter
from reporting.quarters import open_quarter
from reporting.transitions import Refused


class Command(BaseCommand):
    help = "Opens a quarter, such as 2021-q3, and expects figures from every HISP designated in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", help="Such as 2021-q3.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fiscal = FiscalQuarter.parse(options["quarter"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        try:
            quarter, added = open_quarter(fiscal, by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        due = timezone.localtime(quarter.due_at)
        self.stdout.write(
            f"{quarter} is open, due {due:%B %-d, %Y}, 11:59 PM Eastern. "
            f"{quarter.expectations.count()} HISPs are expected to report, {len(added)} of them added now."
        )
