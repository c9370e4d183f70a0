"""The charts of a page: title, how to read it, the table of its numbers, and the words within the drawing."""

import re
from fractions import Fraction

from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import NAMES, Page, before, label
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.page import Element, Table, figures, table
from tests.dashboards.recomputed.scores import Found

# How to read the drawing.
_READING = re.compile(r"fewer than 30 answers|scale begins at [1-4](?:\.5)?\b")


def every(page: Page, slug: str) -> None:
    """`slug`: what the page is about where a chart does not say it."""
    for figure in page.main.every("figure", "picture"):
        title, note, drawn = figure.first(of_class="picture__title"), figure.first(of_class="picture__note"), figure
        assert title is not None
        assert note is not None
        numbers = figure.first("table")
        shown = table(numbers) if numbers else None
        kind = next((name for name in ("answers", "funnel", "dots", "multiples", "trend") if _has(drawn, name)), "")
        {"answers": _answers, "funnel": _people, "dots": _hisps, "multiples": _domains, "trend": _trend}[kind](
            page, title, note, shown, slug
        )
        if numbers:
            page.done.add(id(numbers))
        for each in figure.every(of_class="visually-hidden"):
            each.seen = title.text in each.text or not figures(each.text)


def _has(figure: Element, kind: str) -> bool:
    return any(kind in picture.classes for picture in figure.every("svg"))


def _said(page: Page, note: Element, *phrases: str) -> None:
    page.holds(_READING.sub("", note.text), *phrases, what="in the note of a chart")
    note.seen = True


def _answers(page: Page, title: Element, note: Element, shown: Table | None, slug: str) -> None:
    _said(page, note)
    for heading, cells in shown.lines if shown else []:
        found = page.group().found(NAMES[heading.text], page.method)
        parts = [*found.counts, found.counts[3] + found.counts[4]]
        page.says(cells[0], words.count(sum(found.counts)))
        for cell, part in zip(cells[1:], parts, strict=True):
            page.says(cell, words.count(part), words.share(Fraction(part, sum(found.counts))))


def _people(page: Page, title: Element, note: Element, shown: Table | None, slug: str) -> None:
    group = page.group()
    whole = [row for row in group if None not in (row.customers, row.offered, row.respondents)]
    customers, offered, responded = (
        sum(getattr(row, name) for row in whole) for name in ("customers", "offered", "respondents")
    )
    every = {1: "One survey", 2: "Both surveys"}.get(len(group), f"All {len(group)} surveys")
    _said(page, note, f"{len(whole)} of {len(group)} surveys" if len(whole) < len(group) else every)
    told = [
        [words.count(customers)],
        [words.count(offered), one_in(offered, customers) + " customers"],
        [words.count(responded), one_in(responded, offered) + " of those offered", one_in(responded, customers)],
    ]
    assert shown is not None
    for (_, cells), phrases in zip(shown.lines, told, strict=True):
        page.says(cells[0], phrases[0])
        page.says(cells[1], *phrases[1:])


def one_in(part: int, whole: int) -> str:
    """As people say it: `1 in 24`, `4 in 10`; tenths above two in seven."""
    if part >= whole:
        return "all" if part == whole else "more than all"
    if part * 7 <= whole * 2:
        return f"1 in {int(words.half_up(Fraction(whole, part), 0)):,}"
    tenths = words.half_up(Fraction(10 * part, whole), 0)
    return "nearly all" if tenths == "10" else f"{tenths} in 10"


def _hisps(page: Page, title: Element, note: Element, shown: Table | None, slug: str) -> None:
    slug = next((NAMES[name] for name in NAMES if title.text.startswith(f"{name}:")), slug)
    by_hisp = {row.hisp: page.past.group(page.quarter, hisp=row.hisp) for row in page.group()}
    scores = {hisp: group.found(slug, page.method) for hisp, group in by_hisp.items()}
    known = [found for found in scores.values() if found.value is not None]
    page.says(title, f"{len(known)} provider")
    missing = re.search(r"(\d+) providers? without a score", note.text)
    _said(page, note, missing[1] if missing else "")
    page.told.update(words.score(found.value) for found in known)
    page.told.update(words.margin(found.margin).split(" ")[-1] for found in known)
    if shown is None:
        return
    names = {page.past.names[hisp]: found for hisp, found in scores.items()}
    if missing and int(missing[1]) != len(shown.lines) - len(known):
        page.wrong.append(f"{page.address}: {note.text}")
    for heading, cells in shown.lines:
        _line(page, cells, names.get(heading.text, Found(None)))


def _line(page: Page, cells: list[Element], found: Found) -> None:
    """Score, margin, answers, and why there is no score."""
    score, margin, answers, why = cells
    page.says(score, words.score(found.value))
    page.says(margin, words.half_up(found.margin, 2) if found.margin is not None else "")
    page.says(answers, words.count(found.answers))
    if bool(why.text) == (found.value is not None):
        page.wrong.append(f"{page.address}: “{why.text}” beside “{score.text}”")


def _trend(page: Page, title: Element, note: Element, shown: Table | None, slug: str) -> None:
    found = _over_time(page, note, [slug])
    if shown is None:
        return
    if [heading.text for heading, _ in shown.lines] != [label(quarter) for _, quarter in found]:
        page.wrong.append(f"{page.address}: a chart has {[heading.text for heading, _ in shown.lines]}")
    for (_, cells), one in zip(shown.lines, found.values(), strict=True):
        page.says(cells[0], NAMES_OF[slug])
        _line(page, cells[1:], one)


def _domains(page: Page, title: Element, note: Element, shown: Table | None, slug: str) -> None:
    """Newest first: a row for a quarter, a column for a domain."""
    found = _over_time(page, note, list(DOMAINS))
    if shown is None:
        return
    quarters = list(dict.fromkeys(quarter for _, quarter in reversed(found)))
    if [heading.text for heading, _ in shown.lines] != [label(quarter) for quarter in quarters]:
        page.wrong.append(f"{page.address}: a chart has {[heading.text for heading, _ in shown.lines]}")
    for quarter, (_, cells) in zip(quarters, shown.lines, strict=True):
        for name, element in zip(shown.headings[1:], cells, strict=True):
            one = found[NAMES[name], quarter]
            if one.value is None:
                page.says(element, what=f"under {name} in {label(quarter)}")
            else:
                page.says(element, words.score(one.value), words.margin(one.margin), f"n {words.count(one.answers)}")


def _over_time(page: Page, note: Element, slugs: list[str]) -> dict[tuple[str, Quarter], Found]:
    quarters = [quarter for quarter in span(page) if quarter >= first_with_score(page)]
    group_of = {quarter: page.group(quarter) for quarter in quarters}
    found = {(slug, quarter): group.found(slug, page.method) for slug in slugs for quarter, group in group_of.items()}
    margins = [one.margin for one in found.values() if one.value is not None and one.margin is not None]
    hair = "at most, is too narrow" in note.text
    _said(page, note, words.margin(max(margins)) if hair else "")
    page.told.update(words.score(one.value) for one in found.values())
    return found


NAMES_OF = {slug: name for name, slug in NAMES.items()}


def span(page: Page) -> list[Quarter]:
    published = page.past.quarters_of(**page.of)
    quarters = [published[-1]]
    while quarters[0] > published[0]:
        quarters.insert(0, before(quarters[0]))
    return quarters


def first_with_score(page: Page) -> Quarter:
    """With a score of any kind: a trend begins there."""
    return next((each for each in span(page) if page.group(each).with_score(page.method)), span(page)[0])


def words_within(page: Page) -> None:
    """After all else: what stands in a drawing is told by the page, too. Its scale is no figure."""
    scale = {f"{number / 2:g}" for number in range(2, 11)} | {f"{number / 2:.1f}" for number in range(2, 11)}
    for picture in page.main.every("svg"):
        for element in picture.every():
            if element.tag in ("title", "desc", "text") and "axis" not in element.classes and not element.seen:
                unknown = set(figures(element.text)) - page.told - scale
                if unknown:
                    page.wrong.append(f"{page.address}: {unknown} only in a picture: “{element.text[:200]}”")
            element.seen = True
