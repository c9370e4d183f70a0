"""Fills an empty database with the published figures; repeating it adds only what is missing."""

from datetime import datetime

from django.db import transaction

from hisps.models import Hisp
from reporting.contents import Contents
from reporting.demo import read
from reporting.demo.read import FOLDER, Place
from reporting.history.publish import Batch, File, Outcome, publish
from reporting.models import Submission


@transaction.atomic
def published_figures() -> int:
    """Publishes the tables beside this module, where a HISP has nothing for the quarter yet. Returns how many
    submissions that made. The registry must be loaded."""
    surveys, operations = read.surveys(), read.operations()
    made = [
        _publish(surveys, "surveys", read.entered()),
        _publish(operations, "indexes", {}, "metrics"),
    ]
    return sum(len(outcome.published) for outcome in made)


def _publish(
    figures: dict[Place, Contents],
    table: str,
    entered: dict[Place, tuple[datetime, datetime]],
    *others: str,
) -> Outcome:
    hisps = {hisp.slug: hisp for hisp in Hisp.objects.all()}
    here = {(s.hisp.slug, s.quarter.fiscal) for s in Submission.objects.select_related("hisp", "quarter")}
    batches = [
        _batch(hisps[place[0]], place, contents, entered.get(place))
        for place, contents in sorted(figures.items(), key=lambda item: (item[0][1], item[0][0]))
        if place not in here
    ]
    return publish(batches, _file(table), *map(_file, others))


def _batch(hisp: Hisp, place: Place, contents: Contents, entered: tuple[datetime, datetime] | None) -> Batch:
    first, last = entered or (None, None)
    lines = {cell.row for survey in contents.surveys for cell in survey.places.values()}
    origin = _in_lines(min(lines), max(lines)) if lines else f"the rows of {place[1]}"
    return Batch(hisp, place[1], contents, origin, first, last)


def _in_lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _file(table: str) -> File:
    path = FOLDER / f"{table}.csv"
    return File(f"published-{path.name}", path.read_bytes())
