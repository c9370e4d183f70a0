"""Reads OMB's published collections file (or our own collections.csv) into published submissions."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.history.load import Import, load
from reporting.history.publish import File, NotImported
from reporting.history.read import normalization_counts

LARGEST = 100 * 1024 * 1024  # bytes; the published files are under 1 MB


class Command(BaseCommand):
    help = "Publishes the figures of a file that OMB published before. Safe to repeat; all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="collections file (CSV)")
        parser.add_argument("--ratings", type=Path, help="OMB’s ratings and reflections for the same rows (CSV)")

    def handle(self, *args: Any, file: Path, ratings: Path | None, **options: Any) -> None:
        try:
            done = load(_file(file), _file(ratings) if ratings else None)
        except NotImported as refusal:
            self.stderr.write("\n".join(refusal.sentences))
            count = len(refusal.sentences)
            raise CommandError(f"Nothing was saved: {count} problem{'s' * (count > 1)}.") from None
        for line in _told(done):
            self.stdout.write(line)


def _file(path: Path) -> File:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path} is larger than 100 MB, which no published file is. Nothing was saved.")
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} could not be read: {error.strerror}. Nothing was saved.") from None


def _told(done: Import) -> list[str]:
    outcome = done.outcome
    quarters = sorted({row.quarter for row in done.rows})
    saved = [f"{_many(len(outcome.published), 'submission')} published", f"{len(outcome.restated)} restated"]
    return [
        f"Read {_many(len(done.rows), 'row')} for {_many(len(quarters), 'quarter')}, {quarters[0]} to {quarters[-1]}.",
        *(f"Created in the registry: {entry}." for entry in done.created),
        *_counted("Normalized", normalization_counts(done.rows)),
        *_counted("Flagged", outcome.flagged),
        f"Compared {_many(outcome.scores, 'published score')}: "
        f"{outcome.scores - len(outcome.score_problems):,} are exactly what the counts give.",
        *(f"{batch}, {problem.cell}, {problem.label}: {problem.found}" for batch, problem in outcome.score_problems),
        *(f"No row for the rating on line {rating.line}: {rating.name}." for rating in done.unmatched),
        *(f"Restated: {batch}: {_listed(differing)}." for batch, differing in outcome.restated),
        f"{', '.join(saved)}; {_many(len(outcome.unchanged), 'submission')} unchanged.",
    ]


def _counted(verb: str, counts: Any) -> list[str]:
    """One line for each kind, the most frequent first."""
    return [f"{verb}: {count:,} × {kind}." for kind, count in Counter(counts).most_common()]


def _listed(things: list[str], most: int = 3) -> str:
    more = [f"and {len(things) - most} more"] if len(things) > most else []
    return "; ".join([*things[:most], *more])


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
