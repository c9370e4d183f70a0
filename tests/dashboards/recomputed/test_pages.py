"""Every figure on every public page of the real history equals a recomputation from OMB's rows, by every method."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.test import Client

from hisps.models import Service
from tests.dashboards.recomputed import checks, figures, history, quarters, tables, words
from tests.dashboards.recomputed.checks import History, Page
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.page import Element
from tests.dashboards.recomputed.page import figures as figures_in
from tests.dashboards.recomputed.scores import METHODS, Group

pytestmark = pytest.mark.django_db


def pages(past: History, address: str, quarter: Quarter | None, **of: str) -> Iterator[Page]:
    """By each method, but once where a single survey leaves no choice."""
    methods = list(METHODS) if quarter is None or len(past.group(quarter, **of)) > 1 else ["pooled"]
    for method in methods:
        answer = Client().get(f"{address}?method={method}")
        assert answer.status_code == 200
        html = answer.content.decode().replace("\xa0", " ")
        yield Page(f"{address}?method={method}", html, past, method, quarter, of)


def faults(page: Page, slug: str = "combined", *, newest: bool = False, alone: bool = False) -> list[str]:
    """Everything on the page that is not what the rows give, or that nobody looked at."""
    if page.quarter is not None:
        if page.main.first(of_class="headline"):
            checks.headline(page, slug, alone=alone)
        checks.switch(page, slug)
        checks.domain_cards(page)
        figures.every(page, slug)
        _facts(page)
        quarters.marks(page)
        quarters.weight(page)
        quarters.highlights(page)
        went_in(page)
        late(page)
    tables.every(page, slug, newest=newest)
    _words(page)
    figures.words_within(page)
    return [*page.wrong, *page.forgotten()]


def _facts(page: Page) -> None:
    for box in page.main.every("dl", "facts"):
        if not box.seen:
            checks.facts(page, box, page.group(), quarters.fact)


def _words(page: Page) -> None:
    """Texts of agencies and of the file, names, and addresses of files: numbers in them are not ours."""
    classes = {"prose", "source", "crumbs", "pager", "reasons", "chips"}
    tags = {"caption", "select", "h1", "code"}
    for element in page.main.every():
        if classes & set(element.classes) or element.tag in tags:
            element.seen = True


def late(page: Page) -> None:
    for element in page.main.every("li"):
        if element.text.startswith("Submitted "):
            page.says(element, words.counted(quarters.days_late(page.group()), "day"))


def went_in(page: Page) -> None:
    there = words.listed([DOMAINS[slug] for slug in page.group().with_score(page.method)]) or "no domain"
    told = [each.text for each in page.main.every("p") if each.text.startswith("In the combined score:")]
    page.wrong += [f"{page.address}: {each}" for each in told if f"In the combined score: {there}." not in each]


def test_four_methods_disagree_on_satisfaction_in_fy2021_q3_as_the_domain_says(past):
    group = past.group((2021, 3))
    assert [words.score(group.found("satisfaction", method).value) for method in METHODS] == [
        "4.35",
        "4.02",
        "4.14",
        "3.62",
    ]


def test_every_figure_of_every_quarter_and_of_the_home_page(past):
    wrong = []
    for address, quarter in [("/", past.quarters[-1]), *((f"/quarters/{y}-q{n}/", (y, n)) for y, n in past.quarters)]:
        for page in pages(past, address, quarter):
            wrong += faults(page)
    assert not wrong, words.told(wrong)


def test_every_figure_of_the_lists_of_quarters_departments_and_hisps(past):
    wrong = []
    for address in ("/quarters/", "/departments/", "/hisps/"):
        for page in pages(past, address, past.quarters[-1]):
            for sentence in [*page.main.every("p", "lead"), *page.main.every("p", "shown")]:
                number = str(len(past.names)) if "provider" in sentence.text else ""
                page.says(sentence, number, number if "shown" in sentence.text else "")
            wrong += faults(page, newest=address == "/hisps/")
    assert not wrong, words.told(wrong)


def test_every_figure_of_every_domain(past):
    wrong = []
    for slug in DOMAINS:
        for page in pages(past, f"/domains/{slug}/", past.quarters[-1]):
            wrong += faults(page, slug)
    assert not wrong, words.told(wrong)


def newest(past: History, **of: str) -> Quarter | None:
    return max(past.quarters_of(**of), default=None)


def test_every_figure_of_every_department_and_hisp(past):
    wrong = []
    for slug, name in past.departments.items():
        for page in pages(past, f"/departments/{slug}/", newest(past, department=name), department=name):
            wrong += faults(page)
    for slug in past.names:
        for page in pages(past, f"/hisps/{slug}/", newest(past, hisp=slug), hisp=slug):
            wrong += faults(page)
    assert not wrong, words.told(wrong)


def test_every_figure_of_every_service(past):
    wrong = []
    for slug in Service.objects.values_list("slug", flat=True):
        for page in pages(past, f"/services/{slug}/", newest(past, service=slug), service=slug):
            surveys(page, page.group())
            wrong += faults(page)
    assert not wrong, words.told(wrong)


def surveys(page: Page, rows: Group) -> None:
    """Each survey by itself, in the order of the file."""
    boxes = list(page.main.every("section", "survey"))
    assert len(boxes) == len(rows), page.address
    for box, row in zip(boxes, rows, strict=True):
        own = Group([row])
        title = box.first("h3") or box.first("h4")
        if title is None or title.text != " ".join(row.name.split()):
            page.wrong.append(f"{page.address}: {title and title.text} is not {row.name}")
        for each in box.every("dl", "facts"):
            checks.facts(page, each, own)
            each.seen = True
        for each in box.every("table"):
            page.done.add(id(each))
            tables.of_scores(page, tables.table(each), own, "pooled")
        for each in box.every("div", "care"):
            remark(page, each, row)
        for each in [*box.every("h3"), *box.every("h4"), *list(box.every("p", "muted"))[:1]]:
            each.seen = True  # names, the control number


def remark(page: Page, box: Element, row: history.Row) -> None:
    """What the checks found quotes the survey: no number in it is from elsewhere."""
    own = page.past.identity[row.line]
    known = set(" ".join(row.wordings.values()).split())
    for each in (each for each in page.past.rows if page.past.identity[each.line] == own):
        counts = [number for five in each.answers.values() for number in (*five, sum(five))]
        known.update(words.count(number) for number in (each.customers, each.offered, each.respondents, *counts))
        known.update(words.score(Group([each]).found(slug, "pooled").value) for slug in each.answers)
    unknown = set(figures_in(re.sub(r"and \d more|/|Extra question \d|scale up to 10\b", " ", box.text))) - known
    if unknown:
        page.wrong.append(f"{page.address}: {unknown} in “{box.text[:200]}”")
    box.seen = True


def test_every_figure_of_every_hisp_in_every_quarter(past):
    wrong = []
    for slug in sorted({row.hisp for row in past.rows}):
        for year, number in past.quarters_of(hisp=slug):
            for page in pages(past, f"/hisps/{slug}/{year}-q{number}/", (year, number), hisp=slug):
                of_services(page)
                wrong += faults(page)
    assert not wrong, words.told(wrong)


def of_services(page: Page) -> None:
    """What stands under the name of each service, and its surveys."""
    services = {row.service: page.group(service=row.service) for row in page.group()}
    surveys(page, Group(row for own in services.values() for row in own))
    below = [each for each in page.main.children if isinstance(each, Element)]
    under = [after for each, after in pairwise(below) if each.tag == "h3" and each.first("a")]
    for sentence, own in zip(under, services.values(), strict=True):
        combined = own.found("combined", page.method)
        if combined.value is not None:
            based = checks.based_on(combined, len(own.with_score(page.method)))
            page.says(sentence, f"Combined {words.score(combined.value)}", METHODS[page.method], *based)
    odd = sum(1 for box in page.main.every("section", "survey") if box.first("div", "care"))
    for note in page.main.every("p", "care"):
        page.says(note, words.counted(odd, "survey"))
