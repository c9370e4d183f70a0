"""Checks a filled workbook from the shell: the very check that the upload page runs."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.checked import Checked, check
from reporting.workbook.cells import ERROR, SEVERITIES, Problem, summary
from reporting.workbook.rules.version import rules_version


class Command(BaseCommand):
    help = "Checks a filled workbook and prints every problem. Exits with 0 only when nothing blocks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print a JSON object: problems and summary.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            if options["json"]:
                self.stdout.write(_as_json(Checked(None, [_unreadable(path, error)])))
            raise CommandError(f"Could not read {path}: {error.strerror}.", returncode=2) from error
        checked = check(data, path.name)
        self.stdout.write(_as_json(checked) if options["json"] else _as_text(checked))
        if checked.is_refused:
            raise SystemExit(1)


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(
        "file_missing",
        ERROR,
        f"Could not read {path}: {error.strerror}.",
        "A file that can be read.",
        "Check the path.",
    )


def _as_json(checked: Checked) -> str:
    problems = [problem.as_dict() for problem in checked.problems]
    stamp = checked.stamp
    made_for = {"hisp": stamp.hisp if stamp else None, "quarter": stamp.quarter.slug if stamp else None}
    verdict = {"accepted": not checked.is_refused, "rules_version": rules_version()}
    totals = {**made_for, **verdict, **summary(checked.problems)}
    return json.dumps({"problems": problems, "summary": totals}, indent=2, ensure_ascii=False)


def _as_text(checked: Checked) -> str:
    counts = ", ".join(f"{n} {SEVERITIES[severity].lower()}" for severity, n in summary(checked.problems).items() if n)
    verdict = "This workbook cannot be accepted yet" if checked.is_refused else "This workbook can be submitted"
    return "\n".join([*map(_line, checked.problems), f"{verdict}: {counts or 'nothing was found'}."])


def _line(problem: Problem) -> str:
    place = f"{problem.cell}: " if problem.cell else ""
    return f"[{SEVERITIES[problem.severity]}] {place}{problem.message}"
