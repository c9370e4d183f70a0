"""The page of one survey: each question as it was asked, and each quarter's answers to it."""

from collections.abc import Iterator

from hisps import names
from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import Page, cell, details, fact, label
from tests.dashboards.recomputed.datasets import NO_ANSWERS, NOT_ASKED, asked
from tests.dashboards.recomputed.history import DOMAINS, QUESTIONS, Row
from tests.dashboards.recomputed.page import Element, figures, table
from tests.dashboards.recomputed.tables import VOLUMES


def every(page: Page) -> None:
    """The history that the page is read against holds this survey only."""
    newest_first = sorted(page.past.rows, key=lambda row: row.quarter, reverse=True)
    _volumes(page, newest_first)
    for each in [*page.main.every("thead"), *page.main.every("p", "lead"), *page.main.every("h3")]:
        each.seen = True  # the answers 1 to 5, where it was asked, and the numbers of an agency's own questions
    page.told.update(figures(" ".join(each.text for each in page.main.every("h1"))))  # of its name
    boxes = list(page.main.every("section", "question"))
    shown = [slug for slug in QUESTIONS if slug in DOMAINS or any(asked(row, slug) for row in newest_first)]
    if [box.first("h3").text for box in boxes] != [QUESTIONS[slug] for slug in shown]:  # type: ignore[union-attr]
        page.wrong.append(f"{page.address}: the questions should be {shown}")
        return
    for box, slug in zip(boxes, shown, strict=True):
        _answers(page, box, slug, newest_first)
        _wordings(page, box, slug, newest_first)


def _volumes(page: Page, newest_first: list[Row]) -> None:
    element = next(each for each in page.main.every("table") if table(each).headings[:2] == ["Quarter", "Combined"])
    page.done.add(id(element))
    shown = table(element)
    for row, (heading, cells) in zip(newest_first, shown.lines, strict=True):
        what = f"in {label(row.quarter)}"
        if heading.text != label(row.quarter):
            page.wrong.append(f"{page.address}: “{heading.text}” {what}")
        for name, each in zip(shown.headings[1:], cells, strict=True):
            if name in VOLUMES:
                page.says(each, *fact(name, [row]), what=what)
            else:
                cell(page, each, page.past.group(row.quarter).found("combined", page.method), what)


def _answers(page: Page, box: Element, slug: str, newest_first: list[Row]) -> None:
    answered = [row for row in newest_first if slug in row.answers]
    lines = []
    for element in box.every("table"):
        page.done.add(id(element))
        shown = table(element)
        lines = shown.lines
        for row, (heading, cells) in zip(answered, lines, strict=True):
            if heading.text != label(row.quarter):
                page.wrong.append(f"{page.address}: {heading.text} for {label(row.quarter)}")
            found = page.past.group(row.quarter).found(slug, page.method)
            for name, each in zip(shown.headings[1:], cells, strict=True):
                if not details(page, name, each, found, ("", "")):
                    page.wrong.append(f"{page.address}: nobody recomputes the column “{name}”")
    if len(lines) != len(answered):
        page.wrong.append(f"{page.address}: {len(lines)} quarters of {slug}, not {len(answered)}")
    _silent(page, box, slug, [row for row in newest_first if slug not in row.answers])


def _silent(page: Page, box: Element, slug: str, rows: list[Row]) -> None:
    """Why there are no answers, and in which quarters."""
    told = {each.text for each in box.every("p", "muted")}
    why: dict[str, list[str]] = {}
    for row in rows:
        why.setdefault(NO_ANSWERS if asked(row, slug) else NOT_ASKED, []).append(label(row.quarter))
    right = {f"{reason}: {words.listed(quarters)}." for reason, quarters in why.items()}
    if told != right:
        page.wrong.append(f"{page.address}: {slug} has {told}, not {right}")


def _wordings(page: Page, box: Element, slug: str, newest_first: list[Row]) -> None:
    told = list(box.every("p", "question__wording"))
    right = list(_spans(slug, newest_first))
    if [each.text for each in told] != right:
        page.wrong.append(f"{page.address}: {slug} is worded {[each.text for each in told]}, not {right}")
    for each in told:
        each.seen = True


def _spans(slug: str, newest_first: list[Row]) -> Iterator[str]:
    """A wording in its first spelling, from the first to the last of its quarters without another between."""
    spans: list[list[Row]] = []
    for row in reversed(newest_first):
        if not asked(row, slug) or not row.wordings[slug]:
            continue
        if spans and names.key(spans[-1][0].wordings[slug]) == names.key(row.wordings[slug]):
            spans[-1].append(row)
        else:
            spans.append([row])
    for span in reversed(spans):
        quarters = dict.fromkeys(label(row.quarter) for row in (span[0], span[-1]))
        yield f"“{' '.join(span[0].wordings[slug].split())}” {' to '.join(quarters)}"
