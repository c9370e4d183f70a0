"""Writes the prefilled workbook of a HISP and quarter to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models import Expectation, Quarter
from reporting.prefill import file_name, workbook_for


class Command(BaseCommand):
    help = "Writes the prefilled workbook of a HISP and quarter, such as: build_template va-vha 2021-q3 -o vha.xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hisp", help="The HISP's slug, such as va-vha.")
        parser.add_argument("quarter", help="Such as 2021-q3; it must be open.")
        parser.add_argument("-o", "--output", type=Path, help="The file to write; a good name is chosen without it.")

    def handle(self, *args: Any, **options: Any) -> None:
        hisp, quarter = self._expected(options["hisp"], options["quarter"])
        path = options["output"] or Path(file_name(hisp, quarter))
        try:
            path.write_bytes(workbook_for(hisp, quarter))
        except OSError as error:
            raise CommandError(f"Could not write {path}: {error.strerror}.") from error
        self.stdout.write(f"Wrote {path}: the workbook of {hisp} for {quarter}.")

    def _expected(self, slug: str, text: str) -> tuple[Hisp, Quarter]:
        try:
            fiscal = FiscalQuarter.parse(text)
            expectation = Expectation.objects.select_related("hisp__department", "quarter").get(
                hisp=Hisp.objects.get(slug=slug), quarter=Quarter.objects.at(fiscal)
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        except Hisp.DoesNotExist as error:
            raise CommandError(f"There is no HISP “{slug}”. The admin lists them all.") from error
        except Quarter.DoesNotExist as error:
            raise CommandError(f"{fiscal} is not open. Open it first: manage.py open_quarter {fiscal.slug}") from error
        except Expectation.DoesNotExist as error:
            raise CommandError(f"“{slug}” is not expected to report for {fiscal}.") from error
        return expectation.hisp, expectation.quarter
