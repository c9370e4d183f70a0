"""A comparison: each score beside that of the first, how far apart the two are, and what speaks against comparing."""

import csv
import io
from fractions import Fraction

from django.test import Client

from tests.dashboards.recomputed import cautions, drawings, words
from tests.dashboards.recomputed.checks import NAMES, Page, bars, before, fact, label
from tests.dashboards.recomputed.figures import NAMES_OF
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.page import Element, table
from tests.dashboards.recomputed.scores import Found, Group
from tests.dashboards.recomputed.subjects import Subject
from tests.dashboards.recomputed.tables import VOLUMES

ALL_HAVE = "Over the domains that all have"


def every(page: Page, subjects: list[Subject]) -> None:
    _lead(page, subjects)
    _scores(page, subjects)
    cautions.every(page, subjects)
    cautions.worded(page, subjects)
    _lines(page, subjects)


def _lead(page: Page, subjects: list[Subject]) -> None:
    lead = page.main.first("p", "lead")
    if page.quarter and (lead is None or not lead.text.startswith(label(page.quarter))):
        page.wrong.append(f"{page.address}: “{lead and lead.text}” is not of {label(page.quarter)}")
    for form in page.main.every("form"):
        form.seen = True


def _scores(page: Page, subjects: list[Subject]) -> None:
    groups = [one.in_quarter(page.quarter) for one in subjects]
    element = page.main.first("table", "compare")
    assert element is not None, page.address
    page.done.add(id(element))
    told = set()
    for heading, cells in table(element).lines:
        name = next((name for name in (*NAMES, ALL_HAVE) if heading.text.startswith(name)), heading.text)
        told.add(name)
        for each, group in zip(cells, groups, strict=True):
            if name == "Surveys":
                page.says(each, words.count(len(group)))
            elif name in VOLUMES:
                page.says(each, *(fact(name, group) if group else ["Unknown"]), what=f"beside {name}")
        if name in NAMES or name == ALL_HAVE:
            _row(page, subjects, groups, name, cells)
    expected = {"Combined", *DOMAINS.values(), *VOLUMES, "Surveys"}
    sets = _sets(page, groups)
    if len(sets) > 1 and set.intersection(*map(set, sets)):
        expected.add(ALL_HAVE)
    if told != expected:
        page.wrong.append(f"{page.address}: the comparison has the rows {told}")


def _sets(page: Page, groups: list[Group]) -> set[tuple[str, ...]]:
    """The domains with a score, of those that have surveys."""
    return {tuple(group.with_score(page.method)) for group in groups if group}


def _row(page: Page, subjects: list[Subject], groups: list[Group], name: str, cells: list[Element]) -> None:
    sets = _sets(page, groups)
    found = [_found(page, group, name, sets) for group in groups]
    for place, (one, element) in enumerate(zip(found, cells, strict=True)):
        phrases = []
        if one.value is not None:
            phrases = [words.score(one.value), words.margin(one.margin, at_most=name not in DOMAINS.values())]
            if name != ALL_HAVE:
                phrases += [f"n {words.count(one.answers)}", "few answers" if one.few else ""]
        if place and one.value is not None:
            first, own = subjects[0], subjects[place]
            phrases += _apart(found[0], one) if _may_be(first, own, name, sets, element, page) else []
        page.says(element, *phrases, what=f"beside {name}")
        bars(page, element, one)


def _found(page: Page, group: Group, name: str, sets: set[tuple[str, ...]]) -> Found:
    if name != ALL_HAVE:
        return group.found(NAMES[name], page.method)
    common = [slug for slug in DOMAINS if all(slug in own for own in sets)]
    there = [one for slug in common if (one := group.found(slug, page.method)).value is not None]
    if not there:
        return Found(None)
    margins = [one.margin for one in there if one.margin is not None]
    return Found(
        value=sum((one.value or Fraction(0) for one in there), Fraction(0)) / len(there),
        margin=sum(margins, Fraction(0)) / len(margins) if len(margins) == len(there) else None,
    )


def _may_be(first: Subject, own: Subject, name: str, sets: set[tuple[str, ...]], element: Element, page: Page) -> bool:
    """A difference is told of unlike people and like domains only; else why there is none."""
    why = ""
    if first.hisp == own.hisp and first.is_service != own.is_service:
        why = "part of"
    elif name == "Combined" and len(sets) > 1:
        why = "ifferent domains"
    if why not in element.text:
        page.wrong.append(f"{page.address}: “{element.text}” does not say “{why}”")
    return not why


def _apart(first: Found, own: Found) -> list[str]:
    if first.value is None or own.value is None:
        return []
    far = own.value - first.value
    change = words.change(own.value, first.value)
    if first.margin is None or own.margin is None:
        return [change, "margin of error unknown"]
    squares = first.margin**2 + own.margin**2
    what = "more than" if far**2 > squares else "within"
    return [change, f"{what} the margin of error, {words.margin(words.root(squares))}"]


def _lines(page: Page, subjects: list[Subject]) -> None:
    """One line for each, from the first quarter with answers to the last, newest first in the table."""
    span = _span(subjects)
    figure = page.main.first("figure", "picture")
    if figure is None:
        if span:
            page.wrong.append(f"{page.address}: there is no chart")
        return
    title, note, numbers = (
        figure.first(of_class="picture__title"),
        figure.first(of_class="picture__note"),
        figure.first("table"),
    )
    assert title is not None
    assert note is not None
    assert numbers is not None
    page.done.add(id(numbers))
    if title.text != f"{NAMES_OF['combined']}, {label(span[0])} to {label(span[-1])}":
        page.wrong.append(f"{page.address}: a chart is called “{title.text}”")
    shown = table(numbers)
    if shown.headings != ["Quarter", *(each for one in subjects for each in (one.name, "Margin ±"))]:
        page.wrong.append(f"{page.address}: a chart has the columns {shown.headings}")
    for quarter, (heading, cells) in zip(reversed(span), shown.lines, strict=True):
        if heading.text != label(quarter):
            page.wrong.append(f"{page.address}: a chart has {heading.text} for {label(quarter)}")
        found = [one.in_quarter(quarter).found("combined", page.method) for one in subjects]
        right = [text for one in found for text in (words.score(one.value), _half(one))]
        for cell, text in zip(cells, right, strict=True):
            page.says(cell, text, what=f"in {label(quarter)}")
    for picture in figure.every("svg"):
        said = picture.first("desc")
        assert said
        page.says(said, *(_last(one, span, page.method) for one in subjects), what="in the words of the chart")


def file_faults(page: Page, subjects: list[Subject], named: list[str]) -> list[str]:
    """Of the two files of the chart."""
    span = _span(subjects)
    asked = "&".join([*(f"of={word}" for word in named), f"method={page.method}"])
    text = Client().get(f"/compare/charts/lines.csv?{asked}").content.decode()
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    right = []
    for quarter in reversed(span):
        found = [one.in_quarter(quarter).found("combined", page.method) for one in subjects]
        right.append([label(quarter), *(text for one in found for text in (words.score(one.value), _half(one)))])
    wrong = [] if lines == right else [f"{lines} should be {right}"]
    if header != ["Quarter", *(each for one in subjects for each in (one.name, "Margin ±"))]:
        wrong.append(f"the file has the columns {header}")
    drawing = drawings.Drawing(Client().get(f"/compare/charts/lines.svg?{asked}").content.decode())
    for one in subjects:
        found = [one.in_quarter(quarter).found("combined", page.method) for quarter in span]
        wrong += drawings.line(drawing.panels[one.name], found)
        if _last(one, span, page.method) not in drawing.said:
            wrong.append(f"“{drawing.said}” should tell “{_last(one, span, page.method)}”")
    return [f"/compare/charts/lines?{asked}: {each}" for each in wrong]


def _last(one: Subject, span: list[Quarter], method: str) -> str:
    for quarter in reversed(span):
        value = one.in_quarter(quarter).found("combined", method).value
        if value is not None:
            return f"{one.name} {words.score(value)} in FY{quarter[0] % 100} Q{quarter[1]}"
    return f"{one.name} no score"


def _half(found: Found) -> str:
    return "" if found.value is None or found.margin is None else words.half_up(found.margin, 2)


def _span(subjects: list[Subject]) -> list[Quarter]:
    known = {each for one in subjects for each, group in one.groups.items() if group.answering}
    if not known:
        return []
    span = [max(known)]
    while span[0] > min(known):
        span.insert(0, before(span[0]))
    return span
