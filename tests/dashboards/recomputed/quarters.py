"""What a page says of a quarter as a whole: who was in time, how complete reports are, and what stands out."""

import csv
from datetime import datetime
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from hisps import names
from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import Page
from tests.dashboards.recomputed.history import RATINGS, Quarter, Row, due, lines
from tests.dashboards.recomputed.page import Element
from tests.dashboards.recomputed.scores import Found, Group

EASTERN = ZoneInfo("America/New_York")


def days_late(rows: list[Row]) -> int:
    """From the due day, 30 days after the quarter, to the first entry; in US Eastern."""
    entered = min(datetime.fromisoformat(row.entered) for row in rows)
    return max((entered.astimezone(EASTERN).date() - due(rows[0].quarter)).days, 0)


def by_hisp(page: Page) -> dict[str, Group]:
    return {row.hisp: page.past.group(page.quarter, **{**page.of, "hisp": row.hisp}) for row in page.group()}


def fact(page: Page, name: str) -> list[str] | None:
    """How many HISPs were in time, and how many late; None for any other name."""
    if not name.startswith("Published, "):
        return None
    late = sum(1 for own in by_hisp(page).values() if days_late(own))
    return {
        "Published, submitted in time": [words.count(len(by_hisp(page)) - late)],
        "Published, submitted late": [words.count(late)],
    }.get(name)


@cache
def reflections() -> set[tuple[str, ...]]:
    """Which surveys OMB's other file has a reflection for."""
    columns = ("fiscal_year", "quarter", "organization_name", "service_provider_name", "service_name")
    with RATINGS.open(encoding="utf-8-sig", newline="") as file:
        return {
            tuple(names.key(line[column]) for column in (*columns, "service_provided"))
            for line in csv.DictReader(file)
            if line["reflection"].strip()
        }


@cache
def reflected() -> set[int]:
    """Lines of the collections file whose survey has one."""
    columns = ("collection_year", "collection_quarter", "organization_name", "service_provider_name", "service_name")
    return {
        number
        for number, line in enumerate(lines(), start=2)
        if tuple(names.key(line[column]) for column in (*columns, "service_provided")) in reflections()
    }


def is_complete(rows: list[Row]) -> bool:
    """At least one survey with answers on satisfaction and trust and all its volumes; and a reflection."""
    full = any({"satisfaction", "trust"} <= row.answers.keys() and row.customers and row.offered and row.respondents
               for row in rows)  # fmt: skip
    return full and any(row.line in reflected() for row in rows)


def marks(page: Page) -> None:
    for box in page.main.every("ul", "marks"):
        complete = sum(is_complete(own) for own in by_hisp(page).values())
        told = {"Complete": complete, "Partly complete": len(by_hisp(page)) - complete}
        for line in box.every("li"):
            name = next(name for name in ("Partly complete", "Complete") if name in line.text)
            page.says(line, words.count(told[name]), what="beside a mark")


def heaviest(rows: list[Row]) -> tuple[int, int, str]:
    """How few surveys hold nine tenths of the answers on satisfaction, of how many that have any, and their share."""
    sizes = sorted((sum(row.answers.get("satisfaction", ())) for row in rows), reverse=True)
    sizes = [size for size in sizes if size]
    if not sizes:
        return 0, 0, ""
    number = next(n for n in range(1, len(sizes) + 1) if 10 * sum(sizes[:n]) >= 9 * sum(sizes))
    return number, len(sizes), words.share(Fraction(sum(sizes[:number]), sum(sizes))) or ""


def weight(page: Page) -> None:
    for note in page.main.every("p", "methods-note"):
        if " of the answers" in note.text:
            number, of, held = heaviest(page.group())
            page.says(note, f"{number} of {of} surveys", f"{held} of the answers")


def highlights(page: Page) -> None:
    boxes = {card.first("h3").text: card for card in page.main.every("li", "highlight")}  # type: ignore[union-attr]
    if not boxes:
        return
    moved = _moved(page)
    if moved:
        _move(page, boxes["Largest rise"], max(moved.values(), key=lambda one: one[0]))
        _move(page, boxes["Largest fall"], min(moved.values(), key=lambda one: one[0]))
    scores = [page.group().found(slug, page.method).value for slug in page.group().with_score(page.method)]
    highest, lowest = (words.score(pick(value for value in scores if value is not None)) for pick in (max, min))
    page.says(boxes["Highest and lowest domain"], highest, lowest)
    for note in page.main.every("p", "muted"):
        if note.text.startswith("Rise and fall"):
            page.holds(note.text.replace("least 30 answers", ""), words.counted(len(moved), "HISP"))
            note.seen = True


Moved = tuple[Fraction, Found, Found, int]


def _moved(page: Page) -> dict[str, Moved]:
    """Of each HISP whose surveys of both quarters have the same domains, with 30 answers to each both times."""
    found = {}
    assert page.quarter is not None
    older: Quarter | None = page.older
    for hisp in by_hisp(page):
        if older is None or not page.past.group(older, hisp=hisp):
            continue
        now, then = page.past.same(page.quarter, older, (("hisp", hisp),))
        domains = now.with_score(page.method)
        firm = all(group.found(slug, page.method).answers >= 30 for group in (now, then) for slug in domains)
        if domains and domains == then.with_score(page.method) and firm:
            one, other = now.combined(page.method), then.combined(page.method)
            found[hisp] = ((one.value or Fraction(0)) - (other.value or Fraction(0)), one, other, len(now))
    return found


def _move(page: Page, box: Element, moved: Moved) -> None:
    _, now, then, surveys = moved
    margin = ""
    if now.margin is not None and then.margin is not None:
        margin = words.margin(words.root(now.margin**2 + then.margin**2), at_most=True)
    change = words.change(now.value, then.value)
    page.says(box, change, words.score(then.value), words.score(now.value), words.counted(surveys, "survey"), margin)
