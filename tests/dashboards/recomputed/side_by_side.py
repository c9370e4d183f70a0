"""A comparison: each score beside that of the first, how far apart the two are, and what speaks against comparing."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hisps import names
from tests.dashboards.recomputed import quarters, words
from tests.dashboards.recomputed.checks import NAMES, Page, bars, before, fact, label
from tests.dashboards.recomputed.figures import NAMES_OF
from tests.dashboards.recomputed.history import DOMAINS, Quarter, Row
from tests.dashboards.recomputed.page import Element, table
from tests.dashboards.recomputed.scores import Found, Group
from tests.dashboards.recomputed.tables import VOLUMES

_CAUTIONS = ("No figures", "domains in the combined score", "Few answers", "Concentration")
ALL_HAVE = "Over the domains that all have"


@dataclass(frozen=True)
class Subject:
    """A HISP, or a service of one. `groups`: its surveys by quarter."""

    name: str
    hisp: str
    is_service: bool
    groups: dict[Quarter, Group]

    def in_quarter(self, quarter: Quarter | None) -> Group:
        return self.groups.get(quarter, Group()) if quarter else Group()


def every(page: Page, subjects: list[Subject]) -> None:
    _lead(page, subjects)
    _scores(page, subjects)
    _cautions(page, subjects)
    _worded(page, subjects)
    _lines(page, subjects)


def newest(subjects: list[Subject]) -> Quarter | None:
    """In which all have figures, else in which any has."""
    known = [set(one.groups) for one in subjects]
    return max(set.intersection(*known) or set.union(*known), default=None)


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


def _cautions(page: Page, subjects: list[Subject]) -> None:
    right = dict(_right_cautions(page, subjects))
    found = {}
    for box in page.main.every("section", "cautions"):
        for line in box.every("li"):
            title = line.first("h3")
            if title is not None:
                found[next((known for known in _CAUTIONS if known in title.text), title.text)] = line
    if found.keys() != right.keys():
        page.wrong.append(f"{page.address}: the cautions are {list(found)}, not {list(right)}")
    for title, phrases in right.items():
        if title in found:
            page.says(found[title], *phrases, what=f"under {title}")


def _right_cautions(page: Page, subjects: list[Subject]) -> Iterator[tuple[str, list[str]]]:
    groups = [(one.name, one.in_quarter(page.quarter)) for one in subjects]  # two services may have one name
    if absent := [name for name, group in groups if not group]:
        yield "No figures", [words.listed(absent)]
    worded = {slug: [_wordings(group, slug) for _, group in groups] for slug in DOMAINS}
    unlike = [DOMAINS[slug] for slug, of in worded.items() if len(_keys(of)) > 1]
    unknown = {place for of in worded.values() for place, own in enumerate(of) if any(not one.key for one in own)}
    silent = [name for place, (name, _) in enumerate(groups) if place in unknown]
    if len(groups) > 1 and (unlike or silent):
        yield (
            "Wordings differ" if unlike else "Wordings not known",
            [words.listed(unlike).lower(), words.listed(silent)],
        )
    if without := list(_without(page, groups)):
        yield "domains in the combined score", without
    if few := [line for name, group in groups if (line := _few(name, group))]:
        yield "Few answers", ["Fewer than 30 people", *few]
    if heavy := [line for name, group in groups if (line := _weight(name, group))]:
        yield "Concentration", heavy


def _without(page: Page, groups: list[tuple[str, Group]]) -> Iterator[str]:
    own = [(name, group.with_score(page.method)) for name, group in groups if group]
    every = [slug for slug in DOMAINS if any(slug in slugs for _, slugs in own)]
    for name, slugs in own:
        lacking = [DOMAINS[slug] for slug in every if slug not in slugs]
        if lacking:
            yield f"{name}: without {words.listed(lacking).lower()}."


@dataclass(frozen=True)
class Wording:
    text: str
    key: str


def _wordings(group: Group, slug: str) -> list[Wording]:
    """Of surveys with answers, in their order; one that is not known is empty."""
    return [Wording(row.wordings[slug], names.key(row.wordings[slug])) for row in group if slug in row.answers]


def _keys(of: list[list[Wording]]) -> set[str]:
    return {one.key for own in of for one in own if one.key}


def _few(name: str, group: Group) -> str:
    few = [DOMAINS[slug] for slug in DOMAINS if 0 < sum(group.found(slug, "pooled").counts) < 30]
    return f"{name}: {words.listed(few).lower()}." if few else ""


def _weight(name: str, group: Group) -> str:
    number, of, held = quarters.heaviest(group)
    hold = "hold" if number > 1 else "holds"
    return f"{name}: {number} of {of} surveys {hold} {held} of the answers on satisfaction." if number < of else ""


def _worded(page: Page, subjects: list[Subject]) -> None:
    """The wordings of each domain, and whether they are alike."""
    told = {}
    for box in page.main.every("details"):
        title, shown = box.first("summary"), box.first("dl", "wordings")
        if title and shown:
            told[title.text] = [each.text.strip("“”") for each in shown.every("dd")]
            shown.seen = True
    right = {}
    for slug, name in DOMAINS.items():
        by_subject = [_wordings(one.in_quarter(page.quarter), slug) for one in subjects]
        keys = _keys(by_subject)
        once = [list({one.key: one.text for one in reversed(own) if one.key}.values())[::-1] for own in by_subject]
        if keys:
            right[f"{name}: {'not alike' if len(keys) > 1 else 'alike'}"] = [len(own) for own in once]
    if told.keys() != right.keys() or any(len(told[name]) != sum(right[name]) for name in right):
        page.wrong.append(f"{page.address}: wordings are {told} and should be as many as {right}")


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


def subject(page_rows: list[Row], name: str, *, hisp: str = "", service: str = "") -> Subject:
    own = [row for row in page_rows if row.hisp == hisp or row.service == service]
    of = {quarter: Group(row for row in own if row.quarter == quarter) for quarter in {row.quarter for row in own}}
    return Subject(name, own[0].hisp, bool(service), of)
