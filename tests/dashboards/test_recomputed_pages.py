"""Every figure on every public page of the real history equals a recomputation from OMB's rows, by every method."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client

from hisps.models import Hisp, Service
from tests.dashboards.recomputed import checks, history, tables, words
from tests.dashboards.recomputed.checks import History, Page
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.page import Element, figures
from tests.dashboards.recomputed.scores import METHODS, Group

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not history.COLLECTIONS.exists(), reason="OMB’s published files are not here (../shared/data)."
    ),
]


@pytest.fixture(scope="module")
def past(django_db_setup, django_db_blocker) -> Iterator[History]:
    """The history is imported once, and gone again after the last test."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            call_command("load_registry", stdout=_Nowhere())
            call_command("import_history", str(history.COLLECTIONS), ratings=history.RATINGS, stdout=_Nowhere())
            yield History()
            transaction.set_rollback(True)


class _Nowhere:
    def write(self, text: str) -> None: ...


def pages(past: History, address: str, quarter: Quarter | None, **of: str) -> Iterator[Page]:
    """By each method, but once where a single survey leaves no choice."""
    methods = list(METHODS) if len(past.group(quarter, **of)) > 1 else ["pooled"]
    for method in methods:
        answer = Client().get(f"{address}?method={method}")
        assert answer.status_code == 200
        yield Page(
            f"{address}?method={method}", answer.content.decode().replace("\xa0", " "), past, method, quarter, of
        )


def said(page: Page) -> list[str]:
    """What is wrong, with what nobody looked at."""
    _words(page)
    late(page)
    checks.pictures(page)
    return [*page.wrong, *page.forgotten()]


def told(wrong: list[str]) -> str:
    return "\n".join([f"{len(wrong)} are wrong", *wrong[:40]])


def _words(page: Page) -> None:
    """Texts of agencies and of the file: numbers in them are not ours."""
    for element in page.main.every():
        if {"prose", "source", "crumbs", "pager"} & set(element.classes) or element.tag == "caption":
            element.seen = True


def late(page: Page) -> None:
    """Days from the due day, 30 days after the quarter, to the first entry; in US Eastern."""
    for element in page.main.every("li"):
        if element.text.startswith("Submitted "):
            entered = min(datetime.fromisoformat(row.entered) for row in page.group())
            days = entered.astimezone(ZoneInfo("America/New_York")).date() - history.due(page.quarter)
            page.says(element, words.counted(days.days, "day"))


def slugs(address: str) -> list[str]:
    return [part for part in urlsplit(address).path.split("/") if part]


def quarter_page(page: Page) -> None:
    checks.headline(page, since=page.older)
    checks.switch(page)
    checks.domain_cards(page)
    for box in page.main.every("dl", "facts"):
        checks.facts(page, box, page.group())
    weight(page)
    by_domain, by_hisp = tables.tables(page)
    tables.of_scores(page, by_domain, page.group(), page.method, since_older(page))
    tables.of_entities(page, by_hisp, lambda address: page.group(hisp=slugs(address)[1]))
    shown = {slugs(line.first("a").attributes["href"])[1] for line, _ in by_hisp.lines}
    assert {row.hisp for row in page.group()} <= shown


def since_older(page: Page) -> tables.Changes:
    return lambda slug: page.changes(slug, page.quarter, page.older)[:2]


def weight(page: Page) -> None:
    """How few surveys hold nine tenths of the answers on satisfaction."""
    sizes = sorted((sum(row.answers.get("satisfaction", ())) for row in page.group()), reverse=True)
    number = next(n for n in range(1, len(sizes) + 1) if 10 * sum(sizes[:n]) >= 9 * sum(sizes))
    held = words.share(checks.Fraction(sum(sizes[:number]), sum(sizes)))
    [note] = [each for each in page.main.every("p", "methods-note") if " hold " in each.text]
    page.says(note, f"{number} of {sum(map(bool, sizes))} surveys hold {held} of the answers")


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
            quarter_page(page)
            wrong += said(page)
    assert not wrong, told(wrong)


def test_every_figure_of_the_list_of_quarters(past):
    wrong = []
    for page in pages(past, "/quarters/", past.quarters[-1]):
        checks.switch(page)
        for table in tables.tables(page):
            tables.over_time(page, table, "combined")
        wrong += said(page)
    assert not wrong, told(wrong)


def test_every_figure_of_every_domain(past):
    wrong = []
    for slug in DOMAINS:
        for page in pages(past, f"/domains/{slug}/", past.quarters[-1]):
            checks.headline(page, slug, since=checks.before(past.quarters[-1]))
            checks.switch(page, slug)
            by_quarter, by_hisp = tables.tables(page)
            tables.over_time(page, by_quarter, slug)
            tables.of_entities(page, by_hisp, lambda address, page=page: page.group(hisp=slugs(address)[1]), slug)
            wrong += said(page)
    assert not wrong, told(wrong)


def test_every_figure_of_the_list_of_hisps(past):
    wrong = []
    [page] = list(pages(past, "/hisps/", None))
    [table] = tables.tables(page)
    tables.of_entities(page, table, lambda address: newest(past, hisp=slugs(address)[1]))
    [lead] = page.main.every("p", "lead")
    page.says(lead, words.counted(Hisp.objects.count(), "provider"))
    wrong += said(page)
    assert not wrong, told(wrong)


def newest(past: History, **of: str) -> Group:
    quarters = past.quarters_of(**of)
    return past.group(quarters[-1], **of) if quarters else Group()


def test_every_figure_of_every_hisp(past):
    wrong = []
    for slug in Hisp.objects.values_list("slug", flat=True):
        quarters = past.quarters_of(hisp=slug)
        for page in pages(past, f"/hisps/{slug}/", quarters[-1] if quarters else None, hisp=slug):
            hisp_page(page)
            wrong += said(page)
    assert not wrong, told(wrong)


def hisp_page(page: Page) -> None:
    if page.quarter is None:
        return
    checks.headline(page)
    checks.switch(page)
    by_quarter, by_service = tables.tables(page)
    tables.over_time(page, by_quarter, "combined")
    tables.of_entities(page, by_service, lambda address: page.group(service=slugs(address)[1]))
    went_in(page)


def went_in(page: Page) -> None:
    there = [DOMAINS[slug] for slug in page.group().with_score(page.method)]
    [sentence] = [each for each in page.main.every("p") if each.text.startswith("In the combined score:")] or [None]
    if there or sentence:
        said = sentence.text if sentence else ""
        if not said.startswith(f"In the combined score: {words.listed(there) or 'no domain'}."):
            page.wrong.append(f"{page.address}: {said}")


def test_every_figure_of_every_service(past):
    wrong = []
    for slug in Service.objects.values_list("slug", flat=True):
        quarters = past.quarters_of(service=slug)
        for page in pages(past, f"/services/{slug}/", quarters[-1] if quarters else None, service=slug):
            if quarters:
                service_page(page)
            wrong += said(page)
    assert not wrong, told(wrong)


def service_page(page: Page) -> None:
    checks.headline(page)
    checks.switch(page)
    went_in(page)
    surveys(page, list(page.main.every("section", "survey")), page.group())
    for box in page.main.every("dl", "facts"):
        if not box.seen:
            checks.facts(page, box, page.group())
    tables.over_time(page, tables.tables(page)[0], "combined")


def surveys(page: Page, boxes: list[Element], rows: Group) -> None:
    """Each survey by itself, in the order of the file."""
    assert len(boxes) == len(rows), page.address
    for box, row in zip(boxes, rows, strict=True):
        own = Group([row])
        if " ".join(box.attributes["aria-label"].split()) != " ".join(row.name.split()):
            page.wrong.append(f"{page.address}: {box.attributes['aria-label']} is not {row.name}")
        for each in box.every("dl", "facts"):
            checks.facts(page, each, own)
            each.seen = True
        for each in box.every("table"):
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
    unknown = set(figures(re.sub(r"and \d more|/|Extra question \d|scale up to 10\b", " ", box.text))) - known
    if unknown:
        page.wrong.append(f"{page.address}: {unknown} in “{box.text[:200]}”")
    box.seen = True


def test_every_figure_of_every_hisp_in_every_quarter(past):
    wrong = []
    for slug in sorted({row.hisp for row in past.rows}):
        for quarter in past.quarters_of(hisp=slug):
            year, number = quarter
            for page in pages(past, f"/hisps/{slug}/{year}-q{number}/", quarter, hisp=slug):
                hisp_quarter_page(page)
                wrong += said(page)
    assert not wrong, told(wrong)


def hisp_quarter_page(page: Page) -> None:
    checks.headline(page, since=page.older)
    checks.switch(page)
    checks.domain_cards(page)
    went_in(page)
    services = {row.service: page.group(service=row.service) for row in page.group()}
    ordered = Group(row for own in services.values() for row in own)
    surveys(page, list(page.main.every("section", "survey")), ordered)
    for box in page.main.every("dl", "facts"):
        if not box.seen:
            checks.facts(page, box, page.group())
    for sentence, own in zip(of_services(page), services.values(), strict=True):
        combined = own.found("combined", page.method)
        if combined.value is not None:
            based = checks.based_on(combined, len(own.with_score(page.method)))
            page.says(sentence, f"Combined {words.score(combined.value)}", METHODS[page.method], *based)
    odd = sum(1 for box in page.main.every("section", "survey") if box.first("div", "care"))
    for note in page.main.every("p", "care"):
        page.says(note, words.counted(odd, "survey"))
    tables.of_scores(page, tables.tables(page)[0], page.group(), page.method, since_older(page))


def of_services(page: Page) -> list[Element]:
    """What stands under the name of each service."""
    below = [each for each in page.main.children if isinstance(each, Element)]
    return [after for each, after in pairwise(below) if each.tag == "h3" and each.first("a")]
