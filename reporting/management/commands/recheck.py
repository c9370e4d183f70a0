"""Runs today's checks on the stored workbooks of a quarter and says what they would say now. Changes nothing."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hisps.models import Hisp
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter, Upload
from reporting.recheck import Recheck, of_history, recheck, uploads
from reporting.workbook import reader
from reporting.workbook.cells import SEVERITIES, Problem
from reporting.workbook.rules.version import rules_version

UNKNOWN = 2  # exit status for a quarter or a HISP that is not there


class Command(BaseCommand):
    help = "Runs today’s checks on the stored workbooks of a quarter, such as: recheck 2021-q3. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", help="Such as 2021-q3.")
        parser.add_argument("--hisp", default="", help="Only this one, by its slug, such as va-vha.")
        parser.add_argument(
            "--all", action="store_true", help="Every upload, not only the one of each HISP that stands."
        )
        parser.add_argument("--json", action="store_true", help="Print a JSON object: uploads and summary.")

    def handle(self, *args: Any, **options: Any) -> None:
        quarter = _quarter(options["quarter"])
        if options["hisp"] and not Hisp.objects.filter(slug=options["hisp"]).exists():
            raise CommandError(f"There is no HISP “{options['hisp']}”. The admin lists them all.", returncode=UNKNOWN)
        chosen = uploads(quarter, hisp=options["hisp"], every=options["all"])
        done = []
        for number, upload in enumerate(chosen, start=1):
            done.append(_rechecked(upload))
            self._tell(f"[{number}/{len(chosen)}]", done[-1], options["json"])
        left_out = 0 if options["hisp"] else of_history(quarter)
        if options["json"]:
            self.stdout.write(_as_json(quarter, done, left_out))
        else:
            self.stdout.write(_summary(quarter, done, left_out))

    def _tell(self, progress: str, done: Recheck, is_json: bool) -> None:
        """Each as soon as it is done; with --json to the error stream, which leaves the object whole."""
        stream = self.stderr if is_json else self.stdout
        lines = [_line(done), *([] if is_json else _findings(done))]
        stream.write(f"{progress} " + "\n".join(lines))
        stream.flush()


def _quarter(text: str) -> Quarter:
    try:
        fiscal = FiscalQuarter.parse(text)
        return Quarter.objects.at(fiscal)
    except ValueError as error:
        raise CommandError(str(error), returncode=UNKNOWN) from error
    except Quarter.DoesNotExist as error:
        raise CommandError(
            f"Nothing was ever reported for {fiscal}: it was not opened.", returncode=UNKNOWN
        ) from error


def _rechecked(upload: Upload) -> Recheck:
    try:
        return recheck(upload)
    except reader.Unavailable as error:
        raise CommandError("Workbooks cannot be read right now. Try again in a minute.") from error


def _line(done: Recheck) -> str:
    upload = done.upload
    rules = f", rules {upload.rules_version}" if upload.rules_version else ""
    sent = f"{timezone.localtime(upload.at):%B %-d, %Y}, then {upload.get_outcome_display().lower()}{rules}"
    return f"{upload.hisp.slug if upload.hisp else ''}: “{upload.name}” ({sent}): {done.verdict}"


def _findings(done: Recheck) -> list[str]:
    return [f"    {sign} {_told(problem)}" for sign, found in (("+", done.new), ("-", done.gone)) for problem in found]


def _told(problem: Problem) -> str:
    place = f"{problem.cell}: " if problem.cell else ""
    return f"[{SEVERITIES[problem.severity]}] {place}{problem.message}"


def _summary(quarter: Quarter, done: list[Recheck], left_out: int) -> str:
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(each.kind for each in done).items()))
    count = f"{len(done)} upload{'' if len(done) == 1 else 's'} of {quarter}"
    history = f" {left_out} of published history left out." if left_out else ""
    return (
        f"{count} checked with rules {rules_version()}{f': {kinds}' if kinds else ''}.{history} Nothing was changed."
    )


def _as_json(quarter: Quarter, done: list[Recheck], left_out: int) -> str:
    kinds = Counter(each.kind.replace(" ", "_") for each in done)
    summary = {"uploads": len(done), **dict(sorted(kinds.items())), "history_left_out": left_out}
    told = {"quarter": quarter.slug, "rules_version": rules_version(), "uploads": [_as_dict(each) for each in done]}
    return json.dumps({**told, "summary": summary}, indent=2, ensure_ascii=False)


def _as_dict(done: Recheck) -> dict[str, Any]:
    upload = done.upload
    return {
        "upload": upload.pk,
        "hisp": upload.hisp.slug if upload.hisp else None,
        "name": upload.name,
        "sha256": upload.sha256,
        "sent_at": upload.at.isoformat(),
        "rules_version": upload.rules_version,
        "was_accepted": not done.was_refused,
        "is_accepted": None if done.unread else not done.is_refused,
        "verdict": done.verdict,
        "new": [problem.as_dict() for problem in done.new],
        "gone": [problem.as_dict() for problem in done.gone],
    }
