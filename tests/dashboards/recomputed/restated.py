"""A file in which OMB publishes some figures anew, and the history after it."""

import csv
from dataclasses import replace
from pathlib import Path

from tests.dashboards.recomputed import history, words
from tests.dashboards.recomputed.checks import History
from tests.dashboards.recomputed.history import QUESTIONS, Quarter, Row
from tests.dashboards.recomputed.scores import Group

QUARTER: Quarter = (2021, 2)
HISPS = ("treas-irs", "va-vha")
NAME = "restated.csv"
_ANSWERS = range(1, 6)


def rows(past: History) -> dict[int, Row]:
    """By line: of each of the HISPs the first survey of the quarter is restated, the others stay."""
    found = {}
    for hisp in HISPS:
        row = past.group(QUARTER, hisp=hisp)[0]
        one, two, three, four, five = row.answers["satisfaction"]
        counts = (one + 7, two, three, four, five + 1000)
        answers = {**row.answers, "satisfaction": counts, "trust": row.answers["trust"][::-1]}
        new = replace(row, customers=(row.customers or 0) + 447, answers=answers)
        scores = {slug: words.score(Group([new]).found(slug, "pooled").value) for slug in QUESTIONS}
        found[row.line] = replace(new, published=scores)
    return found


def after(past: History) -> History:
    own = rows(past)
    return History([own.get(row.line, row) for row in past.rows])


def written(past: History, folder: Path) -> Path:
    """OMB's rows of these HISPs for the quarter, with some restated."""
    new, whole = rows(past), {row.line for hisp in HISPS for row in past.group(QUARTER, hisp=hisp)}
    lines = [(number, line) for number, line in enumerate(history.lines(), start=2) if number in whole]
    path = folder / NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0][1]))
        writer.writeheader()
        writer.writerows(_line(line, new[number]) if number in new else line for number, line in lines)
    return path


def _line(line: dict[str, str], row: Row) -> dict[str, str]:
    told = {history.VOLUMES["customers"]: str(row.customers)}
    for number, slug in enumerate(QUESTIONS, start=1):
        counts = row.answers.get(slug, (0,) * 5)
        told |= {f"q{number}_{answer}": str(count) for answer, count in zip(_ANSWERS, counts, strict=True)}
        told[f"q{number}_point_scale"] = row.published[slug]
    return {**line, **told}
