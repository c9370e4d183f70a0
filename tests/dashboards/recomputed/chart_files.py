"""The charts as files: the table of the numbers (CSV), and the drawing (SVG) with its words, dots, bands and bars."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.test import Client

from tests.dashboards.recomputed import drawings, words
from tests.dashboards.recomputed.checks import Page, label
from tests.dashboards.recomputed.figures import NAMES_OF, first_with_score, one_in, span
from tests.dashboards.recomputed.history import DOMAINS
from tests.dashboards.recomputed.page import figures
from tests.dashboards.recomputed.scores import Found, Group

_ANSWERS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree", "Positive")
_OVER_TIME = ["Quarter", "Domain", "Score", "Margin ±", "Answers", "Why there is no score"]


KINDS = ("csv", "svg")


def faults(page: Page, name: str, slug: str = "combined", kinds: Iterable[str] = KINDS) -> list[str]:
    """`page`: what the chart belongs to; its address ends before the name of the chart. A chart without a figure is
    not there."""
    right = list(_TABLES[name](page, slug))
    query = f"?method={page.method}"
    found = {kind: Client().get(f"{page.address}charts/{name}.{kind}{query}") for kind in kinds}
    codes = {answer.status_code for answer in found.values()}
    if codes != ({200} if right else {404}):
        return [f"{page.address}charts/{name}{query}: {codes}"]
    if right and "csv" in found:
        _table(page, name, right, found["csv"].content.decode())
    if right and "svg" in found:
        _drawing(page, name, slug, right, found["svg"].content.decode())
    return [f"{page.address}charts/{name}{query}: {wrong}" for wrong in page.wrong]


def _table(page: Page, name: str, right: list[list[str]], text: str) -> None:
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    if header != _HEADS[name]:
        page.wrong.append(f"the file has the columns {header}")
    if header[-1].startswith("Why"):
        odd = [line for line in lines if bool(line[-1]) == bool(line[_HEADS[name].index("Score")])]
        page.wrong += [f"{line} tells no reason, or one too many" for line in odd]
        lines = [line[:-1] for line in lines]
    if name == "hisps":  # those without a score stand last
        lines = [line for line in lines if line[1]]
    for line, own in zip(lines, right, strict=False):
        if line != own:
            page.wrong.append(f"{line} should be {own}")
    if len(lines) != len(right):
        page.wrong.append(f"{len(lines)} lines, not {len(right)}")


def _over_time(page: Page, slugs: list[str]) -> Iterator[list[str]]:
    if not any(page.group(quarter).with_score(page.method) for quarter in page.past.quarters):
        return
    for slug in slugs:
        for quarter, found in over_time(page, slug):
            known = [words.score(found.value), half(found), str(found.answers)]
            yield [label(quarter), NAMES_OF[slug], *known]


def over_time(page: Page, slug: str) -> list[tuple[tuple[int, int], Found]]:
    quarters = [quarter for quarter in span(page) if quarter >= first_with_score(page)]
    return [(quarter, page.group(quarter).found(slug, page.method)) for quarter in quarters]


def half(found: Found) -> str:
    return "" if found.value is None or found.margin is None else words.half_up(found.margin, 2)


def _hisps(page: Page, slug: str) -> Iterator[list[str]]:
    known = by_hisp(page, slug)
    if len(known) > 1:
        for name, found in known:
            yield [name, words.score(found.value), half(found), str(found.answers)]


def by_hisp(page: Page, slug: str) -> list[tuple[str, Found]]:
    """Those with a score, best first; of equals the one whose name comes first."""
    groups = {row.hisp: page.past.group(page.quarter, **{**page.of, "hisp": row.hisp}) for row in page.group()}
    found = [(page.past.names[hisp], group.found(slug, page.method)) for hisp, group in groups.items()]
    return sorted((one for one in found if one[1].value is not None), key=lambda one: (-(one[1].value or 0), one[0]))


def _answers(page: Page, slug: str) -> Iterator[list[str]]:
    for domain, name in DOMAINS.items():
        counts = page.group().found(domain, "pooled").counts
        if sum(counts):
            parts = [*counts, counts[3] + counts[4]]
            shares = [words.half_up(Fraction(100 * part, sum(counts)), 1) for part in parts]
            yield [
                name,
                str(sum(counts)),
                *(text for pair in zip(map(str, parts), shares, strict=True) for text in pair),
            ]


def _people(page: Page, slug: str) -> Iterator[list[str]]:
    reach = people(page.group())
    if reach:
        yield ["Customers", str(reach.customers), ""]
        yield ["Offered the survey", str(reach.offered), reach.of_offered]
        yield ["Responded", str(reach.responded), reach.of_responded]


@dataclass(frozen=True)
class People:
    customers: int
    offered: int
    responded: int

    @property
    def of_offered(self) -> str:
        return f"{one_in(self.offered, self.customers)} customers"

    @property
    def of_responded(self) -> str:
        of = one_in(self.responded, self.offered)
        return f"{of} of those offered, {one_in(self.responded, self.customers)} customers"


def people(group: Group) -> People | None:
    """Over the surveys that reported all three."""
    whole = [row for row in group if row.customers and row.offered and row.respondents]
    if not whole:
        return None
    return People(*(sum(getattr(row, name) for row in whole) for name in ("customers", "offered", "respondents")))


_TABLES = {
    "trend": lambda page, slug: _over_time(page, [slug]),
    "domains": lambda page, slug: _over_time(page, list(DOMAINS)),
    "hisps": _hisps,
    "answers": _answers,
    "people": _people,
}
_HEADS = {
    "trend": _OVER_TIME,
    "domains": _OVER_TIME,
    "hisps": ["Provider", "Score", "Margin ±", "Answers", "Why there is no score"],
    "answers": ["Domain", "Answers", *(text for name in _ANSWERS for text in (name, f"{name}, %"))],
    "people": ["Who", "People", "Proportion"],
}


def _drawing(page: Page, name: str, slug: str, right: list[list[str]], text: str) -> None:
    """Every number within it stands in the table, or on the scale; dots, bands and bars are where they belong."""
    drawing = drawings.Drawing(text)
    known = {each for line in right for cell in line for each in figures(cell)} | _more(page, name, slug)
    unknown = {each for text in drawing.texts for each in figures(text)} - known - drawings.SCALE
    if unknown:
        page.wrong.append(f"{unknown} only in the drawing")
    page.wrong += list(_CHECKS[name](page, slug, drawing))


def _more(page: Page, name: str, slug: str) -> set[str]:
    """What a drawing tells beside its table: whole names, shares as the pages write them, margins, the mean."""
    told = [*page.past.names.values(), *page.past.departments.values(), *(row.service_name for row in page.group())]
    told += [*(row.name for row in page.past.rows)] if name in ("trend", "domains", "people") else []
    group = page.group()
    if name == "hisps":
        told += [words.score(group.found(slug, page.method).value), f"{len(by_hisp(page, slug))} providers"]
        told += [words.margin(one.margin) for _, one in by_hisp(page, slug)]
    if name == "people" and (reach := people(group)):
        told += [words.count(reach.customers), words.count(reach.offered), words.count(reach.responded)]
        told += [f"{sum(1 for row in group if people(Group([row])))} of {len(group)} surveys"]
    if name == "answers":
        for domain in DOMAINS:
            found = group.found(domain, "pooled")
            told += [
                words.share(found.positive),
                *(words.share(Fraction(n, sum(found.counts))) for n in found.counts if found.positive is not None),
            ]
    if name in ("trend", "domains"):
        told += [words.margin(one.margin) for d in [slug, *DOMAINS] for _, one in over_time(page, d)]
    return {each for text in told for each in figures(text)}


def _trend(page: Page, slug: str, drawing: drawings.Drawing) -> Iterator[str]:
    points = over_time(page, slug)
    told = "; ".join(f"{label(q).replace('FY20', 'FY')}: {words.score(one.value) or 'no score'}" for q, one in points)
    if drawing.said != told:
        yield f"“{drawing.said}” should be “{told}”"
    yield from drawings.line(drawing.root, [one for _, one in points])


def _domains(page: Page, slug: str, drawing: drawings.Drawing) -> Iterator[str]:
    panels = drawing.panels
    if list(panels) != list(DOMAINS.values()):
        yield f"the panels are {list(panels)}"
    for domain, name in DOMAINS.items():
        yield from drawings.line(panels[name], [one for _, one in over_time(page, domain)])


def _dots(page: Page, slug: str, drawing: drawings.Drawing) -> Iterator[str]:
    known = by_hisp(page, slug)
    ends = [f"{name}, {words.score(found.value)}" for name, found in (known[0], known[-1])]
    if drawing.said != f"From {ends[0]}, to {ends[1]}.":
        yield f"“{drawing.said}” should tell of {ends}"
    yield from drawings.dots(drawing, [one for _, one in known], page.group().found(slug, page.method).value)


def _bars(page: Page, slug: str, drawing: drawings.Drawing) -> Iterator[str]:
    found = {name: page.group().found(domain, "pooled") for domain, name in DOMAINS.items()}
    asked = {name: one for name, one in found.items() if one.positive is not None}
    told = "; ".join(f"{name}: {words.share(one.positive)} positive" for name, one in asked.items())
    if drawing.said != told:
        yield f"“{drawing.said}” should be “{told}”"
    yield from drawings.bars(drawing, [one.counts for one in asked.values()])


def _funnel(page: Page, slug: str, drawing: drawings.Drawing) -> Iterator[str]:
    reach = people(page.group())
    assert reach is not None
    told = [f"Customers: {words.count(reach.customers)}"]
    told += [f"Offered the survey: {words.count(reach.offered)}, {reach.of_offered}"]
    told += [f"Responded: {words.count(reach.responded)}, {reach.of_responded}"]
    if drawing.said != ". ".join(told):
        yield f"“{drawing.said}” should be “{'. '.join(told)}”"
    yield from drawings.funnel(drawing, [reach.customers, reach.offered, reach.responded])


_CHECKS = {"trend": _trend, "domains": _domains, "hisps": _dots, "answers": _bars, "people": _funnel}
